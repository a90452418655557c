import { createHash } from "node:crypto";
import { mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/**
 * What a computer would start from a stick, found as firmware and GRUB find it and by nothing of ours: sfdisk for the table, mtools for the
 * files, the menu read line by line, and GRUB's own drivers for all that it names.
 */
export interface FirmwareView {
  /** SHA-256 of each file on the boot partition, by its path. */
  readonly files: ReadonlyMap<string, string>;
  /** The core image that sector 0 leads to; undefined where there is no boot code. */
  readonly core: Buffer | undefined;
}

export interface TableRow {
  readonly number: number;
  /** Bytes. */
  readonly start: number;
  readonly size: number;
  readonly type: string;
  readonly name: string;
}

/** @throws when there is no GPT */
export async function readTable(file: string, sectorSize: number): Promise<TableRow[]> {
  // A file has sectors of 512 bytes to sfdisk.
  await using loop = sectorSize === 512 ? undefined : await attachLoop(file, { sectorSize: 4096, readOnly: true });
  const { stdout } = await runTool("sfdisk", ["--json", loop?.path ?? file]);
  const { partitiontable } = JSON.parse(stdout) as {
    partitiontable: { label: string; partitions: { start: number; size: number; type: string; name: string }[] };
  };
  if (partitiontable.label !== "gpt") throw new Error(`the table is ${partitiontable.label}`);
  return partitiontable.partitions.map(({ start, size, type, name }, i) => ({
    ...{ number: i + 1, type: type.toLowerCase(), name },
    ...{ start: start * sectorSize, size: size * sectorSize },
  }));
}

const EFI_SYSTEM = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

/** @throws when firmware would find no way to a menu, the menu names what is not there, or GRUB reads something else */
export async function firmwareView(file: string, sectorSize = 512): Promise<FirmwareView> {
  const boot = (await readTable(file, sectorSize)).find(({ type }) => type === EFI_SYSTEM);
  if (!boot) throw new Error("there is no EFI system partition");
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-firmware-"));
  try {
    await runTool("env", ["MTOOLS_SKIP_CHECK=1", "mcopy", "-s", "-n", "-i", `${file}@@${boot.start}`, "::/*", folder]);
    const files = new Map<string, string>();
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      files.set(
        path.slice(folder.length + 1),
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex"),
      );
    }
    const menu = await readFile(join(folder, "boot/grub/grub.cfg"), "utf8");
    const needed = new Set(["EFI/BOOT/BOOTX64.EFI", "EFI/BOOT/grubx64.efi", "boot/grub/grub.cfg", ...namedIn(menu)]);
    const missing = [...needed].filter((path) => !files.has(path));
    if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);
    // grub-fstest knows no disks with other sectors.
    if (sectorSize === 512) await readByGrub(file, boot.number, folder, needed);
    return { files, core: await coreOf(file) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** GRUB's drivers for GPT and FAT read the same bytes as mtools did into a folder. */
async function readByGrub(file: string, partition: number, folder: string, paths: Iterable<string>): Promise<void> {
  for (const path of paths) {
    const { stdout } = await runTool("grub-fstest", [file, "crc", `(loop0,gpt${partition})/${path}`]);
    const sum = crc32(await readFile(join(folder, path)));
    if (Number.parseInt(stdout, 16) !== sum) throw new Error(`GRUB reads another ${path}`);
  }
}

/** What the menu loads, and the layers that the initramfs then looks for. */
function namedIn(menu: string): string[] {
  const loaded = [...menu.matchAll(/^\s*(?:linux|initrd)\s+\/(\S+)/gm)].map(([, path]) => path as string);
  if (loaded.length < 2) throw new Error("the menu loads nothing");
  const layers = [...menu.matchAll(/lifeboat\.layers=(\S+)/g)].flatMap(([, names]) => (names as string).split(","));
  return [...loaded, ...layers.map((name) => `live/${name}.sqfs`)];
}

/** GRUB's boot.img: at 0x5C the sector of the core image, whose first sector says at 0x1F4 and 0x1FC where and how long the rest is. */
async function coreOf(file: string): Promise<Buffer | undefined> {
  await using disk = await open(file);
  const sector = Buffer.alloc(512);
  await disk.read(sector, 0, 512, 0);
  if (sector.toString("latin1", 0x180, 0x184) !== "GRUB") return undefined;
  const at = Number(sector.readBigUInt64LE(0x5c)) * 512;
  const first = Buffer.alloc(512);
  await disk.read(first, 0, 512, at);
  const rest = Number(first.readBigUInt64LE(0x1f4)) * 512;
  if (rest !== at + 512) throw new Error(`the core image at ${at} goes on at ${rest}`);
  const core = Buffer.alloc(512 + first.readUInt16LE(0x1fc) * 512);
  await disk.read(core, 0, core.length, at);
  // The one field that depends on where it lies.
  core.fill(0, 0x1f4, 0x1fc);
  return core;
}

/** The files of a folder as a view has them. */
export async function filesOf(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile())
      files.set(
        path.slice(folder.length + 1),
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex"),
      );
  }
  return files;
}

export const isSameSet = (a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean =>
  a.size === b.size && [...a].every(([path, hash]) => b.get(path) === hash);

/** @param made what grub-mkimage gave: its first sector gets a place, and its last one is filled up */
export const isSameCore = (core: Uint8Array, made: Uint8Array): boolean =>
  core.length - made.length < 512 && Buffer.compare(core.subarray(512, made.length), made.subarray(512)) === 0;
