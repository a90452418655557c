import { crc32 } from "node:zlib";
import { DESCRIPTION_AT, JOURNAL_BYTES } from "#imaging/partition/move/journal-place.ts";
import { readMove } from "#imaging/partition/move/move-journal.ts";
import { recordBytes } from "#imaging/partition/move/move-record.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, type JsonInput, promise } from "#test/fuzz/target.ts";

const MIB = 1 << 20;
const ID = "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01";
const partition = {
  ...{ number: 1, start: MIB, size: 8 * MIB, type: "0fc63daf-8483-4772-8e79-3d69d8477de4", guid: ID },
  ...{ active: false, attributes: "0x0", role: "primary" },
};
const DESCRIPTION = {
  ...{ moveId: ID, tableType: "gpt", diskId: ID, size: 64 * MIB, sectorSize: 512, number: 1, filesystem: "ext4" },
  ...{
    kind: "move",
    from: MIB,
    to: 3 * MIB,
    bytes: 8 * MIB,
    window: 2 * MIB,
    extents: [
      [0, 4096],
      [8192, 8 * MIB],
    ],
  },
  ...{ before: [partition], after: [{ ...partition, start: 3 * MIB }] },
};
const lengthOf = (image: SparseImage): number => new DataView(image.bytes(60, 4).buffer).getUint32(0, true);

/** As long as its length says, with the checksums of both records and of the text made anew. */
const JSON_IN_JOURNAL: JsonInput = {
  read: (image) => new TextDecoder().decode(image.bytes(DESCRIPTION_AT, Math.min(lengthOf(image), JOURNAL_BYTES))),
  write(image, text) {
    const bytes = new TextEncoder().encode(text).subarray(0, JOURNAL_BYTES - DESCRIPTION_AT);
    image.write(bytes, DESCRIPTION_AT);
    image.write(record(bytes, 4), 0);
  },
};

const record = (text: Uint8Array, sequence: number): Uint8Array =>
  recordBytes({ sequence, moveId: ID, done: 2, copied: 0, textLength: text.length, textCrc32: crc32(text) });

function seed(): Uint8Array {
  const journal = new Uint8Array(JOURNAL_BYTES);
  const text = Buffer.from(JSON.stringify(DESCRIPTION));
  journal.set(record(text, 2), 0);
  journal.set(record(text, 3), 4096);
  journal.set(text, DESCRIPTION_AT);
  return journal;
}

/** What stands on a disk of a move that was interrupted. */
export const target: FuzzTarget = {
  name: "move-journal",
  share: 0.3,
  seeds: [{ name: "half way", content: seed }],
  allowed: [],
  dictionary: ["null", "-1", "[]", "{}", '"extents":', "9007199254740993"],
  json: JSON_IN_JOURNAL,
  async parse(device) {
    const found = await readMove(device, 0);
    if (!found) return "none";
    const { description } = found;
    if (description.kind === "resize") {
      const { log, size } = description;
      promise(
        log.every(([start, end]) => start < end && end <= size),
        () => "the log leaves the disk",
      );
      return "accepted";
    }
    const { from, to, bytes, window, size } = description;
    promise(from + bytes <= size && to + bytes <= size, () => `from ${from} or to ${to} leaves the disk`);
    promise(window <= Math.abs(to - from), () => `a window of ${window} bytes is written over itself`);
    return "accepted";
  },
};
