import { type ChildProcessByStdio, spawn } from "node:child_process";
import { Readable, type Writable } from "node:stream";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

const PURPOSE = "look into an initramfs";

/** By the first bytes, as the kernel knows them (Linux: lib/decompress.c). */
const TOOLS: readonly (readonly [magic: string, tool: string])[] = [
  ["1f8b", "gzip"],
  ["28b52ffd", "zstd"],
  ["fd377a585a", "xz"],
  ["425a68", "bzip2"],
];

/** What expands such a stream; undefined for one behind which the kernel takes nothing (lz4), or that is not known. */
export const expanderOf = (head: Buffer): string | undefined =>
  TOOLS.find(([magic]) => head.toString("hex").startsWith(magic))?.[1];

/** What a tool prints that is given these bytes. What it finds behind the end of its format is no matter. @throws TOOL_MISSING */
export async function* expanded(
  tool: string,
  bytes: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const child = spawn(tool, ["-dc"], { env: TOOL_ENVIRONMENT, stdio: ["pipe", "pipe", "ignore"] });
  const source = Readable.from(bytes);
  source.on("error", () => child.kill());
  child.stdin.on("error", () => source.destroy()); // it has read all that it wants
  source.pipe(child.stdin);
  yield* output(child, tool, signal);
}

/** So many bytes of a file, the first or the last, read by a program: the file may be served by this very process. */
export async function* contentOf(
  path: string,
  which: "head" | "tail",
  bytes: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer, void, undefined> {
  const child = spawn(which, [`--bytes=${bytes}`, "--", path], {
    env: TOOL_ENVIRONMENT,
    stdio: ["pipe", "pipe", "ignore"],
  });
  yield* output(child, which, signal);
}

async function* output(child: ChildProcessByStdio<Writable, Readable, null>, tool: string, signal: AbortSignal) {
  const ended = Promise.withResolvers<void>();
  ended.promise.catch(() => {}); // waited for below
  child.on("error", (cause: NodeJS.ErrnoException) =>
    ended.reject(cause.code === "ENOENT" ? new LifeboatError("TOOL_MISSING", { tool, purpose: PURPOSE }) : cause),
  );
  child.on("close", () => ended.resolve());
  const stop = () => child.kill();
  signal.addEventListener("abort", stop);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    await ended.promise;
    signal.throwIfAborted();
  } finally {
    signal.removeEventListener("abort", stop);
    child.kill();
    await ended.promise.catch(() => {}); // whoever looks next may unmount what it reads
  }
}
