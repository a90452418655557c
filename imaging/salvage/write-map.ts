import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import type { Extent } from "#imaging/extent.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { formatMap, mapBlocks, statusFor } from "#imaging/salvage/ddrescue-map.ts";
import { errnoReason } from "#imaging/system/errno.ts";
import { createError, renameError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

export interface MapSource {
  /** Of the disk, as a device name. */
  readonly disk: string;
  /** Bytes. */
  readonly size: number;
  /** Disk bytes that were asked for, in order. */
  readonly captured: Iterable<Extent>;
  /** What of them could not be read, in order. */
  readonly bad: readonly BadExtent[];
  /** Such as "lifeboat 0.1.0". */
  readonly writer: string;
  readonly time: Date;
}

const FLUSH_AT = 1 << 16;

/**
 * Writes GNU ddrescue's map file, whole or not at all: it replaces an older one only when it is on the disk.
 * @throws CREATE_FAILED, WRITE_FAILED, RENAME_FAILED, SPACE_EXHAUSTED
 */
export async function writeMap(path: string, source: MapSource): Promise<void> {
  const partial = `${path}.partial`;
  await rm(partial, { force: true }).catch(() => {}); // then the next line says why
  // Made anew, since the name could be a link of somebody else's; for nobody else, since it tells what an encrypted image hides.
  const file = await open(partial, "wx", 0o600).catch((cause: Error) => {
    throw createError(partial, cause);
  });
  let written = 0;
  try {
    await using handle = file;
    let text = "";
    const flush = async () => {
      await handle.appendFile(text);
      written += text.length;
      text = "";
    };
    const blocks = mapBlocks(source.size, source.captured, source.bad);
    for (const line of formatMap(blocks, comments(source), statusFor(source.bad))) {
      text += line;
      if (text.length >= FLUSH_AT) await flush();
    }
    await flush();
    await handle.sync();
  } catch (cause) {
    await rm(partial, { force: true }).catch(() => {});
    throw new LifeboatError("WRITE_FAILED", { device: path, offset: written, reason: errnoReason(cause) }, { cause });
  }
  await rename(partial, path).catch((cause: unknown) => {
    throw renameError(partial, path, cause);
  });
  await flushFolder(dirname(path));
}

function comments({ disk, writer, time }: MapSource): string[] {
  return [
    `Mapfile. Created by ${writer}, in the format of GNU ddrescue`,
    `Disk: ${disk}`,
    `Time: ${time.toISOString()}`,
    "+ captured   - bad sectors   / given up   ? not tried: unused blocks, or behind a zone that failed",
    "To read again only what failed, into a raw copy: ddrescuelog --change-types=?,+ MAP > MAP2; ddrescue DISK COPY MAP2",
  ];
}
