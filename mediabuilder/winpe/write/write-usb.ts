import { open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { embedGrub } from "#imaging/boot/bios/embed-grub.ts";
import { applyDiskChanges } from "#imaging/boot/disk-change.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { chs, type MbrEntry, mbr, withMbrEntry } from "#imaging/disk/mbr.ts";
import { say } from "#imaging/words/say.ts";
import { SOURCE_DATE_EPOCH } from "../../recipe.ts";
import { runTool } from "../../tool.ts";
import type { Firmware } from "./boot-stores.ts";
import { fillMediumTree, type MediumParts } from "./medium-tree.ts";

const SECTOR = 512;
const MIB = 1 << 20;
const START = MIB;
/** Of a FAT file system: its tables, and room for a log or two. */
const EXTRA = 32 * MIB;
/** FAT32 begins at 65525 clusters; some firmware reads no smaller one of it ("Microsoft FAT Specification", 3.5). */
const LEAST = 300 * MIB;
const FAT32_LBA = 0x0c;
const ACTIVE = 0x80;
/** By it a file is known for an image of ours that may be replaced: "LBPE". */
export const USB_SIGNATURE = 0x4550424c;
const VOLUME_SERIAL = "1FEB0A71";
const GRUB = "/usr/lib/grub/i386-pc";
const GRUB_MODULES = ["biosdisk", "part_msdos", "fat", "ntldr"];

/**
 * An image of a stick: an MBR with one active FAT32 partition, which UEFI starts by \EFI\BOOT\BOOTX64.EFI, and a BIOS by GRUB in
 * front of the partition, which starts bootmgr. Microsoft's own boot sectors are nowhere to be had but from a running Windows.
 * @throws TOOL_FAILED, TOOL_MISSING, BOOT_GAP_TOO_SMALL
 */
export async function writeUsb(
  out: string,
  parts: MediumParts,
  firmware: readonly Firmware[],
  scratch: string,
): Promise<void> {
  const tree = join(scratch, "usb-tree");
  await fillMediumTree(tree, parts, firmware);
  const bytes = await sizeOf(tree);
  const size = Math.max(LEAST, Math.ceil((bytes * 1.01 + EXTRA) / MIB) * MIB);
  await writeFile(out, "");
  await using file = await open(out, "r+");
  await file.truncate(START + size);
  await file.write(partitionTable(size), 0, SECTOR, 0);
  await makeFat(out, size, tree);
  if (firmware.includes("bios")) await embed(out, START, scratch);
  await file.sync();
  await rm(tree, { recursive: true });
}

function partitionTable(size: number): Uint8Array {
  const startLba = START / SECTOR;
  const sizeLba = size / SECTOR;
  const entry: MbrEntry = {
    ...{ bootIndicator: ACTIVE, type: FAT32_LBA, startLba, sizeLba },
    ...{ startChs: chs(startLba), endChs: chs(startLba + sizeLba - 1) },
  };
  const sector = withMbrEntry(new Uint8Array(SECTOR), 0, entry);
  const { diskSignature } = mbr.fields;
  diskSignature.write(new DataView(sector.buffer), diskSignature.at, USB_SIGNATURE);
  return sector;
}

async function makeFat(out: string, size: number, tree: string): Promise<void> {
  const env = { SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH), MTOOLS_SKIP_CHECK: "1" };
  const place = ["--offset", String(START / SECTOR), "-h", String(START / SECTOR), out, String(size / 1024)];
  await runTool("mkfs.vfat", ["--invariant", "-F", "32", "-n", "LIFEBOAT_PE", "-i", VOLUME_SERIAL, ...place], {
    purpose: "make the file system of the stick",
    env,
  });
  const entries = (await readdir(tree)).sort().map((name) => join(tree, name));
  await runTool("mcopy", ["-s", "-m", "-i", `${out}@@${START}`, ...entries, "::"], { purpose: "fill the stick", env });
}

async function embed(out: string, end: number, scratch: string): Promise<void> {
  const [config, core] = [join(scratch, "usb-early.cfg"), join(scratch, "usb-core.img")];
  // The drive is the one that GRUB was started from: its root needs no search.
  await writeFile(config, "ntldr /bootmgr\nboot\n");
  const image = ["--format", "i386-pc", "--directory", GRUB, "--prefix", "(,msdos1)/", "--config", config];
  await runTool("grub-mkimage", [...image, "--output", core, ...GRUB_MODULES], {
    purpose: "make the stick start under BIOS",
  });
  const grub = { boot: await readFile(join(GRUB, "boot.img")), core: await readFile(core) };
  await using device = await openDevice(out, { write: true, sectorSize: SECTOR });
  const place = { start: SECTOR, end, where: say("boot.mbr-gap") };
  await applyDiskChanges(device, await embedGrub(device, place, grub));
}

async function sizeOf(tree: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(tree, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  return bytes;
}
