import { type LinuxIdentityOptions, planLinuxIdentity } from "#imaging/identity/machine/plan-linux-identity.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
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
  readonly steps: readonly { readonly text: string; readonly what: string }[];
  readonly notes: readonly string[];
  readonly problems: readonly string[];
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
      steps: [] as AdaptedLinux["steps"][number][],
      notes: [] as string[],
      problems: [] as string[],
    };
    const parts = [
      // First: start files hold copies of some of what it changes.
      ...(identity ? [() => planLinuxIdentity(system, tree, identity)] : []),
      ...(universal ? [() => planLinuxUniversal(system, tree, { ...universal, signal })] : []),
    ];
    for (const plan of parts) {
      const { changes, notes, problems } = await plan();
      const steps = changes.map((change) => ({
        text: change.text,
        what: change.op === "run" ? change.command.join(" ") : change.path,
      }));
      done.steps.push(...steps);
      done.notes.push(...notes);
      done.problems.push(...problems);
      if (!dryRun) await applyChanges(tree, changes, { keepIn, signal, onChange: ({ text }) => onStep(text) });
    }
    adapted.push(done);
  }
  return adapted;
};
