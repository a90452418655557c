import type { Sentence } from "#base/sentence.ts";
import { type LinuxIdentityOptions, planLinuxIdentity } from "#imaging/identity/machine/plan-linux-identity.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import type { MendStep } from "#imaging/mend/mend.ts";
import { stepOf } from "#imaging/mend/step-of.ts";
import type { Task } from "#imaging/tasks/task.ts";
import { type LinuxUniversalOptions, planLinuxUniversal } from "#imaging/universal/linux/plan-linux-universal.ts";

export interface AdaptLinuxInput {
  /** Only say what would be done. */
  readonly dryRun: boolean;
  readonly universal?: Omit<LinuxUniversalOptions, "signal">;
  readonly identity?: LinuxIdentityOptions;
  /** Folder of the systems for files as they were: "/var/lib/lifeboat/2026-11-29T12-00-00Z". */
  readonly keepIn: string;
}

export interface AdaptedLinux {
  readonly name: string;
  /** What is, or was, done, in plain words; with the file or the command line. */
  readonly steps: readonly MendStep[];
  readonly notes: readonly Sentence[];
  readonly problems: readonly Sentence[];
}

/** Makes every Linux of a disk ready for other hardware, or another machine than the one that it is a copy of, or both. */
export const adaptLinuxTask: Task<AdaptLinuxInput, AdaptedLinux[]> = async (
  { systems },
  { dryRun, universal, identity, keepIn },
  { signal, onStep },
) => {
  const adapted: AdaptedLinux[] = [];
  for (const system of systems.filter(({ kind }) => kind === "linux")) {
    const tree = systemTree(system.root);
    const done = {
      name: system.name,
      steps: [] as MendStep[],
      notes: [] as Sentence[],
      problems: [] as Sentence[],
    };
    const parts = [
      // First: start files hold copies of some of what it changes.
      ...(identity ? [() => planLinuxIdentity(system, tree, identity)] : []),
      ...(universal ? [() => planLinuxUniversal(system, tree, { ...universal, signal })] : []),
    ];
    for (const plan of parts) {
      const { changes, notes, problems } = await plan();
      done.steps.push(...changes.map(stepOf));
      done.notes.push(...notes);
      done.problems.push(...problems);
      if (!dryRun) await applyChanges(tree, changes, { keepIn, signal, onChange: onStep });
    }
    adapted.push(done);
  }
  return adapted;
};
