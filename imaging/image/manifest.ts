import * as z from "zod";

/** What an image says about itself: docs/format/image.md, Manifest. No node: import, the user interface reads it too. */

/**
 * A list whose first wrong item ends the parse. An array of zod's collects what is wrong with all of them, and 100,000
 * items with nothing in them would take more memory than the program has.
 */
const listOf = <S extends z.ZodType>(item: S) =>
  z.array(z.unknown()).transform((list, context) => {
    const parsed: z.output<S>[] = [];
    for (const [place, value] of list.entries()) {
      const { success, data, error } = item.safeParse(value);
      if (!success) {
        const [issue] = error.issues;
        context.addIssue({ code: "custom", message: issue?.message, path: [place, ...(issue?.path ?? [])] });
        return z.NEVER;
      }
      parsed.push(data);
    }
    return parsed;
  });

export const FilesystemInfo = z.object({
  type: z.string(),
  uuid: z.string().optional(),
  label: z.string().optional(),
  /** Bytes. */
  blockSize: z.int().positive(),
  size: z.int().nonnegative(),
  warnings: listOf(z.string()),
});
export type FilesystemInfo = z.infer<typeof FilesystemInfo>;

export const PartitionInfo = z.object({
  /** As Linux numbers them; 0 for a file system that covers the whole disk. */
  number: z.int().nonnegative(),
  /** Bytes. */
  start: z.int().nonnegative(),
  size: z.int().nonnegative(),
  /** GPT type GUID in lower case, or "0x83". */
  type: z.string(),
  typeName: z.string(),
  name: z.string().optional(),
  guid: z.string().optional(),
  active: z.boolean(),
  role: z.enum(["primary", "extended", "logical"]),
  filesystem: FilesystemInfo.optional(),
});
export type PartitionInfo = z.infer<typeof PartitionInfo>;

export const TableInfo = z.object({
  type: z.enum(["gpt", "mbr", "none"]),
  diskId: z.string().optional(),
  problems: listOf(z.object({ code: z.string(), text: z.string() })),
});

export type TableInfo = z.infer<typeof TableInfo>;

/** How a point was asked for. Each holds all of its disk, whatever is said here. */
export const CaptureType = z.enum(["full", "incremental", "differential"]);
export type CaptureType = z.infer<typeof CaptureType>;

/** How the bytes of a partition came into the image. */
export const CaptureMode = z.enum(["used-blocks", "header-only", "raw"]);

/** A volume inside a partition: a logical volume, or what is encrypted. */
export const VolumeContent = z.object({
  /** For people: "vg0/root"; of one inside another, "unlocked > vg0/root". */
  name: z.string(),
  /** Bytes. */
  size: z.int().nonnegative(),
  usedBytes: z.int().nonnegative(),
  mode: CaptureMode,
  /** Why it is not `used-blocks`, in plain words. */
  reason: z.string().optional(),
  filesystem: FilesystemInfo.optional(),
});
export type VolumeContent = z.infer<typeof VolumeContent>;

export const Region = z.object({
  kind: z.enum(["table", "gap", "volume", "tail", "disk"]),
  /** For people: "partition 3 (ext4)". */
  label: z.string(),
  partition: z.int().nonnegative().optional(),
  /** Bytes on the disk. */
  start: z.int().nonnegative(),
  size: z.int().positive(),
  usedBytes: z.int().nonnegative(),
  mode: CaptureMode,
  /** Why it is not `used-blocks`, or not all of it, in plain words. */
  reason: z.string().optional(),
  /** The volumes inside, when it was seen through. */
  contents: listOf(VolumeContent).optional(),
});
export type Region = z.infer<typeof Region>;

/** Of an undo file: this is no disk, but what a restore was about to overwrite of one. docs/format/image.md, Undo files */
export const UndoInfo = z.object({
  /** The disk as Lifeboat names it; size and sectors are those of `disk`. */
  target: z.object({ id: z.string(), path: z.string(), kind: z.enum(["block", "file"]), name: z.string() }),
  /** The image that was about to be restored. */
  restored: z.object({ path: z.string(), name: z.string(), createdAt: z.string(), rootHash: z.string() }),
  planId: z.string(),
  /** What was saved, in plain words, and how much of it the restore overwrites. */
  areas: listOf(z.object({ text: z.string(), bytes: z.int().nonnegative(), overwrittenBytes: z.int().nonnegative() })),
  /** What was in use on the disk, is overwritten and was not saved, at the most; absent where that cannot be told. */
  lostBytes: z.int().nonnegative().optional(),
  /** What there was no room for, in plain words. */
  leftOut: listOf(z.string()),
});
export type UndoInfo = z.infer<typeof UndoInfo>;

export const Manifest = z.object({
  format: z.literal(2),
  imageId: z.uuid(),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  name: z.string(),
  note: z.string(),
  writer: z.object({ program: z.string(), version: z.string(), platform: z.string() }),
  level: z.enum(["none", "normal", "high"]),
  disk: z.object({
    size: z.int().positive(),
    sectorSize: z.int().refine((size) => [512, 4096].includes(size), "it is neither 512 nor 4096"),
    model: z.string().optional(),
    serial: z.string().optional(),
  }),
  table: TableInfo,
  partitions: listOf(PartitionInfo),
  /** In the order of their bytes on the disk; records name a region by its place in this list. */
  regions: listOf(Region),
  /** Of a point of a repository. */
  point: z
    .object({
      type: CaptureType,
      /** Image id of the point that it came after: the last one, or the last full one. For people: it is not needed. */
      parent: z.uuid().optional(),
      /** Stable id of the disk: points of one disk follow one another. */
      diskId: z.string(),
      /** The computer that captured it. */
      host: z.string(),
    })
    .optional(),
  /** What the user should know, in plain words: table problems, file systems with errors, what was left out. */
  warnings: listOf(z.string()).optional(),
  undo: UndoInfo.optional(),
});
export type Manifest = z.infer<typeof Manifest>;
