import { cpSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { blkid, check, emptyImage, makeFiles, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { contentOf, faultsOf, layeredDisk, seenByLvm } from "#test/engine/layout/layered-disk.ts";
import { FULL, stateOf } from "#test/engine/resize/volume-file.ts";
import { decrypt, encrypt, HEADER, type LuksOptions } from "#test/engine/volume/luks-volume.ts";
import { filesIn, sampleExt4 } from "#test/engine/volume/sample-content.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";

const MIB = 1 << 20;
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

interface Sample {
  readonly disk: string;
  readonly image: string;
  readonly hash: string;
  /** The encrypted volume, with its key beside it. */
  readonly volume: string;
  readonly unlock: readonly string[];
}

/** A disk whose second partition is encrypted, and an image of it by its used blocks. */
async function capture(name: string, plain: string, options: LuksOptions = {}): Promise<Sample> {
  const volume = encrypt(plain, space.path(`${name}.luks`), options);
  const disk = await layeredDisk(space.path(`${name}.img`), volume);
  const unlock = ["--unlock", `2=${volume}.key`];
  const image = space.path(`${name}.lbi`);
  await lifeboatJson("capture", disk, "--to", image, ...unlock);
  return { disk, image, hash: await sha256File(image), volume, unlock };
}

const restore = (image: string, target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("restore", image, "--to", target, "--yes-erase", target, ...more);
const planOf = (image: string, target: string, ...more: string[]) =>
  lifeboatJson<RestorePlan>("restore", image, "--to", target, "--dry-run", ...more);

/** The plain content of the second partition, by cryptsetup alone; the header is what it was. */
async function plainOf(target: string, { volume }: Sample, plan: RestorePlan): Promise<string> {
  const content = await contentOf(target, `${target}.content`);
  cpSync(`${volume}.key`, `${content}.key`);
  const dump = (file: string) => run("cryptsetup", "luksDump", file).replace(file, "");
  expect(dump(content)).toBe(dump(volume));
  const keyFile = ["--key-file", `${content}.key`];
  expect(check("cryptsetup", "luksOpen", "--test-passphrase", ...keyFile, content).status).toBe(0);
  const size = plan.layout?.partitions.find(({ number }) => number === 2)?.size ?? 0;
  return decrypt(content, size - HEADER);
}

describe("LVM in LUKS, as Debian's installer makes it", () => {
  let sample: Sample;
  let root: Record<string, unknown>;

  beforeAll(async () => {
    await using group = await VolumeGroup.make(space.folder, [64 * MIB]);
    await group.create("root", 48);
    await group.create("swap", 10);
    const plain = sampleExt4(space.path("root"), 48 * MIB, 4096);
    root = filesIn(plain);
    await group.fill("root", plain);
    const swap = emptyImage(space.path("swap"), 10 * MIB);
    run("mkswap", swap);
    await group.fill("swap", swap);
    sample = await capture("lvm", group.files[0] as string);
  });

  test.each(FULL ? ["shrink", "fill"] : ["shrink"])("with --layout %s every volume has its new size", async (how) => {
    const target = await noisyDisk(space.path(`lvm-${how}.img`), how === "fill" ? 140 * MIB : 62 * MIB);
    const options = ["--layout", how, ...sample.unlock];
    const plan = await planOf(sample.image, target, ...options);
    const inside = plan.layout?.partitions[1]?.inside ?? [];
    expect(inside.map(({ name }) => name)).toEqual(["unlocked", "unlocked > vg0/root", "unlocked > vg0/swap"]);
    expect((await restore(sample.image, target, ...options)).targetVerified).toBe(true);
    expect(await sha256File(sample.image)).toBe(sample.hash);
    // Of the files, which say so all over, nothing lies there in the clear.
    expect(await readFile(space.path("root"))).toSatisfy((bytes: Buffer) => bytes.includes(" at 4096;"));
    expect(await readFile(target)).toSatisfy((bytes: Buffer) => !bytes.includes(" at 4096;"));
    const seen = await seenByLvm(space.folder, await plainOf(target, sample, plan));
    for (const [name, volume] of Object.entries(seen.volumes))
      expect(volume.size).toBe(inside.find((one) => one.name.endsWith(name))?.size);
    const image = seen.files["root"] as string;
    expect(faultsOf("ext4", image)).toBe("");
    expect(filesIn(image)).toEqual(root);
    expect(blkid(seen.files["swap"] as string)).toEqual(blkid(space.path("swap")));
  });

  test("without the key it keeps its size, and the plan with one does not run without it", async () => {
    const target = await noisyDisk(space.path("locked.img"), 62 * MIB);
    const before = await sha256File(target);
    const to = [sample.image, "--to", target, "--yes-erase", target, "--layout", "shrink"];
    expect(await lifeboatError("restore", ...to)).toMatchObject({
      code: "LAYOUT_TOO_SMALL",
      text: expect.stringContaining("keeps its size: it is encrypted: with --unlock 2=KEYFILE"),
    });
    const wrong = space.path("wrong");
    run("cp", "/etc/hostname", wrong);
    expect((await lifeboatError("restore", ...to, "--unlock", `2=${wrong}`)).code).toBe("UNLOCK_FAILED");
    const plan = space.path("plan.json");
    const made = await planOf(sample.image, target, "--layout", "shrink", ...sample.unlock);
    expect(JSON.stringify(made)).not.toContain(".key");
    await writeFile(plan, JSON.stringify(made));
    const refused = await lifeboatError("run", plan, "--yes-erase", target);
    expect(refused).toMatchObject({ code: "UNLOCK_FAILED", text: expect.stringContaining("--unlock 2=KEYFILE") });
    expect(await sha256File(target)).toBe(before);
  });
});

const full = describe.skipIf(!FULL);

full("a file system directly in LUKS", () => {
  test.each([
    ["LUKS2, sectors of 4096", { sectorSize: 4096 }],
    ["LUKS1", { version: 1 }],
    ["LUKS1 with CBC", { version: 1, cipher: "aes-cbc-essiv:sha256", keySize: 256 }],
  ] as const)("%s: smaller and larger, from an image and from a disk", async (name, options) => {
    const plain = sampleExt4(space.path("plain"), 64 * MIB, 4096);
    const files = filesIn(plain);
    const sample = await capture(name.replaceAll(/\W/g, "-"), plain, options);
    for (const [size, how, from] of [
      [60, "shrink", "image"],
      [150, "fill", "image"],
      [64, "shrink", "disk"],
    ] as const) {
      const target = await noisyDisk(`${sample.image}.${size}`, size * MIB);
      const more = ["--layout", how, ...sample.unlock];
      const plan = await planOf(sample.image, target, ...more);
      if (from === "image") await restore(sample.image, target, ...more);
      else await lifeboatJson("clone", sample.disk, "--to", target, "--yes-erase", target, ...more);
      const after = await plainOf(target, sample, plan);
      expect(faultsOf("ext4", after)).toBe("");
      expect(filesIn(after)).toEqual(files);
      expect(plan.layout?.partitions[1]?.inside).toMatchObject([{ name: "unlocked", filesystem: "ext4" }]);
      await space.drop(target);
    }
    expect(await sha256File(sample.image)).toBe(sample.hash);
  });

  test("XFS that becomes smaller is made anew behind the same header", async () => {
    const plain = emptyImage(space.path("xfs"), 480 * MIB);
    makeFiles(space.path("xfs.files"), [1000, 70_000, 3_000_000]);
    run("mkfs.xfs", "-q", "-L", "data", plain);
    withMount(plain, "rw", (root) => run("cp", "-r", space.path("xfs.files"), root));
    const before = stateOf(plain);
    const sample = await capture("xfs", plain);
    const target = await noisyDisk(space.path("xfs.target"), 400 * MIB);
    const more = ["--layout", "shrink", ...sample.unlock];
    const plan = await planOf(sample.image, target, ...more);
    expect(plan.layout?.partitions[1]?.inside).toMatchObject([{ filesystem: "xfs", change: "remake" }]);
    await restore(sample.image, target, ...more);
    const after = await plainOf(target, sample, plan);
    expect(faultsOf("xfs", after)).toBe("");
    expect(stateOf(after)).toEqual(before);
  });
});
