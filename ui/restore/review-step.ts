import { batch } from "@preact/signals";
import type { Job, Problem, RestorePlan } from "#rescue/api/contract.ts";
import { type Api, toProblem } from "#ui/api/client.ts";
import { load } from "#ui/api/loaded.ts";
import type { RestoreState } from "#ui/restore/state.ts";

export async function makePlan(state: RestoreState, api: Api): Promise<void> {
  const [source, targetId] = [state.sourceIds, state.targetId.value];
  if (!source || !targetId) return;
  const { wishes } = state;
  const options = {
    ...{ verifyTarget: state.verifyTarget.value, salvage: false },
    ...(wishes.delta.value && { delta: true }),
  };
  const wish = wishes.wish.value;
  await load(state.plan, () => api.call("planRestore", { body: { ...source, targetId, options, wish } }));
}

/**
 * Starts the plan that is shown. Does nothing unless it is the newest and its confirmation is given; the page says
 * what is missing.
 */
export async function startRestore(state: RestoreState, api: Api, attach: (job: Job) => void): Promise<void> {
  const { value: plan, busy } = state.plan.value;
  if (!plan || busy || state.starting.value || !confirmed(state, plan)) return;
  batch(() => {
    state.starting.value = true;
    state.startProblem.value = undefined;
  });
  try {
    const confirm = plan.confirmation.level === "type" ? state.typed.value.trim() : plan.target.id;
    const job = await api.call("startRestore", { body: { planId: plan.id, confirm } });
    state.stalePlan.value = undefined;
    attach(job);
  } catch (error) {
    await startFailed(state, api, plan, toProblem(error));
  } finally {
    state.starting.value = false;
  }
}

async function startFailed(state: RestoreState, api: Api, plan: RestorePlan, problem: Problem): Promise<void> {
  if (problem.code !== "PLAN_STALE") {
    state.startProblem.value = problem;
    return;
  }
  batch(() => {
    state.forgetPlan();
    state.stalePlan.value = plan;
  });
  await makePlan(state, api);
}

export function confirmed(
  { agreed, typed }: Pick<RestoreState, "agreed" | "typed">,
  { confirmation }: RestorePlan,
): boolean {
  if (confirmation.level === "none") return true;
  if (confirmation.level === "acknowledge") return agreed.value === confirmation.text;
  return typed.value.trim() === confirmation.words;
}
