import { expect, test } from "vitest";
import { embedGrub, grubBootSector, grubDiskBoot } from "#imaging/boot/bios/embed-grub.ts";
import { embedPlace } from "#imaging/boot/bios/embed-place.ts";
import { legacyCode } from "#imaging/boot/bios/legacy-code.ts";
import { applyDiskChanges } from "#imaging/boot/disk-change.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { buildTable } from "#imaging/disk/build-table.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const BIOS_BOOT = "21686148-6449-6e6f-744e-656564454649";
const partition = (number: number, start: number, size: number, type: string): Partition => ({
  ...{ number, start, size, type, name: undefined, active: false, role: "primary", attributes: "0x0" },
  guid: `00000000-0000-4000-8000-00000000000${number}`,
});

/** A disk full of noise, with a table. */
async function disk(type: "gpt" | "mbr", partitions: readonly Partition[]) {
  const bytes = new Uint8Array(16 * MIB);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (i * 7 + (i >> 9)) & 0xff;
  const device = memoryDevice(bytes);
  const diskId = type === "gpt" ? "00000000-0000-4000-8000-0000000000dd" : "0a0b0c0d";
  const bootCode = new Uint8Array(440).fill(0x11);
  for (const write of buildTable({ type, size: bytes.length, sectorSize: 512, diskId, bootCode, partitions }))
    await device.write(write.bytes, write.offset);
  return { device, table: await readPartitionTable(device), before: await readBytes(device, 0, bytes.length) };
}

const boot = new Uint8Array(512).fill(0xee);
boot.set([0x47, 0x52, 0x55, 0x42], 0x180);
boot.set([0x55, 0xaa], 510);
const core = new Uint8Array(30_001).fill(0xcc);
core.set(Buffer.from("loading\0Geom\0Read\0"), 0x180);
core.set([2, 0, 0, 0, 0, 0, 0, 0, 58, 0, 0x20, 8], 0x1f4);

const CASES = [
  [
    "gpt",
    [partition(1, 4 * MIB, MIB, "0fc63daf-8483-4772-8e79-3d69d8477de4"), partition(2, 6 * MIB, MIB, BIOS_BOOT)],
    6 * MIB,
  ],
  ["mbr", [partition(1, MIB, 4 * MIB, "0x83")], 512],
] as const;

test.each(CASES)(
  "%s: code and core image are there, and nothing else is changed by a bit",
  async (type, partitions, at) => {
    const { device, table, before } = await disk(type, partitions);
    const place = embedPlace(device, table);
    expect(place?.start).toBe(at);
    if (!place) return;
    expect(await legacyCode(device, place)).toBe("other");
    const changes = await embedGrub(device, place, { boot, core });
    await applyDiskChanges(device, changes);
    const after = await readBytes(device, 0, device.size);
    const whole = Math.ceil(core.length / 512) * 512;
    for (const [from, to] of [
      [440, at === 512 ? 512 : at],
      [at + whole, device.size],
    ] as const)
      expect(Buffer.compare(after.subarray(from, to), before.subarray(from, to)), `${from} to ${to}`).toBe(0);
    expect(grubBootSector.parse(after).coreSector).toBe(at / 512);
    expect([...after.subarray(0x66, 0x68)]).toEqual([0x90, 0x90]);
    const first = grubDiskBoot.parse(after.subarray(at, at + 512));
    expect(first).toEqual({ start: at / 512 + 1, length: 58, segment: 0x820 });
    expect(await legacyCode(device, place)).toBe("grub");
    expect(await readPartitionTable(device)).toMatchObject({ partitions: table.partitions, diskId: table.diskId });
    expect(await embedGrub(device, place, { boot, core })).toEqual([]);
    await device.write(new Uint8Array(512), at);
    expect(await legacyCode(device, place)).toBe("grub-lost");
  },
);

test("a gap of 63 sectors that is too small is refused in so many words", async () => {
  const { device, table } = await disk("mbr", [partition(1, 32 * 512, MIB, "0x83")]);
  const place = embedPlace(device, table);
  if (!place) throw new Error("no place");
  await expect(embedGrub(device, place, { boot, core })).rejects.toMatchObject({
    code: "BOOT_GAP_TOO_SMALL",
    details: { need: core.length, have: 31 * 512 },
  });
});

test("a GPT without a BIOS boot partition has no place, and sectors of 4096 bytes start under no BIOS", async () => {
  const { device, table } = await disk("gpt", [partition(1, 4 * MIB, MIB, "0fc63daf-8483-4772-8e79-3d69d8477de4")]);
  expect(embedPlace(device, table)).toBeUndefined();
  expect(() => embedPlace({ ...device, sectorSize: 4096 }, table)).toThrow("BOOT_SECTORS_UNFIT");
});

test("a disk that is not as it was planned is not written to", async () => {
  const { device, table } = await disk("mbr", [partition(1, MIB, MIB, "0x83")]);
  const place = embedPlace(device, table);
  if (!place) throw new Error("no place");
  const changes = await embedGrub(device, place, { boot, core });
  await device.write(Uint8Array.of(1), 600);
  const before = await readBytes(device, 0, MIB);
  await expect(applyDiskChanges(device, changes)).rejects.toMatchObject({ code: "BOOT_CHANGED" });
  expect(Buffer.compare(await readBytes(device, 0, MIB), before)).toBe(0);
});

test("what reads back differently is said", async () => {
  const { device, table } = await disk("mbr", [partition(1, MIB, MIB, "0x83")]);
  const place = embedPlace(device, table);
  if (!place) throw new Error("no place");
  const changes = await embedGrub(device, place, { boot, core });
  const forgetful = { ...device, write: async () => {}, read: device.read.bind(device), flush: async () => {} };
  await expect(applyDiskChanges(forgetful, changes)).rejects.toMatchObject({ code: "BOOT_READS_BACK" });
});
