import { LifeboatError } from "#base/errors.ts";
import type { MendPlan } from "#imaging/mend/mend.ts";
import { HIBERNATED } from "#imaging/universal/windows/hibernated.ts";

type Done = Pick<MendPlan, "systems" | "partitions" | "loaders" | "disk">;

/** Whether nothing is, or was, done. */
export const isIdle = ({ systems, partitions, loaders, disk }: Done): boolean =>
  partitions.length + loaders.length + disk.length === 0 && systems.every(({ steps }) => steps.length === 0);

/** Whether a Windows was left as it is because it is hibernated. */
export const isRefused = ({ systems }: Pick<Done, "systems">): boolean =>
  systems.some(({ problems }) => problems.some(({ code }) => code === HIBERNATED));

/** @throws WINDOWS_HIBERNATED where that is why a plan does nothing at all: it must not pass for done */
export function refuseHibernated(plan: Done & Pick<MendPlan, "target">): void {
  const asleep = plan.systems.find(({ problems }) => problems.some(({ code }) => code === HIBERNATED));
  if (!asleep || !isIdle(plan)) return;
  const [problem] = asleep.problems.filter(({ code }) => code === HIBERNATED);
  throw new LifeboatError("WINDOWS_HIBERNATED", { disk: plan.target.path, problem: problem?.text ?? "" });
}
