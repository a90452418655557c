import * as z from "zod";
import { Problem, route } from "#base/http/contract.ts";
import { Sentence } from "#base/sentence.ts";
import { Edit } from "#imaging/partition/edit.ts";

/**
 * The part of the API that shows what operations would make of the partitions of a disk, before any is planned. Nothing is written here:
 * they are planned, confirmed and run as an operation (operation-contract.ts). No node: import may appear here.
 */

/** More than anybody makes by hand. */
export const MOST_EDITS = 100;
export const Edits = z.array(Edit).max(MOST_EDITS);

export const PartitionsRequest = z.strictObject({
  diskId: z.string().min(1),
  /** Tried one after the other. An empty list looks at the disk anew; others are tried on what was seen then. */
  edits: Edits,
  /** A partition, by its number on the disk as it is, whose file system is asked how small and large it can be: seconds. */
  sizesOf: z.int().positive().optional(),
});
export type PartitionsRequest = z.infer<typeof PartitionsRequest>;

/** Bytes. */
const Extent = z.object({ start: z.number(), end: z.number() });

export const EditedPartition = z.object({
  /** Its number on the disk as it is; absent for one that is made. */
  source: z.int().optional(),
  number: z.int(),
  /** Bytes. */
  start: z.number(),
  size: z.number(),
  type: z.string(),
  typeName: z.string(),
  name: z.string().optional(),
  active: z.boolean(),
  role: z.enum(["primary", "extended", "logical"]),
  filesystem: z.object({ type: z.string(), label: z.string().optional() }).optional(),
  /** An empty file system is made in it. */
  isFormatted: z.boolean(),
  /** Bytes that it can have; absent while its file system was not asked. */
  least: z.number().optional(),
  most: z.number().optional(),
  /** Why it cannot be smaller, or larger, in plain words. */
  notSmaller: Sentence.optional(),
  notLarger: Sentence.optional(),
  /** Where it can lie, between its neighbours. */
  room: Extent,
});
export type EditedPartition = z.infer<typeof EditedPartition>;

export const EditedDisk = z.object({
  tableType: z.enum(["gpt", "mbr", "none"]),
  size: z.number(),
  partitions: z.array(EditedPartition),
  /** Where partitions can be made; `extended`: logical ones. */
  free: z.array(Extent.extend({ inside: z.enum(["disk", "extended"]) })),
});
export type EditedDisk = z.infer<typeof EditedDisk>;

export const PartitionsAnswer = z.object({
  /** Why nothing of it may be changed, or can be shown. */
  refusal: Problem.optional(),
  /** A change that was interrupted: it is finished, or taken back, before any other. */
  unfinished: z.object({ number: z.int(), kind: z.enum(["move", "resize"]) }).optional(),
  now: EditedDisk.optional(),
  /** After all operations that can be done. */
  after: EditedDisk.optional(),
  /** Those that were asked for, without the ones that a later one makes useless. */
  edits: Edits,
  /** A sentence for each that can be done; the one behind them cannot, and `problem` says why. */
  steps: z.array(Sentence),
  problem: Problem.optional(),
});
export type PartitionsAnswer = z.infer<typeof PartitionsAnswer>;

const Types = z.array(z.object({ type: z.string(), name: z.string() }));

export const partitionApi = {
  tryPartitions: route("POST", "/api/v1/partitions", PartitionsRequest, PartitionsAnswer),
  /** Types of partitions that have a name, by kind of table. */
  partitionTypes: route("GET", "/api/v1/partition-types", z.strictObject({}), z.object({ gpt: Types, mbr: Types })),
} as const;
