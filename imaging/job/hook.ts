import { spawn } from "node:child_process";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** A command of the user's own that was run before or after a job. */
export interface HookRun {
  readonly when: "before" | "after";
  readonly command: string;
  /** Exit status; -1 when a signal or the time limit ended it. */
  readonly status: number;
  /** What it printed on both channels, the last of it where it was much. */
  readonly output: string;
  readonly seconds: number;
  readonly timedOut: boolean;
}

export interface HookRequest extends Pick<HookRun, "when" | "command"> {
  /** What the command is told of the job: LIFEBOAT_DISK and others. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
}

/** Of a command that prints without end the last is kept. */
const MOST_OUTPUT = 64 << 10;

/**
 * Runs a command by the shell, with nothing on its standard input, and keeps what it prints. It never gets our own
 * environment, which may hold a password. It cannot fail: what went wrong is in the result.
 */
export function runHook({ when, command, environment, timeoutSeconds }: HookRequest): Promise<HookRun> {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<HookRun>();
  const env = { ...TOOL_ENVIRONMENT, ...environment };
  // A group of its own, so that a time limit ends what it has started too.
  const child = spawn("/bin/sh", ["-c", command], { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let kept = Buffer.alloc(0);
  const keep = (part: Buffer) => {
    kept = Buffer.concat([kept, part]).subarray(-MOST_OUTPUT);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  let timedOut = false;
  const limit = setTimeout(() => {
    timedOut = true;
    if (child.pid !== undefined) endGroup(child.pid);
  }, timeoutSeconds * 1000);
  const settle = (status: number, problem = "") => {
    clearTimeout(limit);
    const seconds = (performance.now() - started) / 1000;
    resolve({ when, command, status, output: `${kept.toString("utf8")}${problem}`, seconds, timedOut });
  };
  child.on("error", (error) => settle(-1, error.message));
  child.on("close", (status) => settle(status ?? -1));
  return promise;
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It ended just now.
  }
}
