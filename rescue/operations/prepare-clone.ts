import type { Sentence } from "#base/sentence.ts";
import { badLines } from "#imaging/capture/describe-bad.ts";
import { mendReportLines } from "#imaging/mend/describe-mend.ts";
import { mediumDrivers } from "#imaging/mend/may-start.ts";
import { restoreAndMend } from "#imaging/mend/restore-and-mend.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { planCloneWish } from "#imaging/wish/plan-clone-wish.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import { type PrepareDeps, type Prepared, WAIT_SECONDS } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "clone" }>;

/** A disk onto another one, as `lifeboat clone` does it by default. @throws NOT_FOUND; what planCloneWish throws */
export async function prepareClone({ diskId, targetId, verify }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const source = await freeDisk(deps, diskId);
  const target = await freeDisk(deps, targetId);
  // Of a raw file nobody knows the machine.
  const machine = target.kind === "block" ? await readMachine() : undefined;
  const plan = await planCloneWish(source, target, {
    ...{ wish: {}, context: { undo: await deps.undo() }, options: { verifyTarget: verify, salvage: false } },
    ...{ drivers: mediumDrivers(), machine: async () => machine, signal: new AbortController().signal },
  });
  const { confirmation } = plan;
  return {
    ...{ kind: "clone", title: `clone of ${plan.image.name} to ${plan.target.name}`, busy: plan.target.name },
    subject: `${plan.image.name} → ${plan.target.name}`,
    ...{ writes: [targetId], reads: [diskId], lines: planLines(plan) },
    confirmation: { ...confirmation, id: plan.target.id },
    run: async function* (signal) {
      const options = { waitSeconds: WAIT_SECONDS, writerVersion: deps.version, ...(machine && { machine }) };
      return reportLines(plan, yield* restoreAndMend(plan, options)(signal));
    },
  };
}

/** How a script would confirm it is nothing to do here. */
const planLines = (plan: RestorePlan): Sentence[] =>
  describePlan(plan)
    .split("\n")
    .filter((line) => !line.startsWith("Confirm with:"))
    .map((text) => ({ text }));

function reportLines({ image, target }: RestorePlan, report: RestoreReport): Sentence[] {
  const { writtenBytes, seconds, targetVerified, undo, bad, mend, warnings } = report;
  return [
    say("cloned.done", { source: image.name, target: target.name, bytes: writtenBytes, seconds }),
    say(targetVerified ? "cloned.verified" : "cloned.unverified"),
    ...(undo?.file === undefined ? [] : [say("cloned.kept", { file: undo.file })]),
    ...warnings.map((text) => say("line.warning", { text })),
    ...(bad ? badLines(bad) : []),
    ...(mend ? mendReportLines(mend) : []),
  ];
}
