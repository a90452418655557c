import { expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { cryptDevice } from "#imaging/volume/crypt-device.ts";
import { cryptTarget } from "#imaging/volume/crypt-target.ts";
import { piecedTarget } from "#imaging/volume/pieced-target.ts";
import { sectorCipher, sectorEncryption } from "#imaging/volume/sector-cipher.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { noise } from "#test/engine/image/workspace.ts";

const SIZE = 3 << 20;
const KEY = new Uint8Array(noise(64, 5));

function roller(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test.each([
  ["aes-xts-plain64", 64, 512],
  ["aes-xts-plain64", 32, 4096],
  ["aes-xts-plain", 64, 4096],
  ["aes-cbc-essiv:sha256", 32, 512],
  ["aes-cbc-plain64", 16, 512],
] as const)(
  "what is written anywhere through %s, key of %i, sectors of %i, is read back",
  async (name, bytes, size) => {
    const key = KEY.subarray(0, bytes);
    const decrypt = sectorCipher(name, key, size);
    const encrypt = sectorEncryption(name, key, size);
    if (!decrypt || !encrypt) throw new Error("no cipher");
    const disk = memoryDevice(new Uint8Array(noise(SIZE, 7)));
    const options = { decrypt, encrypt, sectorSize: size, ivOffset: 8 };
    const target = cryptTarget(disk, options);
    const model = await readBytes(target, 0, SIZE);
    const roll = roller(bytes + size);
    for (let round = 0; round < 60; round++) {
      const writes = Array.from({ length: 4 }, async (_, i) => {
        const offset = roll(SIZE);
        const length = Math.min(SIZE - offset, 1 + roll(i === 0 ? 1_300_000 : 9000));
        const data = new Uint8Array(noise(length + 4, round * 8 + i)).subarray(0, length);
        // What touches is done in the order in which it was asked for.
        model.set(data, offset);
        await target.write(data, offset);
      });
      await Promise.all(writes);
    }
    expect(Buffer.compare(await readBytes(cryptDevice(disk, options), 0, SIZE), model)).toBe(0);
    await expect(target.write(new Uint8Array(2), SIZE - 1)).rejects.toThrow("WRITE_FAILED");
  },
);

test("BitLocker's diffuser is only read", () => {
  expect(sectorEncryption("aes-cbc-elephant", KEY, 512)).toBeUndefined();
  expect(sectorEncryption("serpent-xts-plain64", KEY, 512)).toBeUndefined();
});

test("a volume in pieces is written where it is read", async () => {
  const disk = memoryDevice(new Uint8Array(noise(64 << 10, 3)));
  const before = disk.bytes.slice();
  const runs = [
    { start: 0, size: 8192, stripes: [32 << 10], unit: 8192 },
    { start: 8192, size: 8192, stripes: [4096, 16 << 10], unit: 1024 },
    { start: 16_384, size: 4096, stripes: [60 << 10], unit: 4096 },
  ];
  const target = piecedTarget(disk, "volume", runs);
  const data = new Uint8Array(noise(20_480, 9));
  await target.write(data.subarray(0, 10_000), 0);
  await target.write(data.subarray(10_000), 10_000);
  expect(Buffer.compare(await readBytes(target, 0, 20_480), data)).toBe(0);
  expect(Buffer.compare(disk.bytes.subarray(0, 4096), before.subarray(0, 4096))).toBe(0);
  expect(Buffer.compare(disk.bytes.subarray(40 << 10, 60 << 10), before.subarray(40 << 10, 60 << 10))).toBe(0);
  await expect(target.write(data, 1)).rejects.toThrow("WRITE_FAILED");
});
