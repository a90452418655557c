import type { SampleDisk } from "#test/engine/image/sample-disk.ts";
import { FULL } from "#test/sample.ts";

const MIB = 1 << 20;

/** For a test whose long run takes longer than others may. */
export const PATIENCE = { timeout: FULL ? 7_200_000 : 300_000 };

/** A file system with files, and noise that makes an image of three volumes of the smallest size. */
export const FAULT_DISK: SampleDisk = {
  size: 56 * MIB,
  table: "label: gpt\nsize=16MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root\nsize=36MiB\n",
  volumes: { 1: "ext4", 2: "noise" },
};

export const PASSWORD = "correct horse battery";

export interface Flavour {
  readonly name: string;
  /** Options of `capture`. */
  readonly args: readonly string[];
  readonly encrypted: boolean;
  readonly volumes: number;
}

/** Checkpoints every 4 MiB, so that a small disk has many. */
const COMMON = ["--level", "none", "--checkpoint", "4M"];
export const FLAVOURS: readonly Flavour[] = [
  { name: "plain", args: COMMON, encrypted: false, volumes: 1 },
  { name: "encrypted", args: [...COMMON, "--encrypt"], encrypted: true, volumes: 1 },
  { name: "split", args: [...COMMON, "--split", "16M"], encrypted: false, volumes: 3 },
  { name: "encrypted and split", args: [...COMMON, "--encrypt", "--split", "16M"], encrypted: true, volumes: 3 },
];
export const [PLAIN, ENCRYPTED, SPLIT, ENCRYPTED_SPLIT] = FLAVOURS as [Flavour, Flavour, Flavour, Flavour];
