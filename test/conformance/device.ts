import { expect, test } from "vitest";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { noise } from "#test/engine/image/workspace.ts";

export interface DeviceUnderTest extends AsyncDisposable {
  readonly device: BlockDevice;
}

const SIZE = (1 << 20) + 8192;

/** What every BlockDevice does, whatever it is made of: the rules in imaging/device/block-device.ts. */
export function deviceSuite(sectorSize: number, make: (content: Uint8Array) => Promise<DeviceUnderTest>): void {
  const content = new Uint8Array(noise(SIZE, 99));

  test("says its size and sector size", async () => {
    await using made = await make(content.slice());
    expect(made.device.size).toBe(SIZE);
    expect(made.device.sectorSize).toBe(sectorSize);
  });

  test.each([
    ["all of it", 0, SIZE],
    ["one byte", 12_345, 1],
    ["across sectors, unaligned", 4095, 4098],
    ["the last byte", SIZE - 1, 1],
    ["nothing", 100, 0],
  ])("reads %s", async (_what, offset, length) => {
    await using made = await make(content.slice());
    const found = await readBytes(made.device, offset, length);
    expect(Buffer.compare(found, content.subarray(offset, offset + length))).toBe(0);
  });

  test.each([
    ["over the end", SIZE - 10, 11],
    ["behind the end", SIZE, 1],
    ["far behind the end", SIZE * 3, 512],
  ])("rejects a read %s, and never fills a part", async (_what, offset, length) => {
    await using made = await make(content.slice());
    await expect(readBytes(made.device, offset, length)).rejects.toMatchObject({
      code: "READ_SHORT",
      details: { offset, want: length },
    });
  });

  test("writes, unaligned too, and changes nothing else", async () => {
    await using made = await make(content.slice());
    const wanted = content.slice();
    for (const [offset, length] of [
      [0, 1],
      [511, 2],
      [4097, 8191],
      [SIZE - 3, 3],
    ] as const) {
      const bytes = new Uint8Array(noise(8192, offset + 5)).subarray(0, length);
      await made.device.write(bytes, offset);
      wanted.set(bytes, offset);
    }
    await made.device.flush();
    expect(Buffer.compare(await readBytes(made.device, 0, SIZE), wanted)).toBe(0);
  });

  test.each([
    ["over the end", SIZE - 1, 2],
    ["behind the end", SIZE, 1],
  ])("rejects a write %s before any byte of it is written", async (_what, offset, length) => {
    await using made = await make(content.slice());
    await expect(made.device.write(new Uint8Array(length), offset)).rejects.toMatchObject({ code: "WRITE_FAILED" });
    expect(Buffer.compare(await readBytes(made.device, 0, SIZE), content)).toBe(0);
  });
}
