import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { describeBad } from "#imaging/capture/describe-bad.ts";
import { type CloneContext, planClone } from "#imaging/clone/plan-clone.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { describeMendReport } from "#imaging/mend/describe-mend.ts";
import { mayStart, mediumDrivers } from "#imaging/mend/may-start.ts";
import { restoreAndMend } from "#imaging/mend/restore-and-mend.ts";
import { describePlan } from "#imaging/plan/describe-plan.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { placedTarget } from "#imaging/preflight/choose-target.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { fitOfLayout, preflight } from "#imaging/preflight/preflight.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import { type PrepareDeps, type Prepared, WAIT_SECONDS } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "clone" }>;

/** A disk onto another one, as `lifeboat clone` does it by default. @throws NOT_FOUND; what planClone throws */
export async function prepareClone({ diskId, targetId, verify }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const source = await freeDisk(deps, diskId);
  const target = await freeDisk(deps, targetId);
  // Of a raw file nobody knows the machine.
  const machine = target.kind === "block" ? await readMachine() : undefined;
  const wish = { layout: undefined, raw: false, leaveOutPageFiles: false, createdAt: new Date().toISOString() };
  const plan = await planClone(source, target, wish, {
    ...systemsOf(target, machine),
    context: { undo: await deps.undo() },
    options: { verifyTarget: verify, salvage: false },
  });
  const { confirmation } = plan;
  return {
    ...{ kind: "clone", title: `clone of ${plan.image.name} to ${plan.target.name}`, busy: plan.target.name },
    ...{ writes: [targetId], reads: [diskId], lines: planLines(plan) },
    confirmation: { ...confirmation, id: plan.target.id },
    run: async function* (signal) {
      const options = { waitSeconds: WAIT_SECONDS, writerVersion: deps.version, ...(machine && { machine }) };
      return reportLines(plan, yield* restoreAndMend(plan, options)(signal));
    },
  };
}

/** What is done to the systems on the copy, and whether they will start then. */
const systemsOf = (
  target: Disk,
  machine: MachineHardware | undefined,
): Pick<CloneContext, "mendOf" | "preflightOf"> => ({
  mendOf: (manifest, layout) =>
    mayStart(manifest)
      ? {
          ...{ boot: true, universal: false, renew: layout !== undefined, drivers: mediumDrivers(), identity: "keep" },
          ...(layout?.moved && { moved: layout.moved }),
        }
      : undefined,
  preflightOf: async (image, { mend, layout, keys }) =>
    machine && mend
      ? await preflight(image, {
          ...{ machine, target: placedTarget(machine, target), keys, signal: new AbortController().signal },
          wish: { ...fitOfLayout(image.manifest, layout, target.size), bootRepair: true },
        })
      : undefined,
});

/** How a script would confirm it is nothing to do here. */
const planLines = (plan: RestorePlan): string[] =>
  describePlan(plan)
    .split("\n")
    .filter((line) => !line.startsWith("Confirm with:"));

function reportLines({ image, target }: RestorePlan, report: RestoreReport): string[] {
  const { writtenBytes, seconds, targetVerified, undo, bad, mend, warnings } = report;
  return [
    printable(`${image.name} is now on ${target.name}: ${formatBytes(writtenBytes)} in ${formatDuration(seconds)}`),
    targetVerified ? "Everything was read back and is equal to the source." : "It was not read back.",
    ...(undo?.file === undefined ? [] : [printable(`What was on it before is kept: ${undo.file}`)]),
    ...warnings.map(({ text }) => printable(`! ${text}`)),
    ...(bad ? describeBad(bad) : []),
    ...(mend ? describeMendReport(mend).split("\n") : []),
  ];
}
