import * as z from "zod";

/**
 * What somebody wants to be changed on a disk: one operation after the other, each on the picture that those before it
 * leave. No node: import, the user interface makes them. Sizes and places are bytes.
 */

const PartitionNumber = z.int().positive();
const Bytes = z.int().positive();
const TableKind = z.enum(["gpt", "mbr"]);

/** File systems that a partition can be given. */
export const NewFilesystem = z.enum(["ext4", "xfs", "btrfs", "ntfs", "vfat", "exfat", "f2fs", "swap"]);
export type NewFilesystem = z.infer<typeof NewFilesystem>;

export const Edit = z.discriminatedUnion("op", [
  z.strictObject({
    op: z.literal("create"),
    /** Absent: the start of the first free space that is large enough. */
    start: Bytes.optional(),
    /** Absent: all of that free space. */
    size: Bytes.optional(),
    /** On an MBR; absent: primary while there is a record left, and logical in an extended partition. */
    role: z.enum(["primary", "logical"]).optional(),
    /** GPT type GUID or "0x83"; absent: that of the file system. */
    type: z.string().optional(),
    name: z.string().optional(),
    filesystem: NewFilesystem.optional(),
    label: z.string().optional(),
  }),
  z.strictObject({ op: z.literal("delete"), number: PartitionNumber }),
  z.strictObject({
    op: z.literal("resize"),
    number: PartitionNumber,
    /** Bytes; "max": into the free space behind it; "least": as small as its file system can be. */
    size: z.union([Bytes, z.enum(["max", "least"])]),
  }),
  z.strictObject({
    op: z.literal("move"),
    number: PartitionNumber,
    /** "left", "right": to that end of the free space around it; "aligned": to the next whole MiB. */
    start: z.union([Bytes, z.enum(["left", "right", "aligned"])]),
  }),
  z.strictObject({
    op: z.literal("format"),
    number: PartitionNumber,
    filesystem: NewFilesystem,
    label: z.string().optional(),
  }),
  z.strictObject({ op: z.literal("label"), number: PartitionNumber, label: z.string() }),
  z.strictObject({ op: z.literal("name"), number: PartitionNumber, name: z.string() }),
  z.strictObject({ op: z.literal("type"), number: PartitionNumber, type: z.string() }),
  /** MBR: the boot indicator. GPT: the attribute "legacy BIOS bootable". */
  z.strictObject({ op: z.literal("active"), number: PartitionNumber, active: z.boolean() }),
  /** The same partitions in another kind of table, where they are. */
  z.strictObject({ op: z.literal("convert"), table: TableKind }),
  /** An empty table; all partitions are gone. */
  z.strictObject({ op: z.literal("table"), table: TableKind }),
]);
export type Edit = z.infer<typeof Edit>;
