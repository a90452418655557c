import { typesOf } from "#imaging/disk/partition-types.ts";
import { api } from "#rescue/api/contract.ts";
import type { Serve } from "#rescue/api/route.ts";
import type { Operations } from "#rescue/operations/operations.ts";
import type { Partitions } from "#rescue/operations/partitions.ts";

export interface OperationDeps {
  readonly operations?: Pick<Operations, "destinations" | "plan" | "start" | "list" | "get" | "cancel">;
  readonly partitions?: Pick<Partitions, "try">;
}

/** Captures, clones, repairs, verifications and changes of partitions: planned, started, shown, cancelled. */
export function operationRoutes(serve: Serve, { operations, partitions }: OperationDeps): void {
  if (partitions) serve(api.tryPartitions, (request) => partitions.try(request));
  serve(api.partitionTypes, () => ({ gpt: typesOf("gpt"), mbr: typesOf("mbr") }));
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
