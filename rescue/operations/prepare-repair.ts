import { diskName } from "#imaging/inventory/disk.ts";
import { mendPlanLines, mendReportLines } from "#imaging/mend/describe-mend.ts";
import { refuseHibernated } from "#imaging/mend/idle.ts";
import { mediumDrivers } from "#imaging/mend/may-start.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import { planMend } from "#imaging/mend/plan-mend.ts";
import { runMend } from "#imaging/mend/run-mend.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import type { OperationRequest } from "#rescue/api/operation-contract.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import type { PrepareDeps, Prepared } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "boot-repair" | "take-back" }>;

/** As `lifeboat boot repair` does it, or `lifeboat universal --undo`. @throws NOT_FOUND, WINDOWS_HIBERNATED; what planMend throws */
export async function prepareRepair({ kind, diskId }: Wish, deps: PrepareDeps): Promise<Prepared> {
  const disk = await freeDisk(deps, diskId);
  const machine = disk.kind === "block" ? await readMachine() : undefined;
  const wish: MendWish =
    kind === "take-back"
      ? { boot: false, universal: false, drivers: [], identity: "keep", undo: {} }
      : { boot: true, universal: false, renew: true, drivers: mediumDrivers(), identity: "keep" };
  const plan = await planMend(disk, wish, { machine, signal: new AbortController().signal });
  refuseHibernated(plan);
  const name = diskName(disk);
  return {
    ...{
      kind,
      title: kind === "take-back" ? `taking back what was changed on ${name}` : `repair of ${name}`,
      subject: name,
      busy: name,
      writes: [diskId],
      reads: [],
    },
    lines: mendPlanLines(plan),
    confirmation: {
      ...{ level: "none", words: name, id: diskId },
      text: `Nothing on ${name} will be lost; files that are changed are kept as they were.`,
    },
    run: async function* (signal) {
      return mendReportLines(yield* runMend(plan, { machine })(signal));
    },
  };
}
