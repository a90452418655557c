import { LifeboatError } from "#base/errors.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import type { RestoreWish } from "#imaging/wish/restore-wish.ts";

/** What is written to a target: exactly one of them. */
export interface SourceIds {
  readonly imageId?: string | undefined;
  readonly diskId?: string | undefined;
}

/** A plan that was shown, with the wish that it was made from. */
export interface StoredPlan {
  readonly plan: RestorePlan;
  readonly source: SourceIds;
  readonly wish: RestoreWish;
}

/** A page makes a plan for each look at its review; nobody starts one of a hundred looks ago. */
const MOST_PLANS = 100;

export class PlanStore {
  readonly #plans = new Map<string, StoredPlan>();

  add(stored: StoredPlan): void {
    this.#plans.delete(stored.plan.id);
    this.#plans.set(stored.plan.id, stored);
    for (const id of this.#plans.keys()) {
      if (this.#plans.size <= MOST_PLANS) break;
      this.#plans.delete(id);
    }
  }

  /** @throws NOT_FOUND */
  get(id: string): StoredPlan {
    const stored = this.#plans.get(id);
    if (!stored) throw new LifeboatError("NOT_FOUND", { what: `the plan ${id}` });
    return stored;
  }

  list(): RestorePlan[] {
    return [...this.#plans.values()].map(({ plan }) => plan);
  }
}
