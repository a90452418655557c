import { expect, test } from "vitest";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { mapVolume, type VolumeMap } from "#imaging/volume/map-volume.ts";
import { groupText, linearText, lvmVolume } from "#test/doubles/lvm-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const LVM = {
  type: "LVM2_member",
  uuid: undefined,
  label: undefined,
  blockSize: 512,
  size: 8 * MIB,
  warnings: [],
} as const;

const mapBytes = (bytes: Uint8Array<ArrayBuffer>): Promise<VolumeMap> =>
  mapVolume(memoryDevice(bytes), LVM, { keys: [] });
const mapText = (text: string) => mapBytes(lvmVolume({ text }));
const rawBecause = (reason: RegExp) => ({ mode: "raw", reason: expect.stringMatching(reason) });

test("a volume in two pieces is read in its order, and extents of no volume are left out", async () => {
  const disk = lvmVolume({ text: groupText(linearText("a", [1, 5], [2, 1])) });
  expect((await detectFilesystem(memoryDevice(disk)))?.type).toBe("LVM2_member");
  const map = await mapBytes(disk);
  expect([...map.extents].map(({ start, end }) => [start / MIB, end / MIB])).toEqual([
    [0, 1],
    [2, 4],
    [6, 7],
  ]);
  expect(map.contents).toEqual([
    { name: "vg0/a", size: 3 * MIB, usedBytes: 3 * MIB, mode: "raw", reason: "no file system was recognised" },
  ]);
});

test("a text that reaches the end of its area goes on behind the area's header", async () => {
  const text = groupText(linearText("a", [1, 0]));
  const disk = lvmVolume({ text, textAt: MIB - 4096 - 100 });
  expect(await mapBytes(disk)).toMatchObject({ mode: "used-blocks", contents: [{ name: "vg0/a" }] });
});

test.each<[string, string, RegExp]>([
  ["of which a disk is missing", groupText("", { pvFields: 'flags = ["MISSING"]' }), /disk of .*vg0 was missing/],
  ["that was exported", groupText("").replace('"RESIZEABLE"', '"EXPORTED"'), /exported/],
  ["made on a larger disk", groupText("", { peCount: 8 }), /larger disk/],
  ["that names a larger disk", groupText("", { pvFields: "dev_size = 16385" }), /larger disk/],
  ["of another disk", groupText("").replace('id = "012345', 'id = "999999'), /does not know this disk/],
  ["without a size of extents", groupText("").replace("extent_size = 2048", ""), /extent_size is missing/],
  ["with extents of no size", groupText("").replace("extent_size = 2048", "extent_size = 0"), /extent_size/],
  ["with two volumes on one extent", groupText(linearText("a", [2, 0]) + linearText("b", [2, 1])), /same extents/],
  ["with a volume behind the end", groupText(linearText("a", [2, 6])), /leaves the disk/],
  ["with an endless volume", groupText(linearText("a", [9e15, 0])), /leaves the disk/],
  [
    "with a gap in a volume",
    groupText(linearText("a", [2, 0]).replace("start_extent = 0", "start_extent = 1")),
    /segments are/,
  ],
  [
    "with a segment too few",
    groupText(linearText("a", [2, 0]).replace("segment_count = 1", "segment_count = 2")),
    /number of segments/,
  ],
  ["with half a stripe", groupText(linearText("a", [2, 0]).replace('["pv0", 0]', '["pv0"]')), /list of stripes/],
  [
    "with a stripe before the start",
    groupText(linearText("a", [2, 0]).replace('["pv0", 0]', '["pv0", -1]')),
    /list of stripes/,
  ],
  [
    "with stripes that do not fit",
    groupText(
      linearText("a", [2, 0]).replace(
        'stripe_count = 1 stripes = ["pv0", 0',
        'stripe_count = 2 stripe_size = 1500 stripes = ["pv0", 0, "pv0", 3',
      ),
    ),
    /stripe does not fit/,
  ],
  [
    "with data of an unknown kind on the disk",
    groupText(linearText("a", [2, 0]).replace('"striped" stripe_count = 1 stripes', '"future" things')),
    /kind that is not known/,
  ],
  ["that is no text of LVM", "a = ;", /no meaning/],
  ["of two groups", `${groupText("")} vg1 { seqno = 1 }`, /describes no group/],
])("a description %s is not trusted", async (_name, text, reason) => {
  expect(await mapText(text)).toMatchObject(rawBecause(reason));
});

test("volumes that hold themselves come to an end", async () => {
  const text = groupText(linearText("self", [8, 0]), { peStart: 0, peCount: 8 });
  const { contents } = await mapText(text);
  expect(contents).toHaveLength(8);
  expect(contents.at(-1)).toMatchObject({ mode: "raw", reason: expect.stringContaining("too deep") });
});

test("unknown segments that lie on other volumes are taken whole with those", async () => {
  const future =
    'f { status = ["VISIBLE"] segment_count = 1 segment1 { start_extent = 0 extent_count = 1 type = "future" on = "a" } }';
  const map = await mapText(groupText(linearText("a", [2, 1]) + future));
  expect(map).toMatchObject({
    mode: "used-blocks",
    contents: [],
    notes: ["vg0/a is a part of another volume: all of its 2 MiB here are captured"],
  });
  expect(map.extents.bytes).toBe(3 * MIB);
});

/** A small one: extents of 4 KiB. */
const SMALL_TEXT = groupText(linearText("a", [1, 5], [2, 1]) + linearText("b", [1, 3])).replace("= 2048", "= 8");
const smallVolume = (text: string) => lvmVolume({ size: MIB + 32 * 1024, text });

test("no damage of the label or the metadata is more than a reason", async () => {
  const disk = smallVolume(SMALL_TEXT);
  let state = 12345;
  const random = (below: number) => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  let raw = 0;
  for (let i = 0; i < 900; i++) {
    const at = i % 3 === 0 ? 512 + random(200) : i % 3 === 1 ? 4096 + random(64) : 4096 + 512 + random(900);
    const before = disk[at] ?? 0;
    disk[at] = before ^ (1 + random(255));
    if ((await mapBytes(disk)).mode === "raw") raw++;
    disk[at] = before;
  }
  expect(raw).toBeGreaterThan(800);
  expect((await mapBytes(disk)).mode).toBe("used-blocks");
});

test("no text with a right checksum is more than a reason either", async () => {
  const tokens = ["{", "}", "[", "]", '"', ",", "=", "0", "-1", "9007199254740991", '"pv0"', "segment1", " "];
  const modes = { raw: 0, "used-blocks": 0, "header-only": 0 };
  for (let i = 0; i < 900; i++) {
    const at = (i * 7919) % SMALL_TEXT.length;
    const damaged = SMALL_TEXT.slice(0, at) + (tokens[i % tokens.length] ?? "") + SMALL_TEXT.slice(at + 1 + (i % 5));
    modes[(await mapBytes(smallVolume(damaged))).mode]++;
  }
  expect(modes).toEqual({ raw: expect.any(Number), "used-blocks": expect.any(Number), "header-only": 0 });
  expect(Math.min(modes.raw, modes["used-blocks"])).toBeGreaterThan(50);
});
