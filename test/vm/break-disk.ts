import { open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ESP, IDS, ROOT } from "../fixtures/debian/layout.ts";
import { attachLoop } from "../fixtures/loop-device.ts";
import { mountRange } from "../fixtures/mount-partition.ts";
import { runTool } from "../fixtures/run-tool.ts";

const WRONG = "deadbeef";

/** Ways in which a disk does not start any more, each done to a copy of the Debian fixture. */
export const BREAK = {
  "no boot code": async (disk) => {
    await using file = await open(disk, "r+");
    await file.write(Buffer.alloc(440), 0, 440, 0);
  },
  "empty ESP": async (disk) => {
    await runTool("mdeltree", ["-i", `${disk}@@${ESP.offset}`, "::/EFI"]);
  },
  "no fallback loader": async (disk) => {
    await runTool("mdeltree", ["-i", `${disk}@@${ESP.offset}`, "::/EFI/BOOT"]);
  },
  /** As a clone with new UUIDs that GRUB was not told of. */
  "new root UUID": async (disk) => {
    await using device = await attachLoop(disk, ROOT);
    await runTool("e2fsck", ["-fy", device.path], { accept: [0, 1] });
    await runTool("tune2fs", ["-U", IDS.root.replace("4c494645", WRONG), device.path]);
  },
  "wrong root in grub.cfg": (disk) =>
    changeRoot(disk, async (root) => {
      const config = join(root, "boot/grub/grub.cfg");
      const text = await readFile(config, "utf8");
      await writeFile(config, text.replace("root=UUID=4c494645", `root=UUID=${WRONG}`));
    }),
  "no kernel": (disk) => changeRoot(disk, (root) => removeFrom(join(root, "boot"), "vmlinuz-")),
  "no initramfs": (disk) => changeRoot(disk, (root) => removeFrom(join(root, "boot"), "initrd.img-")),
  /** Made for a machine with NVMe alone. */
  "NVMe drivers only": (disk) =>
    changeRoot(disk, async (root) => {
      await writeFile(join(root, "etc/initramfs-tools/conf.d/list"), "MODULES=list\n");
      await writeFile(join(root, "etc/initramfs-tools/modules"), "ext4\nnvme\n");
      const path = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
      await runTool("chroot", [root, "env", path, "update-initramfs", "-u"]);
    }),
  "unknown file system in fstab": (disk) =>
    changeRoot(disk, async (root) => {
      const fstab = join(root, "etc/fstab");
      const line = `UUID=${WRONG}-0001-4000-8000-000000000099 /srv ext4 defaults,x-systemd.device-timeout=10s 0 2\n`;
      await writeFile(fstab, (await readFile(fstab, "utf8")) + line);
    }),
} as const satisfies Readonly<Record<string, (disk: string) => Promise<void>>>;

export type Breakage = keyof typeof BREAK;

/** A copy of a disk, broken in that way. */
export async function brokenCopy(disk: string, how: Breakage, target: string): Promise<string> {
  await runTool("cp", ["--sparse=always", "--reflink=auto", disk, target]);
  await BREAK[how](target);
  return target;
}

async function changeRoot(disk: string, change: (root: string) => Promise<void>): Promise<void> {
  await using root = await mountRange(disk, "ext4", ROOT, { readOnly: false });
  await change(root.path);
}

async function removeFrom(folder: string, start: string): Promise<void> {
  for (const name of await readdir(folder)) if (name.startsWith(start)) await rm(join(folder, name));
}
