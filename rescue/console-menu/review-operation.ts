import { printable } from "#base/printable.ts";
import type { OperationRequest } from "#rescue/api/contract.ts";
import { read } from "#rescue/console-menu/ask.ts";
import { confirmed } from "#rescue/console-menu/confirm.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import { type FollowedJob, operationJob } from "#rescue/console-menu/shown-job.ts";

/** The last two steps of each wizard: the plan, which must be seen to its end, and the confirmation. @returns the job */
export async function reviewOperation(
  context: Context,
  request: OperationRequest,
  mark: (step: "plan" | "confirm") => string,
): Promise<FollowedJob | undefined> {
  const { terminal, client } = context;
  const { title, keys, power } = messages.plan;
  for (;;) {
    const plan = await attempt(context, title, () => client.call("planOperation", { body: request }));
    if (!plan) return undefined;
    const { warning } = await client.call("powerState");
    const lines = [...(warning ? [power(warning.text)] : []), ...plan.lines.map(({ text }) => printable(text))];
    if (!(await read(terminal, { title, mark: mark("plan"), lines, keys }))) return undefined;
    const { confirmation, id } = plan;
    const words = await confirmed(terminal, mark("confirm"), confirmation, confirmation.text);
    if (words === undefined) continue;
    const body = { planId: id, confirm: words };
    const started = await attempt(context, title, () => client.call("startOperation", { body }));
    if (started) return operationJob(client, started);
  }
}
