import { spawn } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** Of each of its outputs; what is behind it is not kept. A check of a volume in ruins may print without end. */
const MOST_OUTPUT = 4 << 20;

export interface ToolResult {
  /** -1 when a signal ended it. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ToolOptions {
  readonly purpose: string;
  readonly signal?: AbortSignal | undefined;
  /** Told of all it prints on standard output, in pieces as they come. */
  readonly onOutput?: (text: string) => void;
  /** Beside the environment that every tool gets. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs one of the system's own tools whose status is its finding. No shell, no input. Where runTool() leaves at the
 * abort, this waits until the tool is gone: what it works on is unmounted next.
 * @throws TOOL_MISSING; the signal's reason
 */
export async function runToEnd(
  tool: string,
  args: readonly string[],
  { purpose, signal, onOutput, environment }: ToolOptions,
): Promise<ToolResult> {
  signal?.throwIfAborted();
  const child = spawn(tool, args, { env: { ...TOOL_ENVIRONMENT, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => child.kill();
  signal?.addEventListener("abort", stop);
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      if (said[name].length < MOST_OUTPUT) said[name] += text;
      if (name === "stdout") onOutput?.(text);
    });
  const ended = Promise.withResolvers<number>();
  child.on("error", (cause: NodeJS.ErrnoException) =>
    ended.reject(cause.code === "ENOENT" ? new LifeboatError("TOOL_MISSING", { tool, purpose }) : cause),
  );
  child.on("close", (status) => ended.resolve(status ?? -1));
  try {
    const status = await ended.promise;
    signal?.throwIfAborted();
    return { status, ...said };
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}

/** As runToEnd(), for a tool that has to succeed. @throws TOOL_FAILED too */
export async function runSurely(tool: string, args: readonly string[], options: ToolOptions): Promise<string> {
  const { status, stdout, stderr } = await runToEnd(tool, args, options);
  if (status !== 0) throw new LifeboatError("TOOL_FAILED", { tool, status, output: stderr.trim() || stdout.trim() });
  return stdout;
}
