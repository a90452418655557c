import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lastVolume, offsetInVolume, roomAt, volumeOf, volumePath, volumesBeside } from "#imaging/image/volumes.ts";

const VOLUME = 1 << 24;
const place = { volumeSize: VOLUME };

test("a record goes to the next volume when it does not fit, or when the one before is full to the byte", () => {
  expect(roomAt(place, 4096, 100)).toBe(4096);
  expect(roomAt(place, VOLUME - 100, 100)).toBe(VOLUME - 100);
  expect(roomAt(place, VOLUME - 99, 100)).toBe(VOLUME + 4096);
  expect(roomAt(place, VOLUME, 16)).toBe(VOLUME + 4096);
  expect([lastVolume(place, VOLUME), lastVolume(place, VOLUME + 1)]).toEqual([0, 1]);
  expect([volumeOf(place, VOLUME + 4096), offsetInVolume(place, VOLUME + 4096)]).toEqual([1, 4096]);
  expect(roomAt({ volumeSize: 0 }, 2 ** 50, 1 << 20)).toBe(2 ** 50);
});

test("volumes are found by their exact names", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-volumes-"));
  try {
    const path = join(folder, "a.lbi");
    expect([volumePath(path, 0), volumePath(path, 1), volumePath(path, 999)]).toEqual([
      path,
      `${path}.002`,
      `${path}.1000`,
    ]);
    for (const ending of ["", ".001", ".002", ".0002", ".003", ".3", ".abc", ".003.partial", ".1000", ".002.map"])
      await writeFile(`${path}${ending}`, "");
    expect(await volumesBeside(path)).toEqual([1, 2, 999]);
    expect(await volumesBeside(path, ".partial")).toEqual([2]);
    expect(await volumesBeside(join(folder, "none", "b.lbi"))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
