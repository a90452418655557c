import { createHash, createHmac } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { MEDIUM_INFO_FILE, type MediumInfo, serialiseMediumInfo } from "#base/medium-info.ts";
import { bytesOfTree } from "#mediabuilder/usb/boot-tree.ts";
import { makeBiosGrub } from "#mediabuilder/usb/grub-core.ts";
import type { StickSystem } from "#mediabuilder/usb/stick-work.ts";

export interface SampleSystem {
  readonly system: StickSystem;
  readonly tree: string;
}

const KIB = 1 << 10;
/** In KiB: what a set is like, but for the sizes. */
const FILES: Readonly<Record<string, number>> = {
  "EFI/BOOT/BOOTX64.EFI": 930,
  "EFI/BOOT/grubx64.efi": 1200,
  "EFI/BOOT/mmx64.efi": 500,
  "boot/vmlinuz": 1501,
  "boot/initrd.img": 2003,
  "live/base.sqfs": 3000,
  "live/kiosk.sqfs": 1701,
  "live/lifeboat.sqfs": 377,
};

const menu = (version: string): string =>
  [
    `set timeout=3 # ${version}`,
    ...["base,kiosk,lifeboat", "base,lifeboat"].flatMap((layers) => [
      `menuentry "Lifeboat ${version}" {`,
      `  linux /boot/vmlinuz console=tty0 quiet lifeboat.layers=${layers}`,
      "  initrd /boot/initrd.img",
      "}",
    ]),
    "",
  ].join("\n");

/**
 * A rescue system as it is put on sticks: files that differ in every byte between versions, and the GRUB of this machine.
 * @param minor of the version 0.N.0; each is a month younger than the one before
 */
export async function sampleSystem(folder: string, minor: number): Promise<SampleSystem> {
  const tree = join(folder, `tree-${minor}`);
  const version = `0.${minor}.0`;
  const info: MediumInfo = {
    format: 1,
    id: createHash("sha256").update(version).digest("hex").slice(0, 16),
    version,
    packagesAt: new Date(Date.UTC(2026, minor, 1)).toISOString(),
  };
  for (const sub of ["EFI/BOOT", "boot/grub", "live", ".disk"]) await mkdir(join(tree, sub), { recursive: true });
  for (const [path, kib] of Object.entries(FILES))
    await writeFile(join(tree, path), noise(`${version} ${path}`, kib * KIB + minor));
  await writeFile(join(tree, ".disk/info"), "Lifeboat\n");
  await writeFile(join(tree, ".disk/lifeboat"), `${info.id}\n`);
  await writeFile(join(tree, MEDIUM_INFO_FILE), serialiseMediumInfo(info));
  await writeFile(join(tree, "boot/grub/grub.cfg"), menu(version));
  const grub = await makeBiosGrub("/", join(folder, `core-${minor}.img`));
  // Another version is another GRUB: here in one byte.
  const core = Buffer.from(grub.core);
  core[core.length - 1] = minor;
  return { tree, system: { info, bytes: await bytesOfTree(tree), grub: { boot: grub.boot, core } } };
}

function noise(seed: string, length: number): Buffer {
  const block = Buffer.alloc(64 * KIB);
  for (let at = 0, i = 0; at < block.length; at += 32, i++)
    createHmac("sha256", seed).update(String(i)).digest().copy(block, at);
  const out = Buffer.alloc(length);
  for (let at = 0, i = 0; at < length; at += block.length, i++) {
    block.writeUInt32LE(i, 0);
    block.copy(out, at);
  }
  return out;
}
