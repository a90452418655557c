import { spawn } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** A record that is longer is none, and a tool that prints it is not listened to any more. */
const MOST_RECORD = 1 << 20;

export interface StreamOptions {
  readonly purpose: string;
  /** What ends a record. */
  readonly separator: "\n" | "\0";
  /** Told of each line on standard error as it comes. */
  readonly onComplaint?: (line: string) => void;
  /** Written to its standard input. */
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one of the system's own tools, and yields what it prints a record at a time, as it comes: there is no end to
 * what it may print. No shell. Stopped when nobody listens any more. @returns the tool's status
 * @throws TOOL_MISSING; the signal's reason
 */
export async function* streamTool(
  tool: string,
  args: readonly string[],
  { purpose, separator, onComplaint = () => {}, input, signal }: StreamOptions,
): AsyncGenerator<string, number, undefined> {
  signal?.throwIfAborted();
  const child = spawn(tool, args, { env: TOOL_ENVIRONMENT, stdio: "pipe" });
  const stop = () => child.kill();
  signal?.addEventListener("abort", stop);
  const ended = Promise.withResolvers<number>();
  ended.promise.catch(() => {}); // waited for below
  child.on("error", (cause: NodeJS.ErrnoException) =>
    ended.reject(cause.code === "ENOENT" ? new LifeboatError("TOOL_MISSING", { tool, purpose }) : cause),
  );
  child.on("close", (status) => ended.resolve(status ?? -1));
  child.stdin.on("error", () => {}); // it ended before it read all
  child.stdin.end(input ?? "");
  const complained = forEachRecord(child.stderr, "\n", onComplaint);
  try {
    yield* records(child.stdout, separator);
    await complained;
    const status = await ended.promise;
    signal?.throwIfAborted();
    return status;
  } finally {
    signal?.removeEventListener("abort", stop);
    stop();
    await ended.promise.catch(() => {});
  }
}

async function forEachRecord(stream: AsyncIterable<Buffer>, separator: string, use: (record: string) => void) {
  for await (const record of records(stream, separator)) use(record);
}

async function* records(stream: AsyncIterable<Buffer>, separator: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of stream) {
    const parts = (rest + decoder.decode(bytes, { stream: true })).split(separator);
    rest = parts.pop() ?? "";
    yield* parts;
    if (rest.length > MOST_RECORD) return;
  }
  if (rest !== "") yield rest;
}
