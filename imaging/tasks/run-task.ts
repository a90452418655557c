import { spawn } from "node:child_process";
import { rmdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type ErrorCode, type ErrorDetails, LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { makePrivateFolder } from "#imaging/explore/private-folder.ts";
import type { VolumeFiles } from "#imaging/installed/volume-file.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";
import { loopsGone } from "#imaging/tasks/loops-gone.ts";
import type { TaskReply, TaskRequest } from "#imaging/tasks/task.ts";
import type { TaskInput, TaskName, TaskResult } from "#imaging/tasks/tasks.ts";

export const TASK_ROOT = "/run/lifeboat/systems";
/** Beside this file, or beside the bundle that this is a part of. */
const MAIN = fileURLToPath(new URL(import.meta.url.endsWith(".ts") ? "task-main.ts" : "task-main.js", import.meta.url));
/** Bytes of what it says of itself when it fails: a stack. */
const MOST_COMPLAINT = 16 << 10;

export interface RunTaskOptions {
  readonly write: boolean;
  /** A hibernated session of Windows is thrown away, when it is written to. */
  readonly discardHibernation?: boolean | undefined;
  readonly signal: AbortSignal;
  readonly onStep?: (step: Sentence) => void;
}

/**
 * Runs a task in a process that has namespaces of its own for mounts and processes: when it ends, or we do, whatever it had
 * mounted or started is gone. It is another process also because ours serves some of the volumes, and must never wait for
 * its own answers.
 * @throws what the task throws, TOOL_MISSING for unshare(1); the signal's reason
 */
export async function runTask<N extends TaskName>(
  task: N,
  input: TaskInput<N>,
  { files, containers }: VolumeFiles,
  { write, discardHibernation, signal, onStep = () => {} }: RunTaskOptions,
): Promise<TaskResult<N>> {
  signal.throwIfAborted();
  const folder = await makePrivateFolder(TASK_ROOT);
  const request: TaskRequest = { task, input, files, containers, write, discardHibernation, folder };
  try {
    const reply = await talk(request, onStep, signal);
    if ("result" in reply) return reply.result as TaskResult<N>;
    if ("step" in reply) throw new Error("a task ended in the middle");
    throw errorOf(reply.error);
  } finally {
    await loopsGone(new Set(files.map(({ path }) => path)));
    await rmdir(folder).catch(() => {});
  }
}

/** setpriv(1): it ends with us, also when nobody can clear up after us; unshare(1): all of its own end with it. */
const COMMAND = [
  ...["--pdeathsig", "KILL", "--"],
  ...["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child=KILL", "--"],
];

async function talk(request: TaskRequest, onStep: (step: Sentence) => void, signal: AbortSignal): Promise<TaskReply> {
  const child = spawn("setpriv", [...COMMAND, process.execPath, MAIN], {
    env: { ...TOOL_ENVIRONMENT },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const ended = Promise.withResolvers<void>();
  child.on("error", (cause: NodeJS.ErrnoException) =>
    ended.reject(
      cause.code === "ENOENT"
        ? new LifeboatError("TOOL_MISSING", { tool: "setpriv", purpose: "open an installed system" })
        : cause,
    ),
  );
  child.on("close", () => ended.resolve());
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (complaint.length < MOST_COMPLAINT) complaint += text;
  });
  const stop = () => child.stdin.end();
  signal.addEventListener("abort", stop);
  child.stdin.on("error", () => {}); // it ended before it read all
  child.stdin.write(`${JSON.stringify(request)}\n`);
  let last: TaskReply | undefined;
  const read = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const reply = JSON.parse(line) as TaskReply;
      if ("step" in reply) onStep(reply.step);
      else {
        last = reply;
        stop();
      }
    }
  })();
  try {
    await ended.promise;
    await read;
  } finally {
    signal.removeEventListener("abort", stop);
    child.kill("SIGKILL");
  }
  signal.throwIfAborted();
  if (last) return last;
  throw new Error(`a task ended without a word: ${complaint.trim()}`);
}

function errorOf(error: Extract<TaskReply, { error: unknown }>["error"]): Error {
  if ("message" in error) return new Error(error.message);
  const { code, details, said } = error;
  return new LifeboatError(code as ErrorCode, details as ErrorDetails<ErrorCode>, { said });
}
