import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { Operations } from "#rescue/operations/operations.ts";

export interface OperationDeps {
  readonly operations?: Pick<Operations, "destinations" | "plan" | "start" | "list" | "get" | "cancel">;
}

/** Captures, clones, repairs and verifications: planned, started, shown, cancelled. */
export function operationRoutes(serve: Serve, { operations }: OperationDeps): void {
  if (!operations) return;
  serve(api.destinations, () => operations.destinations());
  serve(api.planOperation, (request) => operations.plan(request));
  serve(api.startOperation, ({ planId, confirm, afterwards }) => operations.start(planId, confirm, afterwards), {
    ...{ status: 202, needsKey: true },
  });
  serve(api.operations, () => operations.list());
  serve(api.operation, (_request, { operationId }) => operations.get(operationId));
  serve(api.cancelOperation, (_request, { operationId }) => operations.cancel(operationId), { status: 202 });
}
