import type { RestorePlan } from "#imaging/plan/plan.ts";
import { planId } from "#imaging/plan/plan-restore.ts";

/**
 * Plans that are carried out together: a Windows on one disk may name partitions of another one, so each is told of all that are
 * called otherwise than before.
 */
export function tellMoves(plans: readonly RestorePlan[]): RestorePlan[] {
  const moved = plans.flatMap(({ layout }) => layout?.moved ?? []);
  return plans.map((plan) => {
    if (!plan.mend || moved.length === (plan.mend.moved ?? []).length) return plan;
    const { id: _, ...told } = { ...plan, mend: { ...plan.mend, moved } };
    return { ...told, id: planId(told) };
  });
}
