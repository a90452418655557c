import { open, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { VOLUME_ID } from "./iso.ts";

/** ECMA-119 section 8.4: the primary volume descriptor is in sector 16; its identifier "CD001" and the volume's. */
const STANDARD_ID = { offset: 16 * 2048 + 1, length: 5, value: "CD001" };
const VOLUME = { offset: 16 * 2048 + 40, length: 32 };

/**
 * Before minutes of building: the ISO can get this name. A file that is there is replaced only if it is an ISO of ours.
 * @param volumeId of the kind of ISO that is built
 * @throws OPEN_FAILED the folder is missing or not writable, or the name is a folder or a device; FILE_EXISTS
 */
export async function checkIsoOut(out: string, volumeId = VOLUME_ID): Promise<void> {
  const folder = dirname(out);
  const fail = (path: string, reason: string, cause?: unknown) =>
    new LifeboatError("OPEN_FAILED", { path, reason }, { cause });
  const parent = await stat(folder).catch((cause: NodeJS.ErrnoException) => {
    throw fail(folder, cause.code === "ENOENT" ? "there is no such folder" : String(cause.code), cause);
  });
  if (!parent.isDirectory()) throw fail(folder, "it is not a folder");
  const present = await stat(out).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw fail(out, String(cause.code), cause);
  });
  // Tried, not asked: root is told yes for a file system that takes no files.
  const probe = `${out}.check-${process.pid}`;
  await writeFile(probe, "").catch((cause: unknown) => {
    throw fail(folder, "the folder cannot be written to", cause);
  });
  await rm(probe);
  if (!present) return;
  if (present.isDirectory()) throw fail(out, "it is a folder; name the file in it");
  if (!present.isFile()) throw fail(out, "it is not a file; build into a file, then write that to the stick");
  if (!(await isOurs(out, volumeId))) throw new LifeboatError("FILE_EXISTS", { file: out });
}

async function isOurs(path: string, volumeId: string): Promise<boolean> {
  await using file = await open(path);
  const field = async ({ offset, length }: typeof VOLUME, value: string) => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
    return buffer.toString("latin1", 0, bytesRead).trimEnd() === value;
  };
  return (await field(STANDARD_ID, STANDARD_ID.value)) && (await field(VOLUME, volumeId));
}
