import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { check, emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatError, lifeboatJson, startLifeboat } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import {
  DEVICES,
  devicesFile,
  fill,
  groupsOf,
  grubCfg,
  keptFiles,
  type Names,
  partitionOf,
  readBack,
  rootFiles,
  twoPartitions,
  uuidOf,
} from "#test/engine/layout/named-system.ts";
import { decrypt, encrypt, HEADER, type LuksOptions } from "#test/engine/volume/luks-volume.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");
const MIB = 1 << 20;
const LUKS = "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01";

let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

interface System {
  readonly disk: string;
  readonly names: Names;
  /** Of what holds the group; undefined when it lies in the partition itself. */
  readonly key: string | undefined;
}

/** Root, swap and a striped volume in a group, perhaps in LUKS; /boot beside it. All call each other by all names. */
async function lvmSystem(name: string, luks?: LuksOptions): Promise<System> {
  const path = (file: string) => space.path(`${name}.${file}`);
  const files = { boot: path("boot"), root: path("root"), swap: path("swap") };
  run("mke2fs", "-q", "-t", "ext4", emptyImage(files.boot, 16 * MIB));
  run("mke2fs", "-q", "-t", "ext4", emptyImage(files.root, 40 * MIB));
  run("mkswap", "-q", emptyImage(files.swap, 8 * MIB));
  const folder = run("mktemp", "-d", path("XXXX")).trim();
  let pv: string;
  let names: Names;
  {
    await using group = await VolumeGroup.make(folder, [80 * MIB]);
    await group.create("swap", 8);
    await group.create("root", 20, [], [":0-3", ":10-60"]);
    await group.lvm("lvextend", "-l", "40", "vg0/root", `${group.device(0)}:40-70`);
    [pv] = group.files as [string];
    names = { ...(await namesOf(pv)), luks: LUKS, ...idsOf(files) };
    fill(files.root, { ...rootFiles(names), ...keptFiles(names), [DEVICES]: devicesFile(names) });
    fill(files.boot, { "grub/grub.cfg": grubCfg(names) });
    await group.fill("root", files.root);
    await group.fill("swap", files.swap);
  }
  const content = luks ? encrypt(pv, path("luks"), luks) : pv;
  if (luks) run("cryptsetup", "luksUUID", "-q", "--uuid", LUKS, content);
  const disk = await twoPartitions(path("disk"), files.boot, content);
  return { disk, names, key: luks && `${content}.key` };
}

const idsOf = (files: Readonly<Record<"boot" | "root" | "swap", string>>) => ({
  boot: uuidOf(files.boot),
  root: uuidOf(files.root),
  swap: uuidOf(files.swap),
});

async function namesOf(pv: string) {
  const folder = run("mktemp", "-d", space.path("names-XXXX")).trim(); // LVM's settings lie in it, a file for each group
  const [seen] = await groupsOf(folder, [pv]);
  if (!seen) throw new Error("LVM sees no group");
  return { group: seen.name, groupId: seen.id, pvId: seen.pvId, rootId: seen.volumes["root"]?.id ?? "" };
}

const clone = (source: string, target: string, ...more: string[]) =>
  lifeboatJson<RestoreReport>("clone", source, "--to", target, "--yes-erase", target, ...more);
const planOf = (source: string, target: string, ...more: string[]) =>
  lifeboatJson<RestorePlan>("clone", source, "--to", target, "--dry-run", ...more);

const sizeOf = (disk: string) => Number(run("stat", "-c", "%s", disk));

/** The physical volume on a disk, decrypted by cryptsetup where it is encrypted. */
async function pvOf(disk: string, key: string | undefined): Promise<string> {
  const content = await partitionOf(disk, 2, run("mktemp", space.path("pv-XXXX")).trim());
  if (key === undefined) return content;
  cpSync(key, `${content}.key`);
  return decrypt(content, sizeOf(content) - HEADER);
}

/** Everything on a disk, by the tools of others; both groups are attached at once. */
async function expectTwins({ disk, names: before, key }: System, target: string, luks: string): Promise<void> {
  const folder = run("mktemp", "-d", space.path("seen-XXXX")).trim();
  const pvs = [await pvOf(disk, key), await pvOf(target, key)] as const;
  const [old, now] = await groupsOf(folder, pvs);
  if (!old || !now) throw new Error("LVM sees no two groups");
  expect(old).toMatchObject({ name: "vg0", id: before.groupId, pvId: before.pvId });
  expect(now.name).toMatch(/^vg0_[0-9a-f]{4}$/);
  const ids = [old, now].flatMap(({ id, pvId, volumes }) => [id, pvId, ...Object.values(volumes).map((lv) => lv.id)]);
  expect(new Set(ids).size).toBe(8);
  const places = (one: typeof old) => Object.entries(one.volumes).map(([name, lv]) => [name, lv.places]);
  expect(places(now)).toEqual(places(old));
  const files = { boot: await partitionOf(target, 1, join(folder, "boot")), root: "", swap: "" };
  {
    await using group = await VolumeGroup.over(folder, [pvs[0]]);
    for (const name of ["root", "swap"] as const) files[name] = await group.extract(name, pvs[1], join(folder, name));
  }
  const after: Names = {
    ...{ luks, group: now.name, groupId: now.id, pvId: now.pvId, rootId: now.volumes["root"]?.id ?? "" },
    ...idsOf(files),
  };
  for (const key of ["boot", "root", "swap", "groupId", "pvId", "rootId"] as const)
    expect(after[key]).not.toBe(before[key]);
  expect(readBack(files.boot, ["grub/grub.cfg"])).toEqual({ "grub/grub.cfg": grubCfg(after) });
  // What names no volume of the group is nobody's name.
  const written = rootFiles(after);
  const fstab = written["etc/fstab"]?.replace(`/dev/${after.group}/swap2`, "/dev/vg0/swap2");
  const paths = [...Object.keys(written), ...Object.keys(keptFiles(before)), DEVICES, `${DEVICES}.before-copy`];
  expect(readBack(files.root, paths)).toEqual({
    ...written,
    "etc/fstab": fstab,
    ...keptFiles(before),
    [`${DEVICES}.before-copy`]: devicesFile(before),
  });
  for (const file of [files.boot, files.root])
    expect(check("e2fsck", "-f", "-n", file).output).toMatch(/non-contiguous/);
}

test("LVM: the copy's group has a name and UUIDs of its own, LVM sees two, and the system knows only its own", async () => {
  const system = await lvmSystem("plain");
  const { disk } = system;
  const hash = await sha256File(disk);
  const target = await noisyDisk(space.path("plain.copy"), sizeOf(disk));
  const plan = await planOf(disk, target);
  expect(await planOf(disk, target)).toMatchObject({ layout: { identity: plan.layout?.identity } });
  const [group] = plan.layout?.identity?.groups ?? [];
  expect(group).toMatchObject({ number: 2, from: "vg0", volumes: ["swap", "root"] });
  expect(group?.ids.length).toBe(4);
  expect(plan.operations.filter(({ op }) => op === "name-volume").map(({ text }) => text)).toEqual([
    expect.stringMatching(/^Give the ext4 of partition 1 the UUID/),
    expect.stringMatching(/^Give the swap of vg0\/swap in partition 2 the UUID/),
    expect.stringMatching(/^Give the ext4 of vg0\/root in partition 2 the UUID/),
    expect.stringMatching(/^Call the volume group vg0 of partition 2 vg0_[0-9a-f]{4}, with the UUID/),
    expect.stringMatching(/^Write \d+ new names/),
  ]);
  const { warnings } = await clone(disk, target);
  expect(warnings.map(({ text }) => text).join("\n")).toContain(
    "In vg0/root in partition 2 the new names are written: etc/fstab",
  );
  expect(await sha256File(disk)).toBe(hash);
  // Nothing of LUKS is there that could have changed.
  await expectTwins(system, target, LUKS);
});

full("LVM in LUKS2: with a key all of it, without one the header alone, and the plan says so", async () => {
  const system = await lvmSystem("luks", { version: 2 });
  const { disk, key } = system;
  const hash = await sha256File(disk);
  const target = await noisyDisk(space.path("luks.copy"), sizeOf(disk));
  const closed = await planOf(disk, target);
  expect(closed.warnings.filter(({ code }) => code === "TWIN_VOLUME").map(({ text }) => text)).toEqual([
    "What is in partition 2 keeps its identity: it is encrypted: with --unlock 2=KEYFILE it gets a new identity, too",
  ]);
  const report = await clone(disk, target);
  expect(report.warnings.length).toBeGreaterThan(0);
  const header = await partitionOf(target, 2, space.path("header"));
  const luks = uuidOf(header);
  expect(luks).not.toBe(LUKS);
  // The second header too, which is used where the first is damaged.
  run("dd", "if=/dev/zero", `of=${header}`, "bs=4096", "count=1", "conv=notrunc", "status=none");
  expect(run("cryptsetup", "luksDump", header)).toContain(luks);
  const boot = await partitionOf(target, 1, space.path("boot"));
  expect(readBack(boot, ["grub/grub.cfg"])["grub/grub.cfg"]).toContain(`cryptomount -u ${luks.replaceAll("-", "")}\n`);
  const same = { name: "vg0", id: system.names.groupId };
  expect(await groupsOf(space.folder, [await pvOf(target, key)])).toMatchObject([same]);

  const unlock = ["--unlock", `2=${key}`];
  await clone(disk, target, ...unlock);
  expect(await sha256File(disk)).toBe(hash);
  await expectTwins(system, target, uuidOf(await partitionOf(target, 2, space.path("header"))));
});

full("a plan that changes what is encrypted is refused without its key, before anything is written", async () => {
  const system = await lvmSystem("refused", { version: 2 });
  const target = await noisyDisk(space.path("refused.copy"), sizeOf(system.disk));
  const hash = await sha256File(target);
  const image = space.path("refused.lbi");
  const unlock = ["--unlock", `2=${system.key}`];
  await lifeboatJson("capture", system.disk, "--to", image, "--no-verify", ...unlock);
  const plan = space.path("plan.json");
  const made = await lifeboatJson("restore", image, "--to", target, "--dry-run", "--new-ids", ...unlock);
  writeFileSync(plan, JSON.stringify(made));
  const { code } = await lifeboatError("run", plan, "--yes-erase", target);
  expect(code).toBe("UNLOCK_FAILED");
  expect(await sha256File(target)).toBe(hash);
});

test("ext4 in LUKS1: header, file system, and what names both", async () => {
  const root = emptyImage(space.path("one.root"), 24 * MIB);
  run("mke2fs", "-q", "-t", "ext4", root);
  const boot = emptyImage(space.path("one.boot"), 8 * MIB);
  run("mke2fs", "-q", "-t", "ext4", boot);
  const id = uuidOf(root);
  const text = (luks: string, uuid: string) => ({
    "etc/crypttab": `c UUID=${luks} none luks\n`,
    "etc/fstab": `UUID=${uuid} / ext4 defaults 0 1\n/dev/mapper/c /x ext4 noauto 0 0\n`,
  });
  fill(root, text(LUKS, id));
  const luks = encrypt(root, space.path("one.luks"), { version: 1 });
  run("cryptsetup", "luksUUID", "-q", "--uuid", LUKS, luks);
  const disk = await twoPartitions(space.path("one.disk"), boot, luks);
  const target = await noisyDisk(space.path("one.copy"), sizeOf(disk));
  const hash = await sha256File(disk);
  await clone(disk, target, "--unlock", `2=${luks}.key`);
  expect(await sha256File(disk)).toBe(hash);
  const header = await partitionOf(target, 2, space.path("one.header"));
  expect(check("cryptsetup", "isLuks", "--type", "luks1", header).status).toBe(0);
  const to = uuidOf(header);
  expect(to).not.toBe(LUKS);
  const plain = await pvOf(target, `${luks}.key`);
  expect(uuidOf(plain)).not.toBe(id);
  expect(readBack(plain, ["etc/crypttab", "etc/fstab"])).toEqual(text(to, uuidOf(plain)));
});

full(
  "killed when the new names are being written, the same command begins at the source again, and ends as planned",
  async () => {
    const system = await lvmSystem("killed", { version: 2 });
    const { disk, key } = system;
    const target = await noisyDisk(space.path("killed.copy"), sizeOf(disk));
    const options = ["--to", target, "--yes-erase", target, "--unlock", `2=${key}`];
    const { child, result } = startLifeboat("clone", disk, ...options);
    let said = "";
    child.stderr?.on("data", (text: Buffer) => {
      said += text.toString();
      // All identities are given by then, and the first references.
      if (said.includes("the new names are written")) child.kill("SIGKILL");
    });
    expect((await result).status).toBeUndefined();
    // Nothing that finds a group or a file system by a table.
    expect(check("sfdisk", "--json", target).status).not.toBe(0);
    await clone(disk, target, "--unlock", `2=${key}`);
    await expectTwins(system, target, uuidOf(await partitionOf(target, 2, space.path("killed.header"))));
  },
);

full("a copy on a smaller disk: volumes are at other places, and the group is called otherwise too", async () => {
  const { disk, names } = await lvmSystem("smaller");
  const target = await noisyDisk(space.path("smaller.copy"), sizeOf(disk) - 30 * MIB);
  await clone(disk, target, "--layout", "shrink");
  const folder = run("mktemp", "-d", space.path("small-XXXX")).trim();
  const pvs = [await pvOf(disk, undefined), await pvOf(target, undefined)];
  const [old, now] = await groupsOf(folder, pvs);
  if (!old || !now) throw new Error("LVM sees no two groups");
  expect(now.name).not.toBe(old.name);
  expect(now.volumes["root"]?.places).not.toBe(old.volumes["root"]?.places);
  await using group = await VolumeGroup.over(folder, [pvs[1] as string]);
  const root = await group.extract("root", pvs[1] as string, join(folder, "root"), now.name);
  expect(check("e2fsck", "-f", "-n", root).status).toBe(0);
  expect(uuidOf(root)).not.toBe(names.root);
  expect(readBack(root, ["etc/crypttab", "etc/fstab"])["etc/fstab"]).toContain(`/dev/mapper/${now.name}-root / ext4`);
});

full("LUKS in LVM, whose description is there twice", async () => {
  const plain = emptyImage(space.path("deep.plain"), 24 * MIB);
  run("mke2fs", "-q", "-t", "ext4", plain);
  const luks = encrypt(plain, space.path("deep.luks"));
  const boot = emptyImage(space.path("deep.boot"), 8 * MIB);
  run("mke2fs", "-q", "-t", "ext4", boot);
  const folder = run("mktemp", "-d", space.path("deep-XXXX")).trim();
  {
    await using group = await VolumeGroup.make(folder, [64 * MIB], "--pvmetadatacopies", "2");
    await group.create("crypt", sizeOf(luks) / MIB);
    await group.fill("crypt", luks);
  }
  const disk = await twoPartitions(space.path("deep.disk"), boot, join(folder, "pv0"));
  const target = await noisyDisk(space.path("deep.copy"), sizeOf(disk));
  await clone(disk, target, "--unlock", `2=${luks}.key`);
  const pvs = [join(folder, "pv0"), await partitionOf(target, 2, space.path("deep.pv"))];
  const [old, now] = await groupsOf(folder, pvs);
  expect(now?.name).not.toBe(old?.name);
  await using group = await VolumeGroup.over(folder, [pvs[0] as string]);
  const inner = await group.extract("crypt", pvs[1] as string, space.path("deep.inner"));
  expect(uuidOf(inner)).not.toBe(uuidOf(luks));
  cpSync(`${luks}.key`, `${inner}.key`);
  expect(uuidOf(decrypt(inner, sizeOf(inner) - HEADER))).not.toBe(uuidOf(plain));
});

test("a group over several disks keeps its name, and the plan says why", async () => {
  const folder = run("mktemp", "-d", space.path("two-XXXX")).trim();
  {
    await using group = await VolumeGroup.make(folder, [32 * MIB, 32 * MIB]);
    await group.create("a", 8);
  }
  const boot = emptyImage(space.path("two.boot"), 8 * MIB);
  run("mke2fs", "-q", "-t", "ext4", boot);
  const disk = await twoPartitions(space.path("two.disk"), boot, join(folder, "pv0"));
  const target = emptyImage(space.path("two.copy"), sizeOf(disk));
  const plan = await planOf(disk, target);
  expect(plan.layout?.identity?.groups).toBeUndefined();
  expect(plan.warnings.filter(({ code }) => code === "TWIN_VOLUME").map(({ text }) => text)).toEqual([
    "What is in partition 2 keeps its identity: the LVM volume group vg0 lies on several disks, and the others would still name it as before",
  ]);
  await clone(disk, target);
  const [source, copy] = await Promise.all([disk, target].map((one, i) => partitionOf(one, 2, space.path(`two.${i}`))));
  expect(await sha256File(copy as string)).toBe(await sha256File(source as string));
  expect((await readPartitions(target)).length).toBe(2);
});
