import { setTimeout as sleep } from "node:timers/promises";
import type { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import type { Client } from "#rescue/api/client.ts";
import type { Job, Operation, OperationKind, OperationProgress } from "#rescue/api/contract.ts";
import { messages } from "#rescue/console-menu/messages.ts";

/** A job of either kind, as the menu shows it. */
export interface ShownJob {
  readonly id: string;
  readonly state: Job["state"];
  readonly title: string;
  readonly progress?: OperationProgress | undefined;
  /** Why the machine must stay on. */
  readonly keepOn: string;
  /** What it means to stop it. */
  readonly stopText: string;
  /** After its end. */
  readonly outcome: string;
  readonly lines: readonly string[];
}

/** A job that can be followed and stopped. */
export interface FollowedJob {
  readonly first: ShownJob;
  /** Each newer state, until its last one. @throws SERVER_UNREACHABLE, NOT_FOUND */
  readonly follow: (signal: AbortSignal) => AsyncIterable<ShownJob>;
  readonly cancel: () => Promise<unknown>;
}

/** How often the state of an operation is asked for. */
const ASK_MS = 1000;

export const isEnded = ({ state }: Pick<Job, "state">): boolean =>
  state === "succeeded" || state === "failed" || state === "cancelled";

export const restoreJob = (client: Client, job: Job): FollowedJob => ({
  first: shownRestore(job),
  async *follow(signal) {
    for await (const next of client.follow(job.id, signal)) yield shownRestore(next);
  },
  cancel: () => client.call("cancelJob", { params: { jobId: job.id } }),
});

export const operationJob = (client: Client, operation: Operation): FollowedJob => {
  const params = { operationId: operation.id };
  return {
    first: shownOperation(operation),
    async *follow(signal) {
      for (let isOver = false; !isOver; isOver ||= signal.aborted) {
        const next = await client.call("operation", { params });
        yield shownOperation(next);
        isOver = isEnded(next);
        if (!isOver) await sleep(ASK_MS, undefined, { signal }).catch(() => {});
      }
    },
    cancel: () => client.call("cancelOperation", { params }),
  };
};

/** The newest one that runs, whoever has started it. */
export async function runningJob(client: Client): Promise<FollowedJob | undefined> {
  const isRunning = ({ state }: Pick<Job, "state">) => state === "running" || state === "cancelling";
  const job = (await client.call("jobs")).find(isRunning);
  if (job) return restoreJob(client, job);
  const operation = (await client.call("operations")).find(isRunning);
  return operation && operationJob(client, operation);
}

export function shownRestore(job: Job): ShownJob {
  const { id, state, plan, progress } = job;
  const { succeeded, cancelled, failed } = messages.result.restore;
  return {
    ...{ id, state, progress, lines: restoreLines(job) },
    title: messages.job.title(plan.image.name, plan.target.name),
    keepOn: messages.job.keepOn,
    stopText: messages.job.stopText,
    outcome: state === "succeeded" ? succeeded : state === "cancelled" ? cancelled : failed,
  };
}

export function shownOperation({ id, kind, title, state, progress, lines = [], problem }: Operation): ShownJob {
  const m = messages.operations[kind];
  return {
    ...{ id, state, progress, title: messages.job.running(title) },
    ...{ keepOn: m.keepOn, stopText: m.stopText, outcome: outcomeOf(kind, state) },
    lines: [...(problem ? problemText(problem) : []), ...lines.map(({ text }) => printable(text))],
  };
}

function outcomeOf(kind: OperationKind, state: Operation["state"]): string {
  const { succeeded, cancelled, failed } = messages.operations[kind];
  return state === "succeeded" ? succeeded : state === "cancelled" ? cancelled : failed;
}

const problemText = ({ text, safe, next, code }: Pick<LifeboatError, "text" | "safe" | "next"> & { code: string }) => [
  `${text}.`,
  "",
  messages.problem.safe(safe),
  messages.problem.next(next),
  messages.problem.code(code),
];

function restoreLines({ plan, problem, report, state, progress }: Job): string[] {
  const m = messages.result;
  const warnings = report?.warnings ?? progress?.warnings ?? [];
  const verified = report?.targetVerified;
  return [
    ...(state === "succeeded" ? [m.isOn(plan.image.name, plan.target.name), m.remove] : []),
    ...(problem ? problemText(problem) : []),
    "",
    ...(report ? [m.written(formatBytes(report.writtenBytes), formatDuration(report.seconds))] : []),
    ...(report ? [verified === undefined ? m.notAsked : verified ? m.verified : m.notVerified] : []),
    ...warnings.map(({ text }) => m.warning(text)),
    ...(report?.damagedChunks ?? []).slice(0, 50).map((chunk) => m.damaged(chunk.region, chunk.problem)),
  ];
}
