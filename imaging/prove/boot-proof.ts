import type { Image } from "#imaging/image/image-reader.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { Cause, Stage, Verdict } from "#imaging/prove/judge/stage.ts";
import type { Accelerator, DiskBus } from "#imaging/prove/qemu/options.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export const PROOF_FIRMWARE = ["bios", "uefi"] as const;
export type ProofFirmware = (typeof PROOF_FIRMWARE)[number];

/** What is to be started. It is only read. */
export type ProofSource = { readonly disk: Disk } | { readonly image: Image };

export interface ProofRequest {
  readonly source: ProofSource;
  /** Default: as the disk can be started. */
  readonly firmware?: ProofFirmware | undefined;
  /** How the disk is attached; default as it is now, or SATA. */
  readonly bus?: DiskBus | undefined;
  /** Default: as this machine can spare, at most 2048. */
  readonly memoryMiB?: number | undefined;
  /** Seconds; default 180 with KVM, 900 without. */
  readonly timeoutSeconds?: number | undefined;
  /** Not by KVM, although it may work. */
  readonly emulate?: boolean | undefined;
  /** Folder for screen.png, serial.log and report.json; made when it is not there. */
  readonly reportFolder?: string | undefined;
  /** Folder for what the started system writes, in a file of no name. Default the system's for temporary files. */
  readonly overlayFolder?: string | undefined;
  /** Bytes that it may write at the most; default 2 GiB, and no more than half of what is free there. */
  readonly overlayBytes?: number | undefined;
  /** Of encrypted partitions, so that they too are prepared. */
  readonly keys?: readonly VolumeKey[] | undefined;
}

export interface ProofProgress {
  readonly stage: "preparing" | Stage;
  readonly seconds: number;
}

/** What a start of a disk in a virtual machine showed. */
export interface BootProof {
  readonly verdict: Verdict;
  /** What keeps it from going on; absent when it is up. */
  readonly cause?: Cause | undefined;
  /** How far it came. */
  readonly reached: Stage;
  /** In plain words. */
  readonly reason: string;
  readonly next: string;
  /** The line that shows it. */
  readonly evidence?: string | undefined;
  /** Path of what was started. */
  readonly source: string;
  readonly firmware: ProofFirmware;
  /** Why that one, in plain words. */
  readonly firmwareBecause: string;
  readonly bus: DiskBus;
  readonly memoryMiB: number;
  readonly accelerator: Accelerator;
  readonly seconds: number;
  /** Bytes. */
  readonly readBytes: number;
  readonly writtenBytes: number;
  /** What was added to the throw-away copy so that it tells how far it is, and what was left as it is. */
  readonly prepared: { readonly added: readonly string[]; readonly left: readonly string[] };
  /** What the started system says of itself. */
  readonly system?:
    | {
        readonly host: string | undefined;
        readonly state: string | undefined;
        readonly targets: readonly string[];
        readonly login: readonly string[];
        readonly display: string | undefined;
        readonly failed: readonly string[];
      }
    | undefined;
  /** Lines that complain, in their order. */
  readonly complaints: readonly string[];
  /** What the user should know, in plain words. */
  readonly warnings: readonly string[];
  /** Paths. */
  readonly files?: { readonly screen?: string; readonly serialLog: string; readonly report: string } | undefined;
}
