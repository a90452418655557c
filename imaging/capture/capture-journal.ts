import { readFile, rm } from "node:fs/promises";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { CaptureType } from "#imaging/image/manifest.ts";
import { writeError } from "#imaging/image/record-file.ts";
import { unfinishedPath, writeAtomically } from "#imaging/job/write-atomically.ts";
import { errnoReason } from "#imaging/system/errno.ts";

const Count = z.int().nonnegative();

/**
 * The journal of a capture: a file beside the unfinished image, from which the capture goes on after a power cut, on
 * this machine or another. It holds no key, and of an encrypted image no more than the file itself shows.
 */
export const CaptureJournal = z.object({
  format: z.literal("lifeboat-capture/1"),
  image: z.string(),
  imageId: z.uuid(),
  createdAt: z.iso.datetime(),
  encrypted: z.boolean(),
  volumeSize: Count,
  /** Stable id of the disk. */
  diskId: z.string(),
  /** SHA-256 over the regions and their extents: they must be the same when the capture goes on. */
  mapHash: z.string(),
  request: z.object({
    level: z.enum(["none", "normal", "high"]),
    raw: z.boolean(),
    /** Of a point: how it was asked for. */
    type: CaptureType.optional(),
    /** Of a raw file: the size of its sectors. */
    sectorSize: Count.optional(),
    name: z.string(),
    note: z.string(),
    verify: z.boolean(),
    exclude: z.array(Count),
    /** Key files by partition number: their paths, not their content. */
    unlock: z.array(z.object({ partition: Count, keyFile: z.string() })),
    leaveOutPageFiles: z.boolean(),
    bytesPerSecond: z.number().nonnegative(),
    waitSeconds: z.number().nonnegative(),
    checkpointBytes: z.int().positive(),
  }),
  /** The point before, of the same disk. */
  parent: z.uuid().optional(),
  checkpoint: z.object({
    end: Count,
    packsEnd: Count.optional(),
    chunks: Count,
    rawBytes: Count,
    pages: z.array(Count),
  }),
  /** What could not be read so far: bytes of the disk. */
  bad: z.array(z.object({ start: Count, end: Count, state: z.enum(["bad", "given-up", "not-tried"]) })),
});
export type CaptureJournal = z.infer<typeof CaptureJournal>;

export const journalPath = (image: string): string => `${image}.job`;

/** @throws WRITE_FAILED, SPACE_EXHAUSTED */
export async function writeJournal(journal: CaptureJournal): Promise<void> {
  const path = journalPath(journal.image);
  await writeAtomically(path, JSON.stringify(journal)).catch((cause: unknown) => {
    throw writeError(path, 0, cause);
  });
}

/** @throws NOT_FOUND, OPEN_FAILED, REQUEST_INVALID */
export async function readJournal(path: string): Promise<CaptureJournal> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT")
      throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
    throw new LifeboatError("NOT_FOUND", { what: `the unfinished capture ${path}` }, { cause });
  });
  try {
    return CaptureJournal.parse(JSON.parse(text));
  } catch (cause) {
    throw new LifeboatError("REQUEST_INVALID", { path, problem: "it is not the journal of a capture" }, { cause });
  }
}

/** With what a kill may have left of one that was being replaced. */
export async function removeJournal(image: string): Promise<void> {
  for (const path of [unfinishedPath(journalPath(image)), journalPath(image)])
    await rm(path, { force: true }).catch(() => {});
}
