import { expect, test } from "vitest";
import { ExtentList } from "#imaging/extent.ts";
import { piecedVolume, type Run } from "#imaging/volume/pieced-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

/** Two linear runs out of order around one of three stripes. */
const RUNS: readonly Run[] = [
  { start: 0, size: 100, stripes: [900], unit: 100 },
  { start: 100, size: 240, stripes: [300, 100, 500], unit: 8 },
  { start: 340, size: 60, stripes: [0], unit: 60 },
];
/** Every byte of the outer volume is its own place, modulo 251. */
const outer = memoryDevice(Uint8Array.from({ length: 1000 }, (_, i) => i % 251));
const volume = piecedVolume(outer, "v", RUNS);

/** Counted byte by byte. */
function placeOf(at: number): number {
  if (at < 100) return 900 + at;
  if (at >= 340) return at - 340;
  const unit = Math.floor((at - 100) / 8);
  return ([300, 100, 500][unit % 3] ?? 0) + Math.floor(unit / 3) * 8 + ((at - 100) % 8);
}

test("any range reads as its bytes one by one", async () => {
  expect(volume.device.size).toBe(400);
  for (let offset = 0; offset < 400; offset += 7)
    for (const length of [1, 3, 8, 50, 400 - offset].filter((n) => offset + n <= 400)) {
      const into = new Uint8Array(length);
      await volume.device.read(into, offset);
      expect([...into]).toEqual(Array.from({ length }, (_, i) => placeOf(offset + i) % 251));
    }
});

test("any extents lie where their bytes lie", () => {
  for (let start = 0; start < 400; start += 5)
    for (const [length, second] of [
      [1, 390],
      [9, 200],
      [100, 350],
      [300, 399],
    ] as const) {
      const extents = ExtentList.of([
        { start, end: Math.min(start + length, 400) },
        ...(second > start ? [{ start: second, end: 400 }] : []),
      ]);
      const places = [...extents].flatMap((e) =>
        Array.from({ length: e.end - e.start }, (_, i) => placeOf(e.start + i)),
      );
      const expected = ExtentList.of(places.sort((a, b) => a - b).map((at) => ({ start: at, end: at + 1 })));
      expect([...volume.toOuter(extents)]).toEqual([...expected]);
    }
});

test("a read behind the end is the device's own error", async () => {
  await expect(volume.device.read(new Uint8Array(2), 399)).rejects.toMatchObject({ code: "READ_SHORT" });
});
