import { describe, expect, test } from "vitest";
import { openBcd } from "#imaging/bcd/bcd-store.ts";
import { type BcdDesign, createBcd } from "#imaging/bcd/create-bcd.ts";
import { describeBcd } from "#imaging/bcd/describe-bcd.ts";
import { type BcdDevice, decodeDevice, encodeDevice } from "#imaging/bcd/device.ts";
import { ELEMENTS } from "#imaging/bcd/element-types.ts";
import { KNOWN_OBJECTS } from "#imaging/bcd/known-objects.ts";
import { movePartitions } from "#imaging/bcd/move-partitions.ts";
import type { PartitionId } from "#imaging/bcd/partition-id.ts";
import { repairBcd } from "#imaging/bcd/repair-bcd.ts";
import { createHive } from "#imaging/registry/create-hive.ts";

const DISK = "ccbae6e9-d3e9-4a2c-8a35-7c1f4d2b9d10";
const gpt = (partition: string, disk = DISK): PartitionId => ({ style: "gpt", disk, partition });
const mbr = (offset: number, signature = 0x1234abcd): PartitionId => ({ style: "mbr", signature, offset });
const ESP = gpt("11111111-1111-4111-8111-111111111111");
const WINDOWS = gpt("22222222-2222-4222-8222-222222222222");
const RECOVERY = gpt("33333333-3333-4333-8333-333333333333");

const guids = () => {
  let next = 0;
  return () => `00000000-0000-4000-8000-${String(++next).padStart(12, "0")}`;
};
const design = (more: Partial<BcdDesign> = {}): BcdDesign => ({
  firmware: "uefi",
  system: ESP,
  windows: WINDOWS,
  newGuid: guids(),
  clock: () => 1_700_000_000_000,
  ...more,
});
const hex = (text: string) => Buffer.from(text.replaceAll(/[^0-9a-f]/g, ""), "hex");

/** As Windows wrote them, byte for byte: a GPT and an MBR partition, "boot", and the RAM disk of a PE. */
const GPT_SAMPLE = hex(`00000000000000000000000000000000 06000000 00000000 48000000 00000000
  22222222222222428222222222222222 00000000 00000000 e9e6bacce9d32c4a8a357c1f4d2b9d10 00000000000000000000000000000000`);
const MBR_SAMPLE = hex(`00000000000000000000000000000000 06000000 00000000 48000000 00000000
  0000500600000000 0000000000000000 00000000 01000000 cdab3412000000000000000000000000 00000000000000000000000000000000`);
const BOOT_SAMPLE = hex(`00000000000000000000000000000000 05000000 00000000 48000000 00000000 ${"00".repeat(56)}`);
const WIM = "\\sources\\boot.wim";
const RAMDISK_SAMPLE = Buffer.concat([
  hex(`e03455ae24a96c46b836758539a3ee3a 00000000 01000000 ${le32(126 + WIM.length * 2)} 00000000 03000000
    0000000000000000 0000000000000000 00000000 01000000 ${le32(86 + WIM.length * 2)} 05000000
    05000000 00000000 48000000 00000000 ${"00".repeat(56)}`),
  Buffer.from(`${WIM}\0`, "utf16le"),
]);

function le32(number: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes.toString("hex");
}

describe("a device", () => {
  test.each<[string, Buffer, BcdDevice, string?]>([
    ["GPT", GPT_SAMPLE, { kind: "partition", id: WINDOWS }],
    ["MBR", MBR_SAMPLE, { kind: "partition", id: mbr(0x6500000) }],
    ["boot", BOOT_SAMPLE, { kind: "boot" }],
    [
      "RAM disk",
      RAMDISK_SAMPLE,
      { kind: "ramdisk", parent: { kind: "boot" }, path: WIM },
      KNOWN_OBJECTS.ramdiskoptions,
    ],
  ])("%s is read, and written as it was", (_, sample, device, options) => {
    expect(decodeDevice(sample)).toEqual({ device, ...(options && { options }) });
    expect(Buffer.from(encodeDevice({ device, ...(options && { options }) })).toString("hex")).toBe(
      sample.toString("hex"),
    );
  });

  test.each<BcdDevice>([
    { kind: "locate", path: "\\Windows\\system32\\winload.efi" },
    { kind: "locate", element: 0x22000002 },
    { kind: "file", parent: { kind: "partition", id: WINDOWS }, path: "\\disks\\one.vhd" },
    { kind: "ramdisk", parent: { kind: "partition", id: mbr(512) }, path: "\\x.wim" },
  ])("$kind goes through bytes and back", (device) => {
    expect(decodeDevice(encodeDevice({ device }))).toEqual({ device });
  });

  test("is cut off anywhere: never more than not understood", () => {
    for (let length = 0; length < RAMDISK_SAMPLE.length; length++) {
      const found = decodeDevice(RAMDISK_SAMPLE.subarray(0, length))?.device.kind;
      expect([undefined, "other"]).toContain(found);
    }
  });

  test.each<PartitionId>([gpt("none"), mbr(-1), mbr(0, 2 ** 32), mbr(0.5)])("on %j is a mistake", (id) => {
    expect(() => encodeDevice({ device: { kind: "partition", id } })).toThrow(RangeError);
  });

  test("has its partition replaced wherever it stands, and nothing else", () => {
    const parent: BcdDevice = { kind: "partition", id: WINDOWS };
    const bytes = encodeDevice({
      device: { kind: "ramdisk", parent, path: "\\a\\b.wim" },
      options: RECOVERY.style === "gpt" ? RECOVERY.partition : "",
    });
    for (const to of [gpt("44444444-4444-4444-8444-444444444444"), mbr(1 << 20)]) {
      const result = movePartitions(bytes, [
        { from: ESP, to: RECOVERY },
        { from: WINDOWS, to },
      ]);
      expect([result.moved, result.left]).toEqual([1, []]);
      const device: BcdDevice = { kind: "ramdisk", parent: { kind: "partition", id: to }, path: "\\a\\b.wim" };
      expect(decodeDevice(result.bytes)?.device).toEqual(device);
      const back = movePartitions(result.bytes, [{ from: to, to: WINDOWS }]);
      expect(back.bytes).toEqual(bytes);
    }
    expect(movePartitions(bytes, [])).toEqual({ bytes, moved: 0, left: [WINDOWS] });
  });
});

describe("a store made from nothing", () => {
  test("says what bcdboot's says, under UEFI and with a recovery", () => {
    const store = openBcd(
      createBcd(design({ recovery: { partition: RECOVERY }, description: "Windows 11" })).toBytes(),
    );
    expect(describeBcd(store)).toMatchSnapshot();
  });

  test("names the programs of a BIOS", () => {
    const text = describeBcd(
      createBcd(design({ firmware: "bios", system: mbr(1 << 20), windows: mbr(1 << 30), locale: "de-DE" })),
    );
    expect(text).toMatchSnapshot();
    expect(text).not.toContain(".efi");
  });
});

describe("a repair", () => {
  const made = createBcd(design({ recovery: { partition: RECOVERY } })).toBytes();
  const fresh = "55555555-5555-4555-8555-555555555555";
  const moves = [ESP, WINDOWS, RECOVERY].map((from) => ({
    from,
    to: gpt(from.style === "gpt" ? from.partition.replace(/^./, "9") : "", fresh),
  }));
  const [esp, windows] = moves.map(({ to }) => to) as [PartitionId, PartitionId];

  test("changes nothing where all fits", () => {
    const result = repairBcd(made, design());
    expect(result.changes).toEqual([]);
    expect(result.left.map(({ id }) => id)).toEqual([RECOVERY, RECOVERY, RECOVERY]);
  });

  test("replaces the ids in every object", () => {
    const result = repairBcd(made, { ...design({ system: esp, windows }), moves });
    expect(result.left).toEqual([]);
    expect(result.moved.length).toBe(9);
    const text = describeBcd(openBcd(result.bytes));
    expect(text).not.toContain(DISK);
    expect(text.split(fresh).length - 1).toBe(9);
    const back = repairBcd(result.bytes, { ...design(), moves: moves.map(({ from, to }) => ({ from: to, to: from })) });
    expect(describeBcd(openBcd(back.bytes))).toBe(describeBcd(openBcd(made)));
  });

  test("from UEFI to a BIOS and back changes programs and ids, and is then as before", () => {
    const to = [mbr(1 << 20), mbr(1 << 30), mbr(2 ** 31)];
    const there = [ESP, WINDOWS, RECOVERY].map((from, index) => ({ from, to: to[index] as PartitionId }));
    const bios = repairBcd(made, {
      ...design({ firmware: "bios", system: mbr(1 << 20), windows: mbr(1 << 30) }),
      moves: there,
    });
    const text = describeBcd(openBcd(bios.bytes));
    expect(text).not.toMatch(/\.efi|of disk [0-9a-f]{8}-/);
    expect(text).toContain("\\boot\\memtest.exe");
    const again = repairBcd(bios.bytes, { ...design(), moves: there.map(({ from, to }) => ({ from: to, to: from })) });
    expect(describeBcd(openBcd(again.bytes))).toBe(describeBcd(openBcd(made)));
  });

  test("takes the only loader for the Windows when its id is not known, and says what it changed", () => {
    const result = repairBcd(made, design({ windows: gpt("66666666-6666-4666-8666-666666666666") }));
    expect(result.changes.length).toBe(4);
    expect(describeBcd(openBcd(result.bytes))).not.toContain("22222222-2222");
  });

  test("adds a second Windows to two others, and makes what is missing", () => {
    const store = openBcd(made);
    store.delete(KNOWN_OBJECTS.bootmgr);
    store.delete(KNOWN_OBJECTS.globalsettings);
    const other = createBcd(design({ windows: gpt("77777777-7777-4777-8777-777777777777") }));
    const loader = other.objects().find(({ title }) => title === "Windows Boot Loader");
    const copy = store.create("88888888-8888-4888-8888-888888888888", 0x10200003);
    for (const { type, data } of loader?.elements() ?? []) copy.set(type, data);
    const result = repairBcd(
      store.toBytes(),
      design({ windows: gpt("99999999-9999-4999-8999-999999999999"), newGuid: () => crypto.randomUUID() }),
    );
    const repaired = openBcd(result.bytes);
    expect(repaired.objects().filter(({ title }) => title === "Windows Boot Loader").length).toBe(4);
    const manager = repaired.object(KNOWN_OBJECTS.bootmgr);
    const chosen = manager?.element(ELEMENTS.defaultObject)?.data;
    const entry = repaired.object(chosen?.format === "object" ? chosen.guid : "");
    expect(entry?.element(ELEMENTS.osDevice)?.data).toMatchObject({
      device: { device: { id: { partition: /^9{8}-/ } } },
    });
  });

  test("puts the Windows into a menu that does not have it, as the default where that is gone", () => {
    const store = openBcd(made);
    const gone = "77777777-7777-4777-8777-777777777777";
    const manager = store.object(KNOWN_OBJECTS.bootmgr);
    manager?.set(ELEMENTS.displayOrder, { format: "objects", guids: [gone] });
    manager?.set(ELEMENTS.defaultObject, { format: "object", guid: gone });
    const repaired = openBcd(repairBcd(store.toBytes(), design()).bytes).object(KNOWN_OBJECTS.bootmgr);
    const loader = "00000000-0000-4000-8000-000000000001";
    expect(repaired?.element(ELEMENTS.displayOrder)?.data).toEqual({ format: "objects", guids: [loader, gone] });
    expect(repaired?.element(ELEMENTS.defaultObject)?.data).toEqual({ format: "object", guid: loader });
  });

  test("makes an element anew whose key can have no values", () => {
    const bytes = Uint8Array.from(made);
    const { guid } = openBcd(made)
      .objects()
      .find(({ type }) => type === 0x10100002) ?? { guid: "" };
    const path = `Objects\\{${guid}}\\Elements\\11000001`;
    for (let at = 4096; at + 88 < bytes.length; at += 8)
      // The flag of a key that stands for another one, in every key of that name.
      if (Buffer.from(bytes.subarray(at + 80, at + 88)).toString() === "11000001") bytes[at + 6] = 0x60;
    expect(openBcd(bytes).hive.root.find(path)?.values()).toEqual([]);
    const store = openBcd(repairBcd(bytes, design()).bytes);
    const device = { device: { kind: "partition", id: ESP } };
    expect(store.object(guid)?.element(ELEMENTS.device)?.data).toEqual({ format: "device", device });
  });

  test("makes a store where there is none", () => {
    const result = repairBcd(undefined, design());
    expect(result.isNew).toBe(true);
    expect(openBcd(result.bytes).objects().length).toBe(11);
  });

  test("of a hive that is no store is refused", () => {
    expect(() => repairBcd(createHive().toBytes(), design())).toThrow("NOT_A_BCD");
  });
});
