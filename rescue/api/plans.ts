import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { Layouts } from "#rescue/jobs/layouts.ts";
import type { PlanStore } from "#rescue/jobs/plan-store.ts";
import type { Restores } from "#rescue/jobs/restores.ts";

export interface PlanDeps {
  readonly layouts: Pick<Layouts, "plan">;
  readonly plans: Pick<PlanStore, "get">;
  readonly restores: Pick<Restores, "plan">;
}

/** What a restore would do, before it does anything. */
export function planRoutes(serve: Serve, { plans, restores, layouts }: PlanDeps): void {
  serve(api.planLayout, (request) => layouts.plan(request));
  serve(api.planRestore, (request) => restores.plan(request));
  serve(api.plan, (_request, { planId }) => plans.get(planId).plan);
}
