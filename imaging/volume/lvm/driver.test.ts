import { expect, test } from "vitest";
import { named } from "#imaging/filesystem/volume.ts";
import { lvm } from "#imaging/volume/lvm/driver.ts";
import { lvmCrc, MDA_MAGIC } from "#imaging/volume/lvm/structs.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const MIB = 1 << 20;
const UUID = "0123456789abcdef0123456789abcdef";
const dashed = UUID.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-$5-$6-");

const describeGroup = (stripes: string) => `vg0 { id = "x" seqno = 1 status = ["READ"] extent_size = 2048
 physical_volumes { pv0 { id = "${dashed}" status = [] dev_size = 8192 pe_start = 2048 pe_count = 3 } }
 logical_volumes { root { id = "y" status = ["READ", "VISIBLE"] segment_count = 1
 segment1 { start_extent = 0 extent_count = 2 type = "striped" ${stripes} } } } }\0`;

/** A physical volume of 4 MiB whose only metadata area holds the text. */
function physicalVolume(text: string): Uint8Array {
  const disk = new Uint8Array(4 * MIB);
  const view = new DataView(disk.buffer);
  const put = (at: number, bytes: string) => disk.set(new TextEncoder().encode(bytes), at);
  const put64 = (at: number, value: number) => view.setBigUint64(at, BigInt(value), true);
  put(512, "LABELONE");
  put64(520, 1);
  view.setUint32(532, 32, true);
  put(536, "LVM2 001");
  put(544, UUID);
  for (const [i, value] of [disk.length, MIB, 0, 0, 0, 4096, MIB - 4096].entries()) put64(576 + i * 8, value);
  view.setUint32(528, lvmCrc(disk.subarray(532, 1024)), true);
  put(4100, MDA_MAGIC);
  view.setUint32(4116, 1, true);
  for (const [i, value] of [4096, MIB - 4096, 512, text.length].entries()) put64(4120 + i * 8, value);
  put(4608, text);
  view.setUint32(4152, lvmCrc(disk.subarray(4608, 4608 + text.length)), true);
  view.setUint32(4096, lvmCrc(disk.subarray(4100, 4608)), true);
  return disk;
}

const open = (stripes: string) => {
  const volume = memoryDevice(physicalVolume(describeGroup(stripes)));
  return lvm.open(volume, named(volume, "LVM2_member"), { keys: [] });
};

test("a volume with its extents is seen through", async () => {
  const opened = await open('stripe_count = 1 stripes = ["pv0", 1]');
  expect(opened).toMatchObject({ inner: [{ name: "vg0/root", device: { size: 2 * MIB } }] });
});

test("a volume that says nowhere where it lies is not left out: the whole disk is captured", async () => {
  await expect(open("stripe_count = 1")).rejects.toMatchObject({ code: "FILESYSTEM_DAMAGED" });
});
