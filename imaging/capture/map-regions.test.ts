import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import { captureWarnings } from "#imaging/capture/capture-warnings.ts";
import { mapRegions } from "#imaging/capture/map-regions.ts";
import { surveySource } from "#imaging/capture/survey-source.ts";
import { gptEntry, withGptHeader } from "#imaging/disk/gpt.ts";
import { Region } from "#imaging/image/manifest.ts";
import { surveyDisk } from "#imaging/inventory/survey-disk.ts";
import { say } from "#imaging/words/say.ts";
import { groupText, linearText, lvmVolume } from "#test/doubles/lvm-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { gptDisk, mbrDisk } from "#test/engine/disk/small-disks.ts";

const warningsOf = (...given: Parameters<typeof captureWarnings>) => captureWarnings(...given).map(({ text }) => text);

const LBAS = 16_384;
const BYTES = LBAS * 512;
const MIB = 1 << 20;

async function regionsOf(disk: Uint8Array): Promise<Region[]> {
  const device = memoryDevice(disk);
  return (await mapRegions(device, await surveyDisk(device))).map(({ region }) => region);
}

const wholeDiskBecause = (reason: RegExp) => [
  expect.objectContaining({ kind: "disk", start: 0, size: BYTES, mode: "raw", reason: expect.stringMatching(reason) }),
];

/** Both copies with the entry at `index` of another type, and sound. */
function withType(disk: Uint8Array, index: number, type: string): Uint8Array {
  const last = LBAS - 1;
  for (const [header, entries] of [
    [1, 2],
    [last, last - 2],
  ] as const) {
    const at = entries * 512 + index * gptEntry.size;
    disk.set(gptEntry.serialise({ ...gptEntry.parse(disk.subarray(at)), type }), at);
    seal(disk, header, entries);
  }
  return disk;
}

function seal(disk: Uint8Array, header: number, entries: number): void {
  const fields = { entriesCrc32: crc32(disk.subarray(entries * 512, entries * 512 + 8 * gptEntry.size)) };
  disk.set(withGptHeader(new Uint8Array(disk.slice(header * 512, header * 512 + 512)), fields), header * 512);
}

test.each(["5808c8aa-7e8f-42e0-85d2-e1e90434cfb3", "af9b60a0-1431-4f62-bc68-3311714a69ad"])(
  "a GPT disk with LDM's partition type %s is taken whole",
  async (type) => {
    expect((await regionsOf(withType(gptDisk({ lbas: LBAS }), 1, "0fc63daf-8483-4772-8e79-3d69d8477de4"))).length).toBe(
      6,
    );
    expect(await regionsOf(withType(gptDisk({ lbas: LBAS }), 1, type))).toEqual(wholeDiskBecause(/dynamic disk/));
  },
);

test("an MBR disk with a partition of type 0x42 is taken whole", async () => {
  const disk = mbrDisk(512, LBAS);
  disk[446 + 4] = 0x42;
  expect(await regionsOf(disk)).toEqual(wholeDiskBecause(/dynamic disk/));
});

test("a GPT whose sound copies differ does not say where partitions lie: the disk is taken whole", async () => {
  const disk = gptDisk({ lbas: LBAS });
  const entries = (LBAS - 3) * 512;
  disk[entries + 56] = 0x41;
  seal(disk, LBAS - 1, LBAS - 3);
  expect(await regionsOf(disk)).toEqual(wholeDiskBecause(/differ/));
});

test("a partition that ends behind the disk makes the disk be taken whole", async () => {
  const disk = mbrDisk(512, LBAS);
  new DataView(disk.buffer).setUint32(446 + 3 * 16 + 12, LBAS, true);
  disk.fill(0, 446 + 16, 446 + 32); // the extended one, which it would overlap
  expect(await regionsOf(disk)).toEqual(wholeDiskBecause(/Partition 4 ends at LBA/));
});

test("the last MiB is taken although no partition is there", async () => {
  const end = (await regionsOf(mbrDisk(512, LBAS))).at(-1);
  expect(end).toMatchObject({ kind: "gap", label: "end of the disk", start: BYTES - (1 << 20), size: 1 << 20 });
});

test("warnings tell of the table, and of free space that is not in the image", async () => {
  const disk = gptDisk({
    lbas: LBAS,
    partitions: [
      [64, 99],
      [9000, 9999],
    ],
  });
  disk.fill(0, BYTES - 512);
  const device = memoryDevice(disk);
  const found = await surveySource(device, false);
  const regions = await regionsOf(disk);
  expect(warningsOf(found, regions, BYTES)).toEqual([
    expect.stringContaining("backup GPT"),
    expect.stringMatching(/^[\d.]+ MiB outside of partitions are not captured: a capture of every sector takes them$/),
  ]);
  const whole = [{ ...(regions[0] as Region), kind: "disk" as const, start: 0, size: BYTES }];
  expect(warningsOf(found, whole, BYTES)).toEqual([expect.stringContaining("backup GPT")]);
});

test("file systems' warnings name their partition", async () => {
  const filesystem = { type: "ntfs", blockSize: 4096, size: 1, warnings: ["is marked dirty"] };
  const info = (number: number) => ({ number, start: 0, size: BYTES, role: "primary", filesystem });
  const found = { survey: { volumes: [{ info: info(0) }, { info: info(3) }] }, table: { type: "gpt", problems: [] } };
  const regions = [{ kind: "volume", partition: 3, start: 0, size: BYTES }] as unknown as Region[];
  expect(warningsOf(found as unknown as Parameters<typeof captureWarnings>[0], regions, BYTES)).toEqual([
    "the whole disk: is marked dirty",
    "partition 3: is marked dirty",
  ]);
});

test("a damaged table is a refusal, and only a problem when every sector is taken anyway", async () => {
  const disk = gptDisk({ lbas: LBAS });
  disk.fill(0, 512, 1024);
  disk.fill(0, BYTES - 512);
  await expect(surveySource(memoryDevice(disk), false)).rejects.toMatchObject({ code: "TABLE_DAMAGED" });
  const { survey, table } = await surveySource(memoryDevice(disk), true);
  expect([survey, table.type, table.problems]).toEqual([
    undefined,
    "none",
    [{ code: "TABLE_DAMAGED", text: expect.stringMatching(/^mem:0: the GPT partition table is damaged/) }],
  ]);
});

test("a partition that is to be left out has no region, and a warning names it with its size", async () => {
  const device = memoryDevice(mbrDisk(512, LBAS));
  const found = await surveySource(device, false);
  const [first] = found.survey?.volumes ?? [];
  if (!found.survey || !first) throw new Error("no partitions");
  const all = await mapRegions(device, found.survey);
  const { number } = first.info;
  const kept = (await mapRegions(device, found.survey, { exclude: [number] })).map(({ region }) => region);
  expect(kept).toEqual(all.map(({ region }) => region).filter(({ partition }) => partition !== number));
  expect(kept.length).toBeLessThan(all.length);
  const [warning, outside] = warningsOf(found, kept, BYTES);
  expect(warning).toMatch(new RegExp(`^partition ${number} .*[KM]iB.* is not captured, as asked`));
  expect(outside).toEqual(
    warningsOf(
      found,
      all.map(({ region }) => region),
      BYTES,
    )[0],
  );
});

test.each([99, 0, -1])("partition %d, which is not there, cannot be left out", async (number) => {
  const device = memoryDevice(mbrDisk(512, LBAS));
  await expect(mapRegions(device, await surveyDisk(device), { exclude: [number] })).rejects.toMatchObject({
    code: "USAGE",
  });
});

test("nothing can be left out of a disk that is taken as a whole", async () => {
  const disk = mbrDisk(512, LBAS);
  disk[446 + 4] = 0x42;
  const device = memoryDevice(disk);
  await expect(mapRegions(device, await surveyDisk(device), { exclude: [1] })).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringMatching(/partition 1 cannot be left out.*dynamic disk/),
  });
});

test("an extended partition is not left out by itself: it holds others", async () => {
  const device = memoryDevice(mbrDisk(512, LBAS));
  const survey = await surveyDisk(device);
  const extended = survey.volumes.find(({ info }) => info.role === "extended")?.info.number ?? 0;
  await expect(mapRegions(device, survey, { exclude: [extended] })).rejects.toMatchObject({
    message: expect.stringContaining("only holds others"),
  });
});

test.each([
  ["Intel", 2, "Intel Raid ISM Cfg Sig. 1.3.00"],
  ["DDF", 1, "\xde\x11\xde\x11"],
])("a disk of a firmware RAID of %s is taken whole", async (name, fromEnd, text) => {
  const disk = mbrDisk(512, LBAS);
  disk.set(Buffer.from(text, "latin1"), BYTES - fromEnd * 512);
  expect(await regionsOf(disk)).toEqual(wholeDiskBecause(new RegExp(`firmware \\(${name}`)));
});

test("a partition of LVM is one region, with the volumes inside it", async () => {
  const text = groupText(linearText("a", [2, 3])).replace("= 2048", "= 8");
  const pv = lvmVolume({ size: MIB + 32 * 1024, text });
  const disk = gptDisk({ lbas: LBAS, partitions: [[64, 63 + pv.length / 512]] });
  disk.set(pv, 64 * 512);
  const volume = (await regionsOf(disk)).find(({ kind }) => kind === "volume");
  expect(volume).toEqual({
    kind: "volume",
    label: "partition 1 (LVM2_member)",
    partition: 1,
    start: 64 * 512,
    size: pv.length,
    usedBytes: pv.length - 5 * 4096,
    mode: "used-blocks",
    contents: [{ name: "vg0/a", size: 8192, usedBytes: 8192, mode: "raw", reason: "no file system was recognised" }],
  });
  expect(Region.parse(volume)).toEqual(volume);
});

test("warnings of file systems inside a container name their volume", () => {
  const filesystem = { type: "ext4", blockSize: 4096, size: 1, warnings: ["was not unmounted cleanly"] };
  const contents = [{ name: "vg0/root", size: 1, usedBytes: 1, mode: "used-blocks", filesystem }];
  const regions = [{ kind: "volume", label: "partition 2 (LVM2_member)", start: 0, size: BYTES, contents }];
  const found = { survey: { volumes: [] }, table: { type: "gpt", problems: [] } };
  const warnings = captureWarnings(
    found as unknown as Parameters<typeof captureWarnings>[0],
    regions as unknown as Region[],
    BYTES,
  );
  const region = say("region.volume", { number: 2, filesystem: "LVM2_member" });
  expect(warnings).toEqual([say("survey.inside", { region, volume: "vg0/root", what: say("state.unclean") })]);
  expect(warnings[0]?.text).toBe("partition 2 (LVM2_member), vg0/root: was not unmounted cleanly");
});
