import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { expect } from "vitest";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { noisyDisk, readAt } from "#test/engine/image/workspace.ts";
import { attachLoop, type LoopDevice } from "#test/fixtures/loop-device.ts";

const MIB = 1 << 20;

export interface Place {
  /** Bytes. */
  readonly start: number;
  readonly size: number;
}

/** A disk full of somebody's old data, with a place on it for a volume. */
export interface StageTarget extends AsyncDisposable, Place {
  readonly path: string;
  readonly device: BlockDevice;
  /** The volume's place as a partition of its own. */
  partition(): Promise<LoopDevice>;
  read(offset: number, length: number): Promise<Buffer>;
  /** Fails when a byte before or behind the volume's place is not as it was. */
  expectUntouchedAround(): Promise<void>;
}

export async function openTarget(path: string, { start, size }: Place): Promise<StageTarget> {
  const end = start + size + 3 * MIB + 512;
  await noisyDisk(path, end, 77);
  const around = async () => Buffer.concat([await readAt(path, 0, start), await readAt(path, start + size, end)]);
  const before = await around();
  const device = await openDevice(path, { write: true });
  return {
    ...{ path, device, start, size },
    partition: () => attachLoop(path, { offset: start, size, readOnly: true }),
    read: (offset, length) => readAt(path, start + offset, length),
    expectUntouchedAround: async () => expect(Buffer.compare(await around(), before)).toBe(0),
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

/** What a restore leaves on the target: of the volume's used blocks, those below the boundary, and old data between them. */
export function copyBelow(source: string, extents: readonly Extent[], { path, start, size }: StageTarget): void {
  const [from, to] = [openSync(source, "r"), openSync(path, "r+")];
  try {
    const buffer = Buffer.alloc(MIB);
    for (const extent of extents)
      for (let at = extent.start; at < Math.min(extent.end, size); at += buffer.length) {
        const got = readSync(from, buffer, 0, Math.min(buffer.length, extent.end - at, size - at), at);
        writeSync(to, buffer, 0, got, start + at);
      }
  } finally {
    closeSync(from);
    closeSync(to);
  }
}

export const bytesAbove = (extents: readonly Extent[], boundary: number): number =>
  extents.reduce((sum, { start, end }) => sum + Math.max(0, end - Math.max(start, boundary)), 0);
