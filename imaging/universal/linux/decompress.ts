import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

const PURPOSE = "read the start files of a system";

/** How the kernel knows what an initramfs is compressed with (Linux: lib/decompress.c; lz4: the legacy frame). */
const MAGICS: readonly (readonly [bytes: readonly number[], tool: readonly [string, ...string[]] | "gzip" | "zstd"])[] =
  [
    [[0x1f, 0x8b], "gzip"],
    [[0x28, 0xb5, 0x2f, 0xfd], "zstd"],
    [
      [0xfd, 0x37, 0x7a, 0x58, 0x5a],
      ["xz", "-dc"],
    ],
    [
      [0x5d, 0x00, 0x00],
      ["xz", "--format=lzma", "-dc"],
    ],
    [
      [0x42, 0x5a, 0x68],
      ["bzip2", "-dc"],
    ],
    [
      [0x02, 0x21, 0x4c, 0x18],
      ["lz4", "-dc"],
    ],
    [
      [0x04, 0x22, 0x4d, 0x18],
      ["lz4", "-dc"],
    ],
    [
      [0x89, 0x4c, 0x5a, 0x4f],
      ["lzop", "-dc"],
    ],
  ];

export const isCompressed = (head: Uint8Array): boolean => methodOf(head) !== undefined;

const methodOf = (head: Uint8Array) => MAGICS.find(([bytes]) => bytes.every((byte, i) => head[i] === byte))?.[1];

/**
 * What a compressed stream holds, in pieces. Ends early, without complaint, when nobody asks for more.
 * @param head its first bytes; `source` begins with them
 * @throws TOOL_MISSING; an Error when it is damaged
 */
export async function* decompress(head: Uint8Array, source: Readable): AsyncGenerator<Buffer, void, undefined> {
  const method = methodOf(head);
  if (method === undefined) throw new Error("it is compressed in a way that is not known");
  if (typeof method === "string") {
    const stream = method === "gzip" ? createGunzip() : createZstdDecompress();
    source.on("error", (error) => stream.destroy(error));
    try {
      yield* source.pipe(stream);
    } finally {
      source.destroy();
      stream.destroy();
    }
    return;
  }
  yield* byTool(method, source);
}

async function* byTool([tool, ...args]: readonly [string, ...string[]], source: Readable) {
  const child = spawn(tool, args, { env: TOOL_ENVIRONMENT, stdio: ["pipe", "pipe", "ignore"] });
  const ended = Promise.withResolvers<number>();
  ended.promise.catch(() => {}); // waited for below
  child.on("error", (cause: NodeJS.ErrnoException) =>
    ended.reject(cause.code === "ENOENT" ? new LifeboatError("TOOL_MISSING", { tool, purpose: PURPOSE }) : cause),
  );
  child.on("close", (status) => ended.resolve(status ?? -1));
  child.stdin.on("error", () => {}); // it ended before it read all
  source.on("error", () => child.kill());
  source.pipe(child.stdin);
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    const status = await ended.promise;
    if (status !== 0) throw new Error(`${tool} ended with status ${status}`);
  } finally {
    source.destroy();
    child.kill();
    await ended.promise.catch(() => {});
  }
}
