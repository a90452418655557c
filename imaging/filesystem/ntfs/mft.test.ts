import { describe, expect, it } from "vitest";
import type { NtfsLayout } from "#imaging/filesystem/ntfs/layout.ts";
import { MasterFileTable, type Value } from "#imaging/filesystem/ntfs/mft.ts";
import { ATTRIBUTE, FILE } from "#imaging/filesystem/ntfs/structs.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const CLUSTER = 1024;
const layout: NtfsLayout = { clusterSize: CLUSTER, clusters: 64, recordSize: 1024, mftOffset: 4 * CLUSTER, serial: 1n };

const le = (value: number, size: number) => Array.from({ length: size }, (_, i) => Math.floor(value / 256 ** i) & 0xff);
const pad = (bytes: readonly number[], size: number) => [...bytes, ...new Array(size - bytes.length).fill(0)];

function resident(type: number, value: readonly number[]): number[] {
  const size = Math.ceil((24 + value.length) / 8) * 8;
  return pad([...le(type, 4), ...le(size, 4), ...le(0, 8), ...le(value.length, 4), ...le(24, 4), ...value], size);
}

function nonResident(type: number, lowestVcn: number, size: number, pairs: readonly number[], valid = size): number[] {
  const length = Math.ceil((64 + pairs.length) / 8) * 8;
  const head = [...le(type, 4), ...le(length, 4), 1, ...le(0, 7), ...le(lowestVcn, 8), ...le(0, 8), ...le(64, 8)];
  return pad([...head, ...le(size, 8), ...le(size, 8), ...le(valid, 8), ...pairs], length);
}

const listEntry = (type: number, record: number, lowestVcn = 0) =>
  pad([...le(type, 4), ...le(32, 2), ...le(0, 2), ...le(lowestVcn, 8), ...le(record, 6), 1, 0], 32);

/** A file record with its update sequence applied as a writer would. */
function fileRecord(...attributes: number[][]): Uint8Array {
  const body = [...attributes.flat(), ...le(0xffffffff, 4), 0, 0, 0, 0];
  const head = [...Buffer.from("FILE"), ...le(48, 2), ...le(3, 2), ...le(0, 12), ...le(56, 2), ...le(1, 2)];
  const record = Uint8Array.from(pad([...pad([...head, ...le(56 + body.length, 4)], 56), ...body], 1024));
  record.set([7, 0, record[510] ?? 0, record[511] ?? 0, record[1022] ?? 0, record[1023] ?? 0], 48);
  record.set([7, 0], 510);
  record.set([7, 0], 1022);
  return record;
}

/** $MFT: records 0-7 in clusters 4-11, records 8-15 in clusters 40-47, told by an extension record (7). */
function volume(bitmapList: number[][] = [listEntry(ATTRIBUTE.data, 6), listEntry(ATTRIBUTE.data, 9, 1)]) {
  const device = memoryDevice(64 * CLUSTER);
  const put = (record: number, bytes: Uint8Array) =>
    device.bytes.set(bytes, (record < 8 ? 4 + record : 32 + record) * CLUSTER);
  const mftList = resident(
    ATTRIBUTE.attributeList,
    [listEntry(ATTRIBUTE.data, 0), listEntry(ATTRIBUTE.data, 7, 8)].flat(),
  );
  put(0, fileRecord(mftList, nonResident(ATTRIBUTE.data, 0, 16 * 1024, [0x11, 8, 4, 0])));
  put(7, fileRecord(nonResident(ATTRIBUTE.data, 8, 0, [0x11, 8, 40, 0])));
  // The first cluster of $Bitmap's data is told by record 6, a sparse and a last one by record 9.
  const first = nonResident(ATTRIBUTE.data, 0, 3 * CLUSTER, [0x11, 1, 20, 0], 3 * CLUSTER - 24);
  put(6, fileRecord(resident(ATTRIBUTE.attributeList, bitmapList.flat()), first));
  put(9, fileRecord(nonResident(ATTRIBUTE.data, 1, 0, [0x01, 1, 0x11, 1, 30, 0])));
  device.bytes.fill(0xaa, 20 * CLUSTER, 21 * CLUSTER).fill(0xbb, 30 * CLUSTER, 31 * CLUSTER);
  return device;
}

const bitmapOf = async (device: ReturnType<typeof volume>) => {
  const mft = await MasterFileTable.open(device, layout);
  return { mft, value: (await mft.value(FILE.bitmap, ATTRIBUTE.data)) as Value };
};

describe("MasterFileTable", () => {
  it("collects a value from extension records, through a table that is itself told by one", async () => {
    const { mft, value } = await bitmapOf(volume());
    const bytes = await mft.read(value, 0, 3 * CLUSTER);
    const wanted = new Uint8Array(3 * CLUSTER).fill(0xaa, 0, CLUSTER).fill(0xbb, 2 * CLUSTER, 3 * CLUSTER - 24);
    expect(bytes).toEqual(wanted);
  });

  it("reads a part that begins and ends within runs", async () => {
    const { mft, value } = await bitmapOf(volume());
    const bytes = await mft.read(value, CLUSTER - 2, CLUSTER + 4);
    expect([...bytes.subarray(0, 3), ...bytes.subarray(-3)]).toEqual([0xaa, 0xaa, 0, 0, 0xbb, 0xbb]);
  });

  it.each([
    ["a part of the runs missing", () => volume([listEntry(ATTRIBUTE.data, 6)])],
    ["a list that names a record beyond the table", () => volume([listEntry(ATTRIBUTE.data, 99)])],
    ["a list entry without length", () => volume([new Array(32).fill(0)])],
  ])("refuses %s", async (_what, make) =>
    expect(bitmapOf(make())).rejects.toMatchObject({ code: "FILESYSTEM_DAMAGED" }),
  );

  it("refuses a record that was torn while it was written", async () => {
    const device = volume();
    device.bytes[10 * CLUSTER + 510] = 8;
    await expect(bitmapOf(device)).rejects.toMatchObject({
      code: "FILESYSTEM_DAMAGED",
      message: expect.stringContaining("not written completely"),
    });
  });

  it("never fails otherwise, whichever byte of its records is changed", async () => {
    const device = volume();
    for (const record of [4, 10, 11, 41])
      for (let at = record * CLUSTER; at < (record + 1) * CLUSTER; at++) {
        const original = device.bytes[at] as number;
        device.bytes[at] = original ^ 0xff;
        const outcome = await bitmapOf(device)
          .then(({ mft, value }) => mft.read(value, 0, 64))
          .catch((error) => error);
        if (!(outcome instanceof Uint8Array)) expect(outcome).toMatchObject({ name: "LifeboatError" });
        device.bytes[at] = original;
      }
  });
});
