import type { DiskContent, SystemContent } from "#imaging/preflight/content/disk-content.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import type { MachineDevice, MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";

/** The disk of the machine that the image will be on. */
export interface TargetDisk {
  /** "nvme0n1". */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly logicalSectorSize: number;
  /** What lies between processor and disk; undefined for a raw file, of which nobody knows where it will be. */
  readonly path: readonly MachineDevice[] | undefined;
}

/** What was asked for together with the restore. */
export interface PreflightWish {
  /** The installed systems are changed for the machine. */
  readonly universal?: boolean;
  /** A hibernated session of Windows is thrown away first; without that, nothing is changed in it. */
  readonly discardHibernation?: boolean;
  /** What starts them is repaired: loaders where firmware looks, entries in it, boot code. Part of a universal restore. */
  readonly bootRepair?: boolean;
  /** They are made to start by this kind of firmware. */
  readonly firmware?: "bios" | "uefi" | undefined;
  /** Addresses of devices for which a driver was found in the folders that were given. */
  readonly drivers?: readonly string[];
  /** The table that the target will have; undefined: the image's. */
  readonly tableType?: "gpt" | "mbr" | "none" | undefined;
  /** Numbers of the image's partitions that go onto the target; undefined: all of them. */
  readonly kept?: readonly number[] | undefined;
  /** Bytes behind the last partition of the target, for one that has to be added; undefined: as in the image. */
  readonly room?: number | undefined;
  /** A partition that firmware of another kind needs is made with the layout. */
  readonly hasNewBootPlace?: boolean | undefined;
  /** File systems and partitions get new ids, and what names them is told. */
  readonly newIds?: boolean | undefined;
  /** Why the image cannot be put on the target at all, in plain words. */
  readonly refused?: { readonly code: string; readonly text: string; readonly next: string } | undefined;
}

/** What a rule looks at; it knows no more, and changes nothing. */
export interface JudgeContext {
  readonly machine: MachineHardware;
  readonly content: DiskContent;
  readonly target: TargetDisk;
  readonly wish: PreflightWish;
}

export interface SystemContext<S extends SystemContent = SystemContent> extends JudgeContext {
  readonly system: S;
}

export type DiskRule = (context: JudgeContext) => Finding[];
export type SystemRule<S extends SystemContent = SystemContent> = (context: SystemContext<S>) => Finding[];

/** Bytes for a partition that firmware needs. */
export const roomOf = ({ content, target, wish }: JudgeContext): number =>
  wish.hasNewBootPlace
    ? Number.POSITIVE_INFINITY
    : (wish.room ?? target.size - content.partitions.reduce((end, { start, size }) => Math.max(end, start + size), 0));

/** A universal restore, and one to other firmware, repair what starts the systems too. */
export const isRepaired = ({ bootRepair, universal, firmware }: PreflightWish): boolean =>
  bootRepair === true || universal === true || firmware !== undefined;

/** How the machine will start it. */
export const bootMode = ({ machine, wish }: JudgeContext): "bios" | "uefi" => wish.firmware ?? machine.firmware.mode;
