import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Firmware } from "#imaging/prove/qemu/options.ts";
import { repair } from "../engine/boot/broken-disk.ts";
import { withMount } from "../engine/filesystem/mounted-volume.ts";
import { emptyImage, run } from "../engine/filesystem/volume-image.ts";
import { blankDisk, openWorkspace, type Workspace } from "../engine/image/workspace.ts";
import { VolumeGroup } from "../engine/volume/volume-group.ts";
import { readPartitions } from "../fixtures/partitions.ts";
import { runTool } from "../fixtures/run-tool.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { scope } from "./scope.ts";

/** GRUB alone, of every kind of place that it can lie in: its menu says that it was reached, and no kernel is started. */
const MIB = 1 << 20;
const ROOT = "11111111-0000-4000-8000-000000000001";
const BOOT = "11111111-0000-4000-8000-000000000002";
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

/** Each of its first commands is a module of its own, beside the menu. @param boot UUID of the volume with the kernels */
const menu = (boot: string, kernel: string, root: string) => `serial --unit=0 --speed=115200
terminal_output serial
echo "GRUB-UP on $grub_platform at $prefix"
halt
menuentry 'x' {
  search --fs-uuid --set=root ${boot}
  linux ${kernel} root=${root} ro
}
`;

async function files(name: string, all: Readonly<Record<string, string>>): Promise<string> {
  const folder = space.path(`${name}.files`);
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

const system = (fstab: string) => ({
  ...{ "etc/fstab": fstab, "etc/os-release": 'ID=some\nPRETTY_NAME="Some Linux"\n', "usr/bin/x": "" },
});
const fromRoot = (root = `UUID=${ROOT}`, top = "") => ({
  ...{ "boot/vmlinuz-1": "kernel", "boot/grub/grub.cfg": menu(ROOT, `${top}/boot/vmlinuz-1`, root) },
});

/** What is in the partitions of a disk, in their order. */
interface Parts {
  readonly table: "gpt" | "dos";
  readonly images: readonly { readonly path: string; readonly size: number; readonly type?: string }[];
}

const ext4 = async (name: string, uuid: string, content: string): Promise<string> => {
  const image = emptyImage(space.path(name), 60 * MIB);
  run("mke2fs", "-q", "-F", "-t", "ext4", "-U", uuid, "-d", content, image);
  return image;
};

async function plainRoot(table: "gpt" | "dos"): Promise<Parts> {
  const content = await files("plain", { ...system(`UUID=${ROOT} / ext4 defaults 0 1\n`), ...fromRoot() });
  return { table, images: [{ path: await ext4("plain", ROOT, content), size: 60 }] };
}

async function subvolume(): Promise<Parts> {
  const content = await files("pool", {
    ...system(`UUID=${ROOT} / btrfs subvol=@rootfs 0 0\n`),
    ...fromRoot(`UUID=${ROOT} rootflags=subvol=@rootfs`, "/@rootfs"),
  });
  const image = emptyImage(space.path("btrfs"), 130 * MIB);
  run("mkfs.btrfs", "-q", "-U", ROOT, image);
  withMount(image, "rw", (folder) => {
    run("btrfs", "-q", "subvolume", "create", join(folder, "@rootfs"));
    run("cp", "-r", `${content}/.`, join(folder, "@rootfs"));
  });
  return { table: "gpt", images: [{ path: image, size: 130 }] };
}

async function separateBoot(): Promise<Parts> {
  const fstab = `UUID=${ROOT} / ext4 defaults 0 1\nUUID=${BOOT} /boot xfs defaults 0 2\n`;
  const root = await ext4("top", ROOT, await files("top", { ...system(fstab), "boot/.keep": "" }));
  const boot = emptyImage(space.path("xfs"), 320 * MIB);
  run("mkfs.xfs", "-q", "-m", `uuid=${BOOT}`, boot);
  const content = await files("xfs", {
    ...{ "vmlinuz-1": "kernel", "grub/grub.cfg": menu(BOOT, "/vmlinuz-1", `UUID=${ROOT}`) },
  });
  withMount(boot, "rw", (folder) => run("cp", "-r", `${content}/.`, folder));
  return {
    table: "gpt",
    images: [
      { path: root, size: 60 },
      { path: boot, size: 320 },
    ],
  };
}

async function inGroup(): Promise<Parts> {
  const group = await VolumeGroup.make(space.folder, [100 * MIB]);
  await using _ = group;
  await group.create("my-root", 60);
  const content = await files("lvm", {
    ...system("/dev/mapper/vg0-my--root / ext4 defaults 0 1\n"),
    ...fromRoot("/dev/mapper/vg0-my--root"),
  });
  const image = await ext4("lvm", ROOT, content);
  for (const { start, end, from, pv } of await group.pieces("my-root")) {
    const place = [`skip=${from}`, `seek=${start}`, `count=${end - start}`, "iflag=skip_bytes,count_bytes"];
    run("dd", `if=${image}`, `of=${pv}`, ...place, "oflag=seek_bytes", "conv=notrunc", "bs=1M", "status=none");
  }
  return { table: "dos", images: [{ path: group.files[0] as string, size: 100, type: "8e" }] };
}

async function withEsp(): Promise<Parts> {
  const esp = emptyImage(space.path("esp"), 60 * MIB);
  run("mkfs.vfat", "-F", "32", "-i", "ABCD0001", esp);
  const { images } = await plainRoot("gpt");
  return { table: "gpt", images: [{ path: esp, size: 60, type: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B" }, ...images] };
}

async function diskOf({ table, images }: Parts): Promise<string> {
  const total = images.reduce((sum, { size }) => sum + size, 4);
  const disk = await blankDisk(space.path("disk.raw"), total * MIB);
  const lines = images.map(({ size, type }) => `size=${size}MiB${type === undefined ? "" : `, type=${type}`}`);
  await runTool("sfdisk", ["--quiet", "--no-reread", disk], { input: `label: ${table}\n${lines.join("\n")}\n` });
  for (const [i, { offset }] of (await readPartitions(disk)).entries()) {
    const args = [`if=${images[i]?.path}`, `of=${disk}`, `seek=${offset}`, "oflag=seek_bytes"];
    run("dd", ...args, "conv=notrunc,sparse", "bs=1M", "status=none");
  }
  return disk;
}

const CASES = [
  ["in a subvolume of btrfs, on a GPT", subvolume, "bios", "/@rootfs/boot/grub"],
  ["on ext4, on an MBR", () => plainRoot("dos"), "bios", "/boot/grub"],
  ["in LVM, on an MBR", inGroup, "bios", "/boot/grub"],
  ["on an XFS of its own, on a GPT", separateBoot, "bios", "/grub"],
  ["on ext4, built for UEFI", withEsp, "uefi", "/boot/grub"],
] as const;

describe("GRUB of this machine, for a system that has none", () => {
  it.each(scope({ sample: CASES.slice(0, 1), all: CASES }))(
    "%s, reaches its menu",
    async (_what, make, firmware: Firmware, prefix) => {
      const disk = await diskOf(await make());
      const found = await repair(disk, { firmware: firmware === "bios" ? "bios" : "uefi" });
      expect(found.systems.flatMap(({ problems }) => problems)).toEqual([]);
      const disks = [{ file: disk, format: "raw", bus: "ahci", overlay: true } as const];
      await withVm({ name: "grub", firmware, memoryMiB: 256, disks }, async (vm) => {
        const [, platform, at = ""] = await vm.waitForSerial(/GRUB-UP on (\w+) at (\S+)\s/, { timeout: 60 });
        expect(platform).toBe(firmware === "bios" ? "pc" : "efi");
        expect(at.replace(/^\(.*\)/, "")).toBe(prefix);
      });
      expect((await repair(disk, { firmware: firmware === "bios" ? "bios" : "uefi" })).disk).toEqual([]);
      await space.drop(disk);
    },
  );
});
