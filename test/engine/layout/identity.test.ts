import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { withProgram } from "#test/engine/explore/rich-volumes.ts";
import { withMount } from "#test/engine/filesystem/mounted-volume.ts";
import { check, emptyImage, hashTree, run } from "#test/engine/filesystem/volume-image.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { type Partition, readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const MIB = 1 << 20;

let space: Workspace;
let source: string;
let outside: string;
/** Of the source's FAT. */
let serial: string;
beforeAll(async () => {
  space = await openWorkspace();
  outside = space.path("outside");
  source = await makeSystem(space.path("source.img"));
});
afterAll(() => space[Symbol.asyncDispose]());

const TABLE = `label: gpt
size=40MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
size=60MiB
size=320MiB
size=160MiB
size=20MiB, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
size=30MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
`;
const MAKERS: readonly (readonly [string, ...string[]])[] = [
  ["mkfs.fat"],
  ["mke2fs", "-q", "-F", "-t", "ext4"],
  ["mkfs.xfs", "-q"],
  ["mkfs.btrfs", "-q"],
  ["mkswap", "-q"],
  ["mkntfs", "-q", "-F", "-Q"],
];

/** A system whose parts call each other by every kind of name. */
async function makeSystem(path: string): Promise<string> {
  await blankDisk(path, 640 * MIB);
  await runTool("sfdisk", ["--quiet", path], { input: TABLE });
  const partitions = await readPartitions(path);
  for (const [i, { offset, size }] of partitions.entries()) {
    const volume = emptyImage(`${path}.volume`, size);
    const [tool, ...args] = MAKERS[i] as (typeof MAKERS)[number];
    run(tool, ...args, volume);
    run(
      "dd",
      `if=${volume}`,
      `of=${path}`,
      `seek=${offset}`,
      "oflag=seek_bytes",
      "bs=1M",
      "conv=notrunc,sparse",
      "status=none",
    );
    run("rm", volume);
  }
  const ids = await idsOf(path);
  serial = ids[0]?.uuid ?? "";
  const text = fstab(ids);
  await inVolume(path, 2, (root) => {
    mkdirSync(join(root, "etc/default"), { recursive: true });
    mkdirSync(join(root, "boot/grub"), { recursive: true });
    mkdirSync(join(root, "boot/loader/entries"), { recursive: true });
    writeFileSync(join(root, "etc/fstab"), text);
    writeFileSync(join(root, "etc/default/grub"), `GRUB_CMDLINE_LINUX="resume=UUID=${ids[4]?.uuid}"\n`, {
      mode: 0o640,
    });
    writeFileSync(join(root, "boot/grub/grub.cfg"), `search --fs-uuid --set=root ${ids[1]?.uuid}\n`.repeat(300));
    writeFileSync(
      join(root, "boot/loader/entries/a.conf"),
      `options root=PARTUUID=${ids[1]?.partUuid.toUpperCase()}\n`,
    );
    writeFileSync(join(root, "etc/other"), text); // no place where systems look
    // Out of the volume, into this system.
    mkdirSync(outside);
    writeFileSync(join(outside, "grub.cfg"), text);
    symlinkSync(outside, join(root, "boot/grub2"));
    symlinkSync(join(outside, "grub.cfg"), join(root, "etc/crypttab"));
  });
  await inVolume(path, 4, (root) => {
    run("btrfs", "subvolume", "create", join(root, "@"));
    mkdirSync(join(root, "@/etc"));
    writeFileSync(join(root, "@/etc/fstab"), text);
  });
  const grub = space.path("grub.cfg");
  writeFileSync(grub, `search.fs_uuid ${ids[1]?.uuid} root\n`);
  const esp = `${path}@@${partitions[0]?.offset}`;
  run("mmd", "-i", esp, "::/EFI", "::/EFI/debian");
  run("mcopy", "-i", esp, grub, "::/EFI/debian/grub.cfg");
  return path;
}

const fstab = (ids: readonly Ids[]): string =>
  [
    `UUID=${ids[1]?.uuid} / ext4 defaults 0 1`,
    `UUID=${ids[0]?.uuid} /boot/efi vfat umask=0077 0 1`,
    `/dev/disk/by-partuuid/${ids[2]?.partUuid} /data xfs defaults 0 0`,
    `UUID="${ids[3]?.uuid}" /home btrfs subvol=@ 0 0`,
    `UUID=${ids[4]?.uuid} none swap sw 0 0`,
    `UUID=${ids[5]?.uuid} /windows ntfs ro 0 0`,
    // A FAT's serial number inside of a UUID is none.
    `UUID=1111${serial}-3333-4444-555555555555 /usb ext4 noauto 0 0`,
    "",
  ].join("\n");

interface Ids {
  readonly uuid: string;
  readonly partUuid: string;
}

async function idsOf(disk: string): Promise<Ids[]> {
  const table = JSON.parse((await runTool("sfdisk", ["--json", disk])).stdout) as {
    partitiontable: { partitions: { uuid: string }[] };
  };
  const partitions = await readPartitions(disk);
  return partitions.map(({ offset, size }, i) => ({
    uuid: run(
      "blkid",
      "--probe",
      "--offset",
      `${offset}`,
      "--size",
      `${size}`,
      "-s",
      "UUID",
      "-o",
      "value",
      disk,
    ).trim(),
    partUuid: (table.partitiontable.partitions[i]?.uuid ?? "").toLowerCase(),
  }));
}

/** Mounts a copy, and puts it back when it was changed. */
async function inVolume<T>(disk: string, number: number, use: (root: string) => T, options = "rw"): Promise<T> {
  const { offset, size } = (await readPartitions(disk)).find((one) => one.number === number) as Partition;
  const volume = emptyImage(`${disk}.part`, size);
  const copy = ["iflag=skip_bytes,count_bytes", "bs=1M", "conv=notrunc,sparse", "status=none"];
  run("dd", `if=${disk}`, `of=${volume}`, `skip=${offset}`, `count=${size}`, ...copy);
  try {
    if (number === 6) return withProgram("ntfs-3g", options, volume, use);
    return withMount(volume, options, use);
  } finally {
    if (options === "rw")
      run(
        "dd",
        `if=${volume}`,
        `of=${disk}`,
        `seek=${offset}`,
        "oflag=seek_bytes",
        "bs=1M",
        "conv=notrunc",
        "status=none",
      );
    run("rm", volume);
  }
}

const CHECKS: readonly (readonly [string, ...string[]])[] = [
  ["fsck.fat", "-n"],
  ["e2fsck", "-f", "-n"],
  ["xfs_repair", "-n", "-f"],
  ["btrfs", "check"],
  ["true"],
  ["ntfsresize", "--info", "--force", "--no-progress-bar"],
];

async function expectSound(disk: string): Promise<void> {
  for (const { number, offset, size } of await readPartitions(disk)) {
    const volume = emptyImage(`${disk}.part`, size);
    run(
      "dd",
      `if=${disk}`,
      `of=${volume}`,
      `skip=${offset}`,
      `count=${size}`,
      "iflag=skip_bytes,count_bytes",
      "bs=1M",
      "conv=notrunc,sparse",
      "status=none",
    );
    const [tool, ...args] = CHECKS[number - 1] as (typeof CHECKS)[number];
    const { status, output } = check(tool, ...args, volume);
    expect(status, output).toBe(0);
    run("rm", volume);
  }
}

test("a clone has names of its own, and its system knows only these; the source is untouched", async () => {
  const hash = await sha256File(source);
  const before = await idsOf(source);
  const target = await blankDisk(space.path("clone.img"), 640 * MIB);
  const plan = await lifeboatJson<RestorePlan>("clone", source, "--to", target, "--dry-run");
  expect(plan.operations.filter(({ op }) => op === "name-volume").length).toBe(7);
  const report = await lifeboatJson<RestoreReport>("clone", source, "--to", target, "--yes-erase", target);
  expect(await sha256File(source)).toBe(hash);
  const after = await idsOf(target);
  for (const [i, { uuid, partUuid }] of after.entries()) {
    expect(before.map((one) => one.uuid)).not.toContain(uuid);
    expect(before.map((one) => one.partUuid)).not.toContain(partUuid);
    expect(uuid.length).toBe(before[i]?.uuid.length);
  }
  await expectSound(target);
  const kept = await inVolume(source, 2, hashTree, "ro");
  const [etc, others] = await inVolume(
    target,
    2,
    (root) => {
      const read = (path: string) => readFileSync(join(root, path), "utf8");
      expect(read("etc/fstab")).toBe(fstab(after));
      expect(read("etc/default/grub")).toContain(`resume=UUID=${after[4]?.uuid}`);
      expect(read("boot/grub/grub.cfg")).toBe(`search --fs-uuid --set=root ${after[1]?.uuid}\n`.repeat(300));
      expect(read("boot/loader/entries/a.conf").toLowerCase()).toContain(after[1]?.partUuid);
      expect(run("stat", "-c", "%a", join(root, "etc/default/grub")).trim()).toBe("640");
      return [read("etc/other"), hashTree(root)];
    },
    "ro",
  );
  expect(etc).toBe(fstab(before));
  const changed = Object.keys(kept).filter((path) => kept[path] !== others[path]);
  expect(changed.toSorted()).toEqual([
    "boot/grub/grub.cfg",
    "boot/loader/entries/a.conf",
    "etc/default/grub",
    "etc/fstab",
  ]);
  expect(Object.keys(others).toSorted()).toEqual(Object.keys(kept).toSorted());
  expect(await inVolume(target, 4, (root) => readFileSync(join(root, "@/etc/fstab"), "utf8"), "ro")).toBe(fstab(after));
  const esp = `${target}@@${(await readPartitions(target))[0]?.offset}`;
  expect(run("mtype", "-i", esp, "::/EFI/debian/grub.cfg")).toBe(`search.fs_uuid ${after[1]?.uuid} root\n`);
  expect(readFileSync(join(outside, "grub.cfg"), "utf8")).toBe(fstab(before));
  expect(report.warnings.map(({ code }) => code)).toContain("REFERENCES_CHANGED");
});

full("a copy that takes the place of its source keeps all names, and the plan says what that means", async () => {
  const target = await blankDisk(space.path("twin.img"), 640 * MIB);
  const ask = ["clone", source, "--to", target, "--keep-ids"];
  const plan = await lifeboatJson<RestorePlan>(...ask, "--dry-run");
  expect(plan.warnings.map(({ code }) => code)).toContain("TWIN_DISK");
  await lifeboatJson(...ask, "--yes-erase", target);
  expect(await idsOf(target)).toEqual(await idsOf(source));
});

test("--system takes what the system mounts of itself, its swap space and what starts it, and leaves the rest", async () => {
  const target = await blankDisk(space.path("system.img"), 640 * MIB);
  const plan = await lifeboatJson<RestorePlan>("clone", source, "--to", target, "--system", "--dry-run");
  // Not /data (3), /windows (6); /home is in a subvolume that is called "@" and has an fstab of its own.
  expect(plan.layout?.partitions.map((one) => one.source)).toEqual([1, 2, 4, 5]);
  expect(plan.warnings.filter(({ code }) => code === "PARTITION_NOT_RESTORED").length).toBe(2);
});
