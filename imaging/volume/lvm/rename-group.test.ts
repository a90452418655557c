import { expect, test } from "vitest";
import { readVolumeGroup, type VolumeGroup } from "#imaging/volume/lvm/driver.ts";
import { idsOf, renameWrites, whyNotRenamed } from "#imaging/volume/lvm/rename-group.ts";
import { groupText, linearText, lvmVolume, PV_UUID } from "#test/doubles/lvm-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";

const id = (digit: string) => `${digit.repeat(6)}-${Array(5).fill(digit.repeat(4)).join("-")}-${digit.repeat(6)}`;
const TEXT = groupText(linearText("root", [2, 1]) + linearText("ro-ot", [1, 4]))
  .replace('id = "x"', `id = "${id("a")}"`)
  .replace('id = "y"', `id = "${id("b")}"`)
  .replace('id = "y"', `id = "${id("c")}"`);

async function groupOf(text: string) {
  const device = memoryDevice(lvmVolume({ text }));
  const found = await readVolumeGroup(device);
  if ("reason" in found) throw new Error(found.reason);
  return { device, found };
}

const PV = PV_UUID.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-$5-$6-");

test("a renamed group is the same in all else, with every UUID another one", async () => {
  const { device, found } = await groupOf(TEXT);
  expect(whyNotRenamed(found)).toBeUndefined();
  expect(idsOf(found)).toEqual([id("a"), PV, id("b"), id("c")]);
  const to = [id("1"), id("2"), id("3"), id("4")];
  const ids = new Map(idsOf(found).map((from, i) => [from, to[i] as string]));
  for (const { offset, bytes } of await renameWrites(device, found, { name: "vg0_1", ids }))
    device.bytes.set(bytes, offset);
  const after = (await readVolumeGroup(device)) as VolumeGroup;
  expect(after.group).toEqual({ ...found.group, name: "vg0_1" });
  expect(after.text.seqno).toBe(found.text.seqno + 1);
  expect(after.label).toEqual({ ...found.label, uuid: id("2").replaceAll("-", "") });
  expect(idsOf(after)).toEqual(to);
});

test.each([
  [
    "over several disks",
    TEXT.replace("logical_volumes", `more { } logical_volumes`).replace(
      "pv0 {",
      `pv1 { id = "${id("9")}" pe_start = 2048 pe_count = 7 status = [] } pv0 {`,
    ),
    /several disks/,
  ],
  ["of many computers", TEXT.replace("extent_size", 'lock_type = "dlm" extent_size'), /shared/],
  ["whose name is none", TEXT.replace("vg0 {", "-x {"), /names or UUIDs/],
  ["with a volume whose name is none", TEXT.replace("ro-ot", ".."), /names or UUIDs/],
  ["with a UUID that is none", TEXT.replace(id("b"), "$(id)/x"), /names or UUIDs/],
  ["of a name so long", TEXT.replaceAll("vg0", "v".repeat(121)), /too long/],
])("a group %s keeps its name", async (_, text, reason) => {
  const { found } = await groupOf(text);
  expect(whyNotRenamed(found)).toMatch(reason);
});
