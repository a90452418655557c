import type { BiosGrub } from "#imaging/boot/bios/embed-grub.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { BootVolumes } from "./boot-volumes.ts";
import type { PlannedSystem } from "./plan-common.ts";
import type { Piece } from "./pour.ts";

/** A rescue system that goes onto sticks. */
export interface StickSystem extends PlannedSystem {
  readonly grub: BiosGrub;
}

/** What all jobs of one run share. */
export interface StickWork {
  readonly system: StickSystem;
  readonly volumes: BootVolumes;
  /** Takes the data partitions, which are sparse files, until they are written. */
  readonly scratch: string;
  /** Of this program, for what it writes besides: the undo file. */
  readonly writerVersion: string;
}

/** Bytes in memory that go to a place on a stick. */
export function pieceOf(bytes: Uint8Array, at: number): Piece {
  const from: ReadableDevice = {
    path: "memory",
    size: bytes.length,
    sectorSize: 512,
    async read(into, offset) {
      into.set(bytes.subarray(offset, offset + into.length));
    },
  };
  return { from, extents: ExtentList.of([{ start: 0, end: bytes.length }]), at };
}
