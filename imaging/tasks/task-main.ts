import { createInterface } from "node:readline";
import { isLifeboatError } from "#base/errors.ts";
import { sentenceOf } from "#base/sentence.ts";
import { openSystems } from "#imaging/installed/open-systems.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { Task, TaskReply, TaskRequest } from "#imaging/tasks/task.ts";
import { TASKS, type TaskName } from "#imaging/tasks/tasks.ts";

/** The program that run-task.ts starts, in namespaces of its own. */
const ended = new AbortController();
const lines = createInterface({ input: process.stdin });
lines.on("close", () => ended.abort(new Error("nobody waits for it any more")));
lines.once("line", (line) => void answer(JSON.parse(line) as TaskRequest));

const say = (reply: TaskReply): void => void process.stdout.write(`${JSON.stringify(reply)}\n`);

async function answer(request: TaskRequest): Promise<void> {
  try {
    say({ result: await run(request, ended.signal) });
  } catch (error) {
    if (isLifeboatError(error)) {
      const { code, details, said } = error;
      say({ error: { code, details, said } });
    } else say({ error: { message: error instanceof Error ? (error.stack ?? error.message) : String(error) } });
  } finally {
    lines.close();
    process.stdin.destroy();
  }
}

async function run(
  { task, input, files, containers, write, discardHibernation, folder }: TaskRequest,
  signal: AbortSignal,
): Promise<unknown> {
  await runTool("mount", ["-t", "tmpfs", "-o", "mode=700", "systems", folder], "open an installed system");
  const load = TASKS[task as TaskName] as () => Promise<Task<unknown, unknown>>;
  const perform = await load();
  const opened = await openSystems(files, { containers, folder, write, discardHibernation, signal });
  const result = await perform(opened, input, { signal, onStep: (step) => say({ step: sentenceOf(step) }) });
  await opened.close();
  return result ?? null;
}
