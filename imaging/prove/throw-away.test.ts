import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readBytes } from "#imaging/device/block-device.ts";
import { throwAway } from "#imaging/prove/throw-away.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const SIZE = 3 * 4096 + 512;

test("what is written is read back, the source stays as it is, and nothing is left in the folder", async () => {
  const source = memoryDevice(new Uint8Array(SIZE).fill(1));
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-away-"));
  {
    await using copy = throwAway(source, { mostBytes: 1 << 20, folder });
    await copy.device.write(Uint8Array.of(7, 8, 9), 4095);
    await copy.device.write(Uint8Array.of(5), SIZE - 1);
    expect([...(await readBytes(copy.device, 4094, 5))]).toEqual([1, 7, 8, 9, 1]);
    expect([...(await readBytes(copy.device, SIZE - 2, 2))]).toEqual([1, 5]);
    expect(copy.writtenBytes).toBe(3 * 4096);
    expect(copy.readBytes).toBe(7);
    expect(readdirSync(folder)).toEqual([]); // the file has no name
  }
  expect(source.bytes.every((byte) => byte === 1)).toBe(true);
  rmSync(folder, { recursive: true });
});

test("it holds no more than it may, and remembers why its source could not be read", async () => {
  const source = memoryDevice(new Uint8Array(SIZE));
  await using copy = throwAway(source, { mostBytes: 4096 });
  await copy.device.write(Uint8Array.of(1), 0);
  await expect(copy.device.write(Uint8Array.of(1), 8192)).rejects.toThrow("STAGE_FULL");
  await copy.device.write(Uint8Array.of(2), 1);
  expect(copy.failure).toBeUndefined();
  const broken = { ...source, read: () => Promise.reject(new Error("gone")) };
  await using bad = throwAway(broken, { mostBytes: 4096 });
  await expect(readBytes(bad.device, 0, 1)).rejects.toThrow("gone");
  expect(bad.failure?.message).toBe("gone");
});
