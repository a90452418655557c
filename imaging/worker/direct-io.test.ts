import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { alignedBuffer, openDirect } from "#imaging/worker/direct-io.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

test.each([tmpdir(), "/dev/shm"])(
  "pieces of any size come back from a file in %s, whether it takes O_DIRECT or not",
  (place) => {
    const folder = mkdtempSync(join(place, "lifeboat-direct-"));
    folders.push(folder);
    const path = join(folder, "disk");
    const wanted = Buffer.alloc(20_000, 0xee);
    writeFileSync(path, wanted);
    const buffer = alignedBuffer(8192);
    using file = openDirect(path, "r+");
    for (const [i, [offset, length]] of [
      [512, 1024],
      [4096, 8192],
      [19_456, 544],
      [100, 7],
    ].entries() as Iterable<[number, [number, number]]>) {
      const bytes = buffer.subarray(0, length).fill(i + 1);
      wanted.fill(i + 1, offset, offset + length);
      file.write(bytes, offset);
      file.read(bytes.fill(0), offset);
      expect(bytes.every((byte) => byte === i + 1)).toBe(true);
    }
    expect(readFileSync(path).equals(wanted)).toBe(true);
  },
);

test("memory that does not begin at a sector is written all the same, as behind a run of odd length", () => {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-direct-"));
  folders.push(folder);
  const path = join(folder, "disk");
  writeFileSync(path, Buffer.alloc(16_384));
  using file = openDirect(path, "r+");
  const bytes = alignedBuffer(8192)
    .subarray(101, 101 + 4096)
    .fill(7);
  file.write(bytes, 8192);
  file.read(bytes.fill(0), 8192);
  expect(bytes.every((byte) => byte === 7)).toBe(true);
});
