import { spawn } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** What is read at once, and how many of those are kept: metadata lies side by side. */
const PIECE = 256 << 10;
const KEPT_PIECES = 32;

/**
 * Reads a volume by dd(1). Node's own file calls must not touch a file that our FUSE server shows: they wait in the
 * threads that its answers need (fuse-server.ts). For metadata only; it starts a program for each piece.
 */
export function toolDevice({ path, size, sectorSize }: VolumeFile, signal?: AbortSignal): ReadableDevice {
  const pieces = new Map<number, Buffer>();
  async function piece(number: number): Promise<Buffer> {
    const known = pieces.get(number);
    const bytes = known ?? (await readByDd(path, number * PIECE, Math.min(PIECE, size - number * PIECE), signal));
    pieces.delete(number);
    pieces.set(number, bytes);
    const [oldest] = pieces.keys();
    if (pieces.size > KEPT_PIECES && oldest !== undefined) pieces.delete(oldest);
    return bytes;
  }
  return {
    ...{ path, size, sectorSize },
    async read(into, offset) {
      if (!(offset >= 0 && offset + into.length <= size))
        throw new LifeboatError("READ_SHORT", { device: path, offset, want: into.length, got: 0 });
      for (let done = 0; done < into.length; ) {
        const at = offset + done;
        const from = await piece(Math.floor(at / PIECE));
        const part = from.subarray(at % PIECE).subarray(0, into.length - done);
        into.set(part, done);
        done += part.length;
      }
    },
  };
}

/** What the volume holds, found out without a file call of ours. */
export const lookAt = (volume: VolumeFile, signal?: AbortSignal): Promise<Filesystem | undefined> =>
  detectFilesystem(toolDevice(volume, signal));

async function readByDd(path: string, offset: number, length: number, signal?: AbortSignal): Promise<Buffer> {
  signal?.throwIfAborted();
  const flags = "iflag=skip_bytes,count_bytes,fullblock";
  const args = [`if=${path}`, flags, `skip=${offset}`, `count=${length}`, `bs=${PIECE}`, "status=none"];
  const child = spawn("dd", args, { env: TOOL_ENVIRONMENT, stdio: ["ignore", "pipe", "pipe"] });
  const parts: Buffer[] = [];
  let complaint = "";
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.on("data", (part: Buffer) => {
    complaint += part.toString();
  });
  const ended = Promise.withResolvers<void>();
  child.on("error", (cause) => ended.reject(cause));
  child.on("close", () => ended.resolve());
  await ended.promise;
  const bytes = Buffer.concat(parts);
  if (complaint !== "") throw new LifeboatError("READ_FAILED", { device: path, offset, reason: complaint.trim() });
  if (bytes.length < length)
    throw new LifeboatError("READ_SHORT", { device: path, offset, want: length, got: bytes.length });
  return bytes;
}
