import { readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { embedPlace } from "#imaging/boot/bios/embed-place.ts";
import { legacyCode } from "#imaging/boot/bios/legacy-code.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { changeFile, copyOf, emptyEsp, loseBiosCode, readFileOf, repair, zero } from "#test/engine/boot/broken-disk.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { debianDisk, type Fixture } from "#test/fixtures/debian-disk.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { findPartition, readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";

const MIB = 1 << 20;
const WRONG = "4c494645-0001-4000-8000-00000000dead";
let space: Workspace;
let fixture: Fixture;
beforeAll(async () => {
  space = await openWorkspace();
  fixture = await debianDisk();
});
afterAll(() => space[Symbol.asyncDispose]());

const broken = (name: string) => copyOf(fixture.disk, space.path(name));
const problems = ({ systems }: Awaited<ReturnType<typeof repair>>) => systems.flatMap((one) => one.problems);
const texts = (found: Awaited<ReturnType<typeof repair>>) => [
  ...found.systems.flatMap(({ steps }) => steps.map(({ text }) => text)),
  ...found.loaders.map(({ text }) => text),
  ...found.disk.map(({ text }) => text),
];

/** Whether two disks are the same in a range, to the bit. */
async function same(one: string, other: string, start: number, end: number): Promise<boolean> {
  const args = ["-s", "-i", String(start), "-n", String(end - start), one, other];
  return (await runTool("cmp", args, { accept: [0, 1] })).status === 0;
}

/** Any write to a file changes it; reading 4 GiB to see that would take longer than the test. */
const lastWrite = async (path: string): Promise<bigint> => (await stat(path, { bigint: true })).mtimeNs;

async function codeOf(path: string) {
  await using device = await openDevice(path);
  const table = await readPartitionTable(device);
  return { code: await legacyCode(device, embedPlace(device, table)), table };
}

describe("a disk whose legacy boot code is lost", () => {
  test("gets it back; its table, and all that is in no system, stays to the bit; a dry run only says so", async () => {
    const disk = await broken("bios.raw");
    const core = await findPartition(disk, fixture.partitions.biosBoot);
    await loseBiosCode(disk, core);
    const before = await lastWrite(disk);
    const planned = await repair(disk, { dryRun: true });
    expect(await lastWrite(disk)).toBe(before);
    expect((await codeOf(disk)).code).toBe("none");
    const found = await repair(disk);
    expect(problems(found)).toEqual([]);
    // To the length: the core image is of the system's own grub-mkimage in both.
    expect(planned.disk).toEqual(found.disk);
    expect((await codeOf(disk)).code).toBe("grub");
    const [esp, root] = await Promise.all([2, 3].map((number) => findPartition(disk, number)));
    if (!esp || !root) throw new Error("no partitions");
    const written = found.disk.find(({ offset }) => offset === core.offset);
    const coreEnd = core.offset + (written?.length ?? 0);
    for (const [start, end] of [
      [440, core.offset],
      [root.offset + root.size, 4096 * MIB],
    ] as const)
      expect(await same(disk, fixture.disk, start, end), `${start} to ${end}`).toBe(true);
    // Of the lost partition nothing but the image is there.
    const rest = space.path("zeros");
    await blankDisk(rest, core.size);
    const { stdout } = await runTool("cmp", [
      "-s",
      "-i",
      `${coreEnd}:0`,
      "-n",
      String(core.offset + core.size - coreEnd),
      disk,
      rest,
    ]);
    expect(stdout).toBe("");
    await checkDisk(disk);
    expect(texts(await repair(disk))).toEqual([]);
    await space.drop(disk);
  });
});

describe("GRUB's core image", () => {
  test("is made by the system's own program in a dry run too, so that plan and run agree", async () => {
    const disk = await broken("own.raw");
    const place = await findPartition(disk, fixture.partitions.root);
    {
      await using root = await mountRange(disk, "ext4", place, { readOnly: false });
      const program = join(root.path, "usr/bin/grub-mkimage");
      await rename(program, `${program}.real`);
      // One that this machine's does not do: it puts another module in.
      await writeFile(program, '#!/bin/sh\nexec /usr/bin/grub-mkimage.real "$@" echo\n', { mode: 0o755 });
    }
    const before = await lastWrite(disk);
    const planned = await repair(disk, { dryRun: true });
    expect(await lastWrite(disk)).toBe(before);
    const found = await repair(disk);
    expect(planned.disk).toEqual(found.disk);
    expect(found.disk.map(({ text }) => text)).toContain("Writes GRUB's core image into the BIOS boot partition 1");
    await space.drop(disk);
  });
});

describe("a disk whose EFI system partition is empty", () => {
  test("gets the loaders of its packages, and a line that leads to its menu", async () => {
    const disk = await broken("esp.raw");
    await emptyEsp(disk, fixture.partitions.esp);
    const found = await repair(disk);
    expect(problems(found)).toEqual([]);
    const { offset } = await findPartition(disk, fixture.partitions.esp);
    const { stdout } = await runTool("mdir", ["-i", `${disk}@@${offset}`, "-b", "-/", "::/EFI"]);
    const files = stdout.split("\n").flatMap((line) => (/\.\w+$/.test(line) ? [line.replace("::/EFI/", "")] : []));
    expect(files.sort()).toEqual([
      ...["BOOT/BOOTX64.EFI", "BOOT/grubx64.efi", "BOOT/mmx64.efi", "debian/BOOTX64.CSV", "debian/grub.cfg"],
      ...["debian/grubx64.efi", "debian/mmx64.efi", "debian/shimx64.efi"],
    ]);
    const stub = await runTool("mtype", ["-i", `${disk}@@${offset}`, "::/EFI/debian/grub.cfg"]);
    expect(stub.stdout).toContain("search.fs_uuid 4c494645-0001-4000-8000-000000000003 root");
    await checkDisk(disk);
    expect(texts(await repair(disk))).toEqual([]);
    await space.drop(disk);
  });
});

describe("GRUB's menu", () => {
  full("that names another UUID is corrected, and kept as it was", async () => {
    const disk = await broken("menu.raw");
    const right = await readFileOf(disk, 3, "boot/grub/grub.cfg");
    const wrong = right.replaceAll(/4c494645-[0-9a-f-]+/g, WRONG);
    await changeFile(disk, 3, "boot/grub/grub.cfg", () => wrong);
    expect(problems(await repair(disk))).toEqual([]);
    expect(await readFileOf(disk, 3, "boot/grub/grub.cfg")).toBe(right);
    const { offset, size } = await findPartition(disk, 3);
    {
      await using root = await mountRange(disk, "ext4", { offset, size }, { readOnly: true });
      const [time = ""] = await readdir(join(root.path, "var/lib/lifeboat"));
      expect(await readFile(join(root.path, "var/lib/lifeboat", time, "boot/grub/grub.cfg"), "utf8")).toBe(wrong);
    }
    await checkDisk(disk);
    await space.drop(disk);
  });
});

describe("a disk that is to start under other firmware", () => {
  full("gets the place of GRUB in front of its partitions", async () => {
    const disk = await broken("to-bios.raw");
    await loseBiosCode(disk, await findPartition(disk, 1));
    await runTool("sgdisk", ["--delete", "1", disk]);
    await repair(disk, { firmware: "bios" });
    const { code, table } = await codeOf(disk);
    expect(code).toBe("grub");
    expect(table.partitions.find(({ number }) => number === 1)).toMatchObject({ start: 34 * 512, size: 2014 * 512 });
    await checkDisk(disk);
    await space.drop(disk);
  });

  test("gets an EFI system partition with its loaders, and fstab names it", async () => {
    const disk = await broken("to-uefi.raw");
    const { offset, size } = await findPartition(disk, 2);
    await zero(disk, offset, size);
    await runTool("sgdisk", ["--delete", "2", disk]);
    await changeFile(disk, 3, "etc/fstab", (text) => text.replace(/^.*\/boot\/efi.*\n/m, ""));
    const found = await repair(disk, { firmware: "uefi" });
    expect(problems(found)).toEqual([]);
    const made = (await readPartitions(disk)).find(({ number }) => number === 2);
    expect(made).toMatchObject({ type: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B", filesystem: "vfat" });
    const uuid = (
      await runTool("blkid", ["--probe", "--offset", String(made?.offset), "-s", "UUID", "-o", "value", disk])
    ).stdout.trim();
    expect(await readFileOf(disk, 3, "etc/fstab")).toContain(`UUID=${uuid} /boot/efi vfat`);
    await checkDisk(disk);
    await space.drop(disk);
  });

  full("and has no room for it: that is said, and nothing is written", async () => {
    const disk = await broken("full.raw");
    await runTool("sgdisk", ["--typecode", "2:0700", disk]);
    const before = await lastWrite(disk);
    await expect(repair(disk, { firmware: "uefi" })).rejects.toMatchObject({ code: "BOOT_NO_PLACE" });
    expect(await lastWrite(disk)).toBe(before);
    await space.drop(disk);
  });
});

full("a GPT that was restored as an MBR, with an EFI system partition that it had not, starts under both", async () => {
  const source = await broken("source.raw");
  await runTool("sgdisk", ["--delete", "2", source]);
  const image = space.path("debian.lbi");
  await lifeboatJson("capture", source, "--to", image, "--no-verify");
  await space.drop(source);
  const wish = space.path("layout.json");
  await writeFile(wish, JSON.stringify({ mode: "keep", table: "mbr", add: [{ role: "esp" }, { role: "bios-grub" }] }));
  const disk = await blankDisk(space.path("mbr.raw"), 6000 * MIB);
  await lifeboatJson("restore", image, "--to", disk, "--yes-erase", disk, "--layout", wish, "--no-boot-repair");
  const esp = (await readPartitions(disk)).find(({ type }) => type === "ef");
  expect(esp).toMatchObject({ filesystem: "vfat", size: 512 * MIB });
  expect((await codeOf(disk)).code).toBe("none");
  expect(problems(await repair(disk, { firmware: "bios" }))).toEqual([]);
  expect(problems(await repair(disk, { firmware: "uefi" }))).toEqual([]);
  expect((await codeOf(disk)).code).toBe("grub");
  expect(await readFileOf(disk, 3, "etc/fstab")).toContain("/boot/efi vfat");
  await space.drop(disk);
});
