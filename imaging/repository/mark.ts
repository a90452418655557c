import { hash } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import * as z from "zod";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { CODEC, RECORD, RECORD_HEADER_SIZE } from "#imaging/image/format.ts";
import { checkRecord } from "#imaging/image/record.ts";
import { writeError } from "#imaging/image/record-file.ts";
import { makeRecord, openSealed, type RecordKey } from "#imaging/image/sealed-record.ts";
import { readSmall } from "#imaging/repository/read-small.ts";
import { errnoName, errnoReason } from "#imaging/system/errno.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";

/** What people say of a point after it was made. The point itself never changes. */
const Mark = z.object({ pinned: z.boolean(), note: z.string().optional(), labels: z.array(z.string()) });
export type Mark = z.infer<typeof Mark>;

export const NO_MARK: Mark = { pinned: false, labels: [] };

const markPath = (point: string): string => point.replace(/\.lbi$/, ".mark");

/** A note of 4 KiB and its labels stay far below. */
const MOST_BYTES = 1 << 16;

/** @throws IMAGE_DAMAGED: a pin that cannot be read must not be taken for none */
export async function readMark(point: string, recordKey: RecordKey | undefined): Promise<Mark> {
  const path = markPath(point);
  const fail = (problem: string) =>
    new LifeboatError("IMAGE_DAMAGED", { file: path, part: "the mark", offset: 0, problem });
  const bytes = await readSmall(path, MOST_BYTES).catch((cause: Error) => {
    if (errnoName(cause) === "ENOENT") return undefined;
    if (cause instanceof RangeError) throw fail("it is too long");
    throw new LifeboatError("OPEN_FAILED", { path, reason: errnoReason(cause) }, { cause });
  });
  if (!bytes) return NO_MARK;
  const record = recordKey ? openSealed(bytes, recordKey) : bytes;
  const header = "problem" in record ? record : checkRecord(record);
  if ("problem" in header) throw fail(header.problem);
  const from = RECORD_HEADER_SIZE;
  const text = Buffer.from(record as Uint8Array).toString("utf8", from, from + header.storedLength);
  const mark = Mark.safeParse(parseJson(text));
  if (!mark.success) throw fail("it is none");
  return mark.data;
}

/** The same; of one that is damaged nothing is known but that the point must stay. */
export async function readMarkOrPin(point: string, recordKey: RecordKey | undefined): Promise<Mark> {
  try {
    return await readMark(point, recordKey);
  } catch (error) {
    if (isLifeboatError(error, "IMAGE_DAMAGED")) return { pinned: true, note: "its mark is damaged", labels: [] };
    throw error;
  }
}

/** Replaces it, whole or not at all. @throws WRITE_FAILED, SPACE_EXHAUSTED */
export async function writeMark(point: string, mark: Mark, recordKey: RecordKey | undefined): Promise<void> {
  const path = markPath(point);
  const partial = `${path}.new`;
  try {
    await rm(partial, { force: true });
    await using file = await open(partial, "wx", 0o600);
    await file.writeFile(recordOf(mark, recordKey));
    await file.sync();
  } catch (cause) {
    throw writeError(path, 0, cause);
  }
  await rename(partial, path);
  await flushFolder(dirname(path));
}

function recordOf(mark: Mark, recordKey: RecordKey | undefined): Uint8Array {
  const plain = Buffer.from(JSON.stringify(mark));
  const fields = { type: RECORD.manifest, codec: CODEC.stored, region: 0, number: 0 };
  const lengths = { rawLength: plain.length, storedLength: plain.length };
  const sha256 = new Uint8Array(hash("sha256", plain, "buffer"));
  return makeRecord({ ...fields, ...lengths, sha256 }, plain, recordKey);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
