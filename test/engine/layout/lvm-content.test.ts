import { cpSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { emptyImage, makeFiles, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { contentOf, faultsOf, layeredDisk, seenByLvm } from "#test/engine/layout/layered-disk.ts";
import { FULL, stateOf } from "#test/engine/resize/volume-file.ts";
import { decrypt, encrypt, HEADER } from "#test/engine/volume/luks-volume.ts";
import { filesIn, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;
let space: Workspace;
beforeEach(async () => {
  space = await openWorkspace();
});
afterEach(() => space[Symbol.asyncDispose]());

/** A disk with a group of these volumes, one behind the other, and nothing free. */
async function diskOf(volumes: Readonly<Record<string, string>>): Promise<string> {
  const sizes = Object.values(volumes).map((file) => statSync(file).size / MIB);
  const total = sizes.reduce((sum, size) => sum + size, 2);
  await using group = await VolumeGroup.make(space.folder, [total * MIB]);
  for (const [i, [name, file]] of Object.entries(volumes).entries()) {
    await group.create(name, sizes[i] as number);
    await group.fill(name, file);
  }
  return layeredDisk(space.path("disk.img"), group.files[0] as string);
}

async function bring(image: string, mib: number, ...more: string[]) {
  const target = await blankDisk(space.path(`${mib}.img`), mib * MIB);
  const options = [image, "--to", target, ...more];
  const plan = await lifeboatJson<RestorePlan>("restore", ...options, "--dry-run");
  await lifeboatJson<RestoreReport>("restore", ...options, "--yes-erase", target);
  const seen = await seenByLvm(space.folder, await contentOf(target, `${target}.content`));
  return { plan, seen, inside: plan.layout?.partitions[1]?.inside ?? [] };
}

describe.skipIf(!FULL)("what lies in logical volumes", () => {
  test("XFS is made anew to be smaller, btrfs is not, and both grow in pieces", async () => {
    const volumes = {
      data: emptyImage(space.path("xfs"), 420 * MIB),
      work: emptyImage(space.path("btrfs"), 400 * MIB),
    };
    run("mkfs.xfs", "-q", "-L", "data", volumes.data);
    run("mkfs.btrfs", "-q", "-L", "work", volumes.work);
    makeFiles(space.path("files"), [10, 5000, 70_000, 3_000_000]);
    for (const file of Object.values(volumes))
      withMount(file, "rw", (root) => run("cp", "-r", space.path("files"), root));
    const before = Object.values(volumes).map((file) => stateOf(file));
    const image = space.path("image.lbi");
    await lifeboatJson("capture", await diskOf(volumes), "--to", image);
    for (const [mib, how, changes] of [
      [740, "shrink", ["remake", "shrink"]],
      [1100, "fill", ["grow", "none"]],
    ] as const) {
      const { seen, inside } = await bring(image, mib, "--layout", how);
      expect(inside.map(({ change }) => change)).toEqual(changes);
      for (const [i, name] of ["data", "work"].entries()) {
        const file = seen.files[name] as string;
        expect(faultsOf(i === 0 ? "xfs" : "btrfs", file)).toBe("");
        expect(stateOf(file)).toEqual(before[i]);
        expect(seen.volumes[name]?.size).toBe(inside[i]?.size);
      }
    }
  });

  test("LUKS in a logical volume: smaller with the key, moved as it is without", async () => {
    const first = sampleExt4(space.path("first"), 60 * MIB, 4096);
    const home = encrypt(sampleExt4(space.path("home"), 64 * MIB, 4096), space.path("home.luks"));
    const image = space.path("image.lbi");
    const unlock = ["--unlock", `2=${home}.key`];
    await lifeboatJson("capture", await diskOf({ first, home }), "--to", image, ...unlock);
    for (const [mib, keys] of [
      [100, unlock],
      [125, []],
    ] as const) {
      const { seen, inside } = await bring(image, mib, "--layout", "shrink", ...keys);
      const size = inside.find(({ name }) => name === "vg0/home")?.size ?? 0;
      expect(size < 80 * MIB).toBe(keys.length > 0);
      const file = seen.files["home"] as string;
      await space.drop(`${file}.header`); // cryptsetup would take it for this one's
      cpSync(`${home}.key`, `${file}.key`);
      const plain = decrypt(file, size - HEADER);
      expect(faultsOf("ext4", plain)).toBe("");
      expect(filesIn(plain)).toEqual(filesIn(space.path("home")));
      expect(faultsOf("ext4", seen.files["first"] as string)).toBe("");
      expect(filesIn(seen.files["first"] as string)).toEqual(filesIn(first));
    }
  });
});
