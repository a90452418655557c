import type { Extent } from "#imaging/extent.ts";

export type TableType = "gpt" | "mbr" | "none";

export interface Partition {
  /** As Linux numbers them: the slot, and for logical partitions 5 and up in the order of their chain. */
  readonly number: number;
  /** Bytes. */
  readonly start: number;
  /** Bytes. */
  readonly size: number;
  /** GPT: the type GUID in lower case. MBR: "0x83". */
  readonly type: string;
  /** GPT only; undefined when it is empty. */
  readonly name: string | undefined;
  /** PARTUUID as Linux shows it: the GPT partition GUID, or "xxxxxxxx-NN" on an MBR disk that has a signature. */
  readonly guid: string | undefined;
  /** MBR: the boot indicator is set. GPT: the "legacy BIOS bootable" attribute is set. */
  readonly active: boolean;
  readonly role: "primary" | "extended" | "logical";
  /** The 64 GPT attribute bits as hexadecimal digits; "0x0" on an MBR disk. */
  readonly attributes: string;
}

export type TableProblemCode =
  | "GPT_PRIMARY_DAMAGED"
  | "GPT_BACKUP_DAMAGED"
  | "GPT_BACKUP_MISPLACED"
  | "GPT_COPIES_DIFFER"
  | "GPT_PROTECTIVE_MBR_MISSING"
  | "HYBRID_MBR"
  | "EBR_DAMAGED"
  | "PARTITION_INVALID"
  | "PARTITION_BEYOND_END"
  | "PARTITION_OVER_TABLE"
  | "PARTITIONS_OVERLAP"
  | "LOGICAL_OUTSIDE_EXTENDED";

export interface TableProblem {
  readonly code: TableProblemCode;
  /** Plain English, with the LBA. */
  readonly text: string;
}

/** One of the two copies of a GPT, as it is on the disk. */
export interface GptCopy {
  readonly headerLba: number;
  readonly entriesLba: number;
  /** The whole sector: what lies behind the header is kept too. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** Whole sectors. */
  readonly entries: Uint8Array<ArrayBuffer>;
}

export interface GptState {
  readonly kind: "gpt";
  /** Sector 0 of the source; zeros when it cannot be read. */
  readonly mbr: Uint8Array<ArrayBuffer>;
  readonly mbrProtects: boolean;
  readonly sourceLbas: number;
  /** Rebuilt from the backup when the one on the disk is damaged. */
  readonly primary: GptCopy;
  /** undefined when it must be made from the primary. */
  readonly backup: GptCopy | undefined;
}

export interface Ebr {
  readonly lba: number;
  readonly sector: Uint8Array<ArrayBuffer>;
  /** The logical partitions that it describes: one, or none when it was deleted. */
  readonly partitions: readonly number[];
}

export interface MbrState {
  readonly kind: "mbr";
  readonly mbr: Uint8Array<ArrayBuffer>;
  /** In the order of the chain. */
  readonly ebrs: readonly Ebr[];
}

export interface PartitionTable {
  readonly type: TableType;
  /** Bytes. */
  readonly sectorSize: number;
  /** GPT: the disk GUID. MBR: the disk signature as 8 hexadecimal digits, undefined when it is zero. */
  readonly diskId: string | undefined;
  /** By number. */
  readonly partitions: readonly Partition[];
  /** The damage to the table itself is repaired when it is placed; how partitions lie is kept. */
  readonly problems: readonly TableProblem[];
  /** The bytes of the source that hold the table, in order; reading these alone gives the same table again. */
  readonly metadata: readonly Extent[];
  /** Where partitions may lie, in bytes. */
  readonly usable: Extent;
  /** What placeTable works from. */
  readonly state: GptState | MbrState | undefined;
}

export interface TableWrite {
  /** Bytes. */
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For the plan and the log: "backup GPT header", "EBR of partition 5". */
  readonly what: string;
}
