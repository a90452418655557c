import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { detectFilesystem } from "#imaging/filesystem/detect.ts";
import { mapVolume } from "#imaging/volume/map-volume.ts";
import { check, copyMapped, fileVolume, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { decrypt, encrypt, HEADER } from "#test/engine/volume/luks-volume.ts";
import { filesIn, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;

async function map(image: string) {
  using volume = fileVolume(image);
  return await mapVolume(volume, await detectFilesystem(volume), { keys: [new TextEncoder().encode("first")] });
}

test("LVM in LUKS, as Debian's installer makes it: each logical volume by its used blocks", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [32 * MIB]);
  await group.create("root", 24);
  await group.create("swap", 4);
  const root = sampleExt4(join(folder.path, "root"), 24 * MIB, 4096);
  await group.fill("root", root);
  const swap = join(folder.path, "swap");
  run("truncate", "-s", String(4 * MIB), swap);
  run("mkswap", swap);
  await group.fill("swap", swap);

  const image = encrypt(group.files[0] ?? "", join(folder.path, "volume"));
  const used = await map(image);
  expect(used.contents.map(({ name, mode }) => [name, mode])).toEqual([
    ["unlocked", "used-blocks"],
    ["unlocked > vg0/root", "used-blocks"],
    ["unlocked > vg0/swap", "header-only"],
  ]);
  expect(used.extents.bytes).toBeLessThan(HEADER + 14 * MIB);
  const copy = copyMapped(image, used.extents, join(folder.path, "copy"));
  cpSync(`${image}.key`, `${copy}.key`);
  const restored = await group.extract("root", decrypt(copy, 32 * MIB), join(folder.path, "restored"));
  expect(check("e2fsck", "-fn", restored)).toMatchObject({ status: 0 });
  expect(filesIn(restored)).toEqual(filesIn(root));
});

/** The other way round is rare: with the whole matrix. */
const matrix = process.env["LIFEBOAT_TEST_FULL"] === "1" ? ["LUKS in a logical volume"] : [];

test.each(matrix)("%s", async () => {
  using folder = scratch();
  await using group = await VolumeGroup.make(folder.path, [64 * MIB]);
  await group.create("home", 48);
  const home = encrypt(sampleExt4(join(folder.path, "plain"), 32 * MIB, 4096), join(folder.path, "home"));
  await group.fill("home", home);
  const used = await map(group.files[0] ?? "");
  expect(used.contents.map(({ name, mode }) => [name, mode])).toEqual([
    ["vg0/home", "used-blocks"],
    ["vg0/home > unlocked", "used-blocks"],
  ]);
  const copy = copyMapped(group.files[0] ?? "", used.extents, join(folder.path, "copy"));
  const restored = await group.extract("home", copy, join(folder.path, "restored"));
  cpSync(`${home}.key`, `${restored}.key`);
  expect(check("e2fsck", "-fn", decrypt(restored, 32 * MIB))).toMatchObject({ status: 0 });
  expect(filesIn(restored)).toEqual(filesIn(join(folder.path, "plain")));
});
