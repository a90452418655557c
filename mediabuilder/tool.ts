import { type ChildProcess, spawn } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import { stopSignal } from "./stop.ts";

/** Receives one line of what a build step does; the caller decides where it is shown. */
export type Log = (line: string) => void;

export interface ToolOptions {
  /** What the tool is needed for, as the error says it: "to make the EFI system partition". */
  readonly purpose: string;
  /** Undefined: it does not get it from this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Each line of the tool's output, as it appears. */
  readonly onLine?: Log;
}

/** Enough of a tool's output to see why it failed; mmdebstrap alone prints thousands of lines. */
const KEPT_LINES = 30;

const SECRETS = {
  LIFEBOAT_PASSWORD: undefined,
  LIFEBOAT_MEDIUM_SECRETS: undefined,
  LIFEBOAT_MEDIUM_PASSPHRASE: undefined,
};

/** How long a tool may take to clean up after itself when the build is stopped. */
const GRACE_MS = 15_000;

/** Runs a tool to its end and returns its standard output. Throws TOOL_MISSING and TOOL_FAILED. */
export async function runTool(tool: string, args: readonly string[], options: ToolOptions): Promise<string> {
  const signal = stopSignal();
  signal?.throwIfAborted();
  return await new Promise((resolve, reject) => {
    const child = spawn(tool, args, {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a process group of its own: what a script has started ends with it
      // Passwords are nothing that a tool needs to know.
      env: { ...process.env, ...SECRETS, LC_ALL: "C", TZ: "UTC", ...options.env },
    });
    const release = endWith(child, signal);
    const output: string[] = [];
    const tail: string[] = [];
    const keep = (line: string) => {
      options.onLine?.(line);
      if (line.trim() !== "") tail.push(line.trim());
      if (tail.length > KEPT_LINES) tail.shift();
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    splitLines(child.stdout, keep);
    splitLines(child.stderr.setEncoding("utf8"), keep);
    child.on("error", (cause: NodeJS.ErrnoException) => {
      const missing = cause.code === "ENOENT";
      reject(
        missing
          ? new LifeboatError("TOOL_MISSING", { tool, purpose: options.purpose }, { cause })
          : new LifeboatError("TOOL_FAILED", { tool, status: -1, output: cause.message }, { cause }),
      );
    });
    child.on("close", (status) => {
      release();
      if (status === 0) resolve(output.join(""));
      else reject(new LifeboatError("TOOL_FAILED", { tool, status: status ?? -1, output: tail.join("\n") }));
    });
  });
}

/** Ends the tool and all that it started when the build is stopped. "close" comes only when the last of them is gone. */
function endWith(child: ChildProcess, signal: AbortSignal | undefined): () => void {
  let timer: NodeJS.Timeout | undefined;
  const kill = (by: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, by);
    } catch {} // it has just ended by itself
  };
  const stop = () => {
    kill("SIGTERM");
    timer = setTimeout(() => kill("SIGKILL"), GRACE_MS);
  };
  signal?.addEventListener("abort", stop, { once: true });
  return () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  };
}

function splitLines(stream: NodeJS.ReadableStream, onLine: Log): void {
  let rest = "";
  stream.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  });
  stream.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
