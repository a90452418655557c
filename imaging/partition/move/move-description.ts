import * as z from "zod";

const Bytes = z.int().nonnegative();

/** A partition of a table that is made: `Partition` without what follows from the rest. */
const TablePartition = z.object({
  number: z.int().positive(),
  start: Bytes,
  size: Bytes,
  type: z.string(),
  name: z.string().optional(),
  guid: z.string().optional(),
  active: z.boolean(),
  attributes: z.string(),
  role: z.enum(["primary", "extended", "logical"]),
});

/** The disk, and its table before and after. */
const Common = z.object({
  moveId: z.uuid(),
  tableType: z.enum(["gpt", "mbr"]),
  diskId: z.string().optional(),
  size: Bytes,
  sectorSize: z.int().positive(),
  /** The partition in the table of after. */
  number: z.int().positive(),
  /** Byte of the disk where the partition was before. */
  from: Bytes,
  before: z.array(TablePartition),
  after: z.array(TablePartition),
});

/** docs/format/move.md, Description of a move */
export const MoveDescription = Common.extend({
  kind: z.literal("move"),
  /** As blkid names it. */
  filesystem: z.string().optional(),
  /** Bytes of the disk. */
  to: Bytes,
  bytes: Bytes,
  /** A window is moved at a time; no longer than the way, so that none is written over itself. */
  window: z.int().positive(),
  /** What is moved, as pairs of start and end in the partition. */
  extents: z.array(z.tuple([Bytes, Bytes])),
}).refine(isPossible, "it describes no move that can be made");

/** docs/format/move.md, Description of a change of size */
export const ResizeDescription = Common.extend({
  kind: z.literal("resize"),
  /** Where the log of changes stands, as pairs of start and end on the disk. */
  log: z.array(z.tuple([Bytes, Bytes])),
  pieces: z.int().nonnegative(),
  indexCrc32: z.int().nonnegative(),
}).refine(isWhole, "its log cannot be where it says");

export const JournalDescription = z.union([MoveDescription, ResizeDescription]);
export type MoveDescription = z.infer<typeof MoveDescription>;
export type ResizeDescription = z.infer<typeof ResizeDescription>;
export type JournalDescription = MoveDescription | ResizeDescription;

interface Way {
  readonly size: number;
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  readonly window: number;
  readonly extents: readonly (readonly [number, number])[];
}

/** Inside of the disk, in order, and no window written over itself. */
function isPossible({ size, from, to, bytes, window, extents }: Way): boolean {
  const isInside = from + bytes <= size && to + bytes <= size && from !== to;
  return isInside && inOrder(extents, bytes) && window <= Math.abs(to - from);
}

const inOrder = (extents: Way["extents"], end: number): boolean =>
  extents.every(([from, to], i) => from < to && to <= end && from >= (extents[i - 1]?.[1] ?? 0));

/** Inside of the disk, in order, and with room for an index of all pieces. */
function isWhole({ size, log, pieces }: { size: number; log: Way["extents"]; pieces: number }): boolean {
  const bytes = log.reduce((sum, [start, end]) => sum + end - start, 0);
  return inOrder(log, size) && Math.ceil((pieces * 16) / 4096) * 4096 <= bytes;
}
