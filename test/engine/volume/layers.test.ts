import { join } from "node:path";
import { expect, test } from "vitest";
import { openDevice } from "#imaging/device/file-device.ts";
import type { Layer } from "#imaging/layers/layer.ts";
import { openLayer } from "#imaging/layers/open-layer.ts";
import { emptyImage, fileVolume, scratch } from "#test/engine/filesystem/volume-image.ts";
import { encrypt, HEADER } from "#test/engine/volume/luks-volume.ts";
import { sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { add, lv, MIRROR, SNAPSHOT, THIN_POOL } from "#test/engine/volume/special-volumes.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;
const NO_KEY = { keys: [] };

async function opened(file: string): Promise<Layer> {
  const layer = await openLayer(fileVolume(file), "LVM2_member", NO_KEY);
  if ("reason" in layer) throw new Error(layer.reason);
  return layer;
}

/** Lays a layer out on a copy of another size, as a restore leaves it before its volumes are fitted. */
async function layOut(layer: Layer, file: string, to: string, size: number, sizes: readonly number[]) {
  emptyImage(to, size);
  copyRange(file, 0, to, 0, Math.min(size, layer.size));
  await using target = await openDevice(to, { write: true });
  const laid = await layer.lay(target, sizes);
  await laid.finish();
  return laid.volumes.map(({ missing }) => missing.bytes / MIB);
}

/** Segments of all volumes, hidden ones too, as `lvs` shows them. */
async function segmentsOf(group: VolumeGroup): Promise<string[]> {
  const columns = "lv_name,segtype,seg_start_pe,seg_size_pe,seg_pe_ranges,lv_uuid,devices";
  const rows = await group.lvm("lvs", "-a", "--segments", "--noheadings", "--separator", "|", "-o", columns, "vg0");
  return rows
    .split("\n")
    .map((row) => row.trim().replaceAll(group.device(0), "pv"))
    .filter((row) => row !== "");
}

test.each([
  ["a thin pool", THIN_POOL, 48],
  ["a mirror", MIRROR, 46],
  ["a snapshot", SNAPSHOT, 43],
])("%s stays as it is: what is plain makes room, and LVM finds no fault", async (_name, volumes, end) => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [80 * MIB]);
  await group.create("plain", 16, [], [":10-25"]);
  await group.create("last", 10, [], [":60-69"]);
  await group.change(add(...volumes));
  const file = group.files[0] as string;
  const layer = await opened(file);
  expect(layer.pinned).toBe((end + 1) * MIB);
  const names = layer.volumes.map(({ name }) => name);
  expect(names).toContain("vg0/last");
  const kept = (await segmentsOf(group)).filter((row) => !/^(plain|last)\|/.test(row));

  const small = join(folder.path, "small");
  const sizes = names.map((name) => (name === "vg0/last" ? 4 : 16) * MIB);
  const moved = await layOut(layer, file, small, 52 * MIB, sizes);
  expect(moved[names.indexOf("vg0/last")]).toBe(4);
  await using after = await VolumeGroup.over(folder.path, [small]);
  await after.lvm("vgck", "vg0");
  await after.lvm("pvck", after.device(0));
  expect((await segmentsOf(after)).filter((row) => !/^(plain|last)\|/.test(row))).toEqual(kept);
  const pe = await after.lvm("pvs", "--noheadings", "-o", "pv_pe_count,pv_used,pv_mda_used_count", "--units", "m");
  expect(pe.trim()).toMatch(/^51 /);
});

test("a striped volume has its size or a larger one, and says why", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB]);
  await group.create("first", 8, [], [":0-7"]);
  await group.change(
    add(lv("wide", true, 8, "striped", 'stripe_count = 2 stripe_size = 128 stripes = ["pv0", 20, "pv0", 30]')),
  );
  const layer = await opened(group.files[0] as string);
  expect(layer.volumes.map(({ name, notSmaller }) => [name, notSmaller]).toSorted()).toEqual([
    ["vg0/first", undefined],
    ["vg0/wide", "LVM has striped it"],
  ]);
  expect(layer.pinned).toBe(35 * MIB);
  const large = join(folder.path, "large");
  const sizes = layer.volumes.map(({ name }) => (name === "vg0/wide" ? 40 * MIB : 8 * MIB));
  expect(await layOut(layer, group.files[0] as string, large, 90 * MIB, sizes)).toEqual([0, 0]);
  await using after = await VolumeGroup.over(folder.path, [large]);
  await after.lvm("vgck", "vg0");
  expect((await segmentsOf(after)).filter((row) => row.startsWith("wide"))).toEqual([
    expect.stringMatching(/^wide\|striped\|0\|8\|/),
    expect.stringMatching(/^wide\|linear\|8\|32\|/),
  ]);
});

test("what cannot have another size says why", async () => {
  using folder = scratch();
  {
    await using two = await VolumeGroup.make(folder.path, [32 * MIB, 32 * MIB]);
    await two.create("a", 4, [], [":0-3"]);
    expect(await openLayer(fileVolume(two.files[0] as string), "LVM2_member", NO_KEY)).toMatchObject({
      reason: expect.stringContaining("several disks"),
    });
  }
  {
    await using copies = await VolumeGroup.make(folder.path, [32 * MIB], "--pvmetadatacopies", "2");
    expect(await openLayer(fileVolume(copies.files[0] as string), "LVM2_member", NO_KEY)).toMatchObject({
      reason: expect.stringContaining("at the end of the disk"),
    });
  }
  const plain = sampleExt4(join(folder.path, "plain"), 16 * MIB, 4096);
  const luks = encrypt(plain, join(folder.path, "luks"));
  expect(await openLayer(fileVolume(luks), "crypto_LUKS", NO_KEY)).toMatchObject({
    reason: expect.stringContaining("no key was given"),
  });
  const layer = await openLayer(fileVolume(luks), "crypto_LUKS", { keys: [new TextEncoder().encode("first")] });
  expect(layer).toMatchObject({ around: HEADER, isFilled: true, volumes: [{ name: "unlocked" }] });
  expect(await openLayer(fileVolume(plain), "BitLocker", NO_KEY)).toMatchObject({
    reason: "there is no tool that changes the size of BitLocker",
  });
});
