import { link, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MEDIUM_INFO_FILE, type MediumInfo, serialiseMediumInfo } from "#base/medium-info.ts";
import { SOURCE_DATE_EPOCH } from "../recipe.ts";
import { runTool } from "../tool.ts";
import { hybridMbr, writeBiosImage } from "./bios-image.ts";
import { writeEfiImage } from "./efi-image.ts";
import { biosStart, efiStart, type IsoUuid, isoUuid } from "./own-medium.ts";

/** The initramfs looks for this label (rescue/init/initramfs). */
export const VOLUME_ID = "LIFEBOAT";

export interface IsoContents {
  /** The Debian root with the boot loaders. */
  readonly root: string;
  readonly kernel: string;
  readonly initramfs: string;
  /** Paths of the squashfs files. */
  readonly layers: readonly string[];
  /** Paths of files that go along, and are loaded by nothing. */
  readonly documents: readonly string[];
  /** Of the build: what the initramfs looks for. */
  readonly id: string;
  readonly info: MediumInfo;
  readonly grubConfig: string;
}

/**
 * Writes an ISO that starts under BIOS, UEFI and Secure Boot, from a CD and, copied as it is, from a USB stick. It gets its name only when
 * it is complete. `workDir` must lie on the same file system as the layers, which are linked and not copied. Returns the size.
 */
export async function writeIso(contents: IsoContents, out: string, workDir: string): Promise<number> {
  // Named like an unfinished stage, so that what a killed build left is removed by the next one.
  const scratch = join(workDir, `iso.unfinished-${process.pid}`);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch);
  const partial = `${out}.partial`;
  try {
    const uuid = isoUuid(contents.info.id);
    const tree = await isoTree(contents, uuid, scratch);
    const efi = join(scratch, "efi.img");
    await writeEfiImage(contents.root, efi, efiStart(uuid), scratch);
    await mkdir(dirname(out), { recursive: true });
    await rm(partial, { force: true });
    await runTool("xorriso", xorrisoArguments({ root: contents.root, tree, efi, uuid }, partial), {
      purpose: "write the ISO",
      env: { SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH) },
    });
    await rename(partial, out);
    return (await stat(out)).size;
  } finally {
    await rm(scratch, { recursive: true, force: true });
    await rm(partial, { force: true });
  }
}

async function isoTree(contents: IsoContents, uuid: IsoUuid, scratch: string): Promise<string> {
  const tree = join(scratch, "tree");
  for (const folder of [".disk", "live", "boot/grub"]) await mkdir(join(tree, folder), { recursive: true });
  for (const layer of contents.layers) await link(layer, join(tree, "live", basename(layer)));
  for (const document of contents.documents) await link(document, join(tree, ".disk", basename(document)));
  await link(contents.kernel, join(tree, "boot/vmlinuz"));
  await link(contents.initramfs, join(tree, "boot/initrd.img"));
  // The initramfs recognises its medium by /.disk/lifeboat. By /.disk/info Debian's signed GRUB does, where firmware does not say what it
  // was loaded from.
  await writeFile(join(tree, ".disk/info"), "Lifeboat\n");
  await writeFile(join(tree, MEDIUM_INFO_FILE), serialiseMediumInfo(contents.info));
  await writeFile(join(tree, ".disk/lifeboat"), `${contents.id}\n`);
  await writeFile(join(tree, "boot/grub/grub.cfg"), contents.grubConfig);
  await writeBiosImage(contents.root, join(tree, "boot/grub/bios.img"), biosStart(uuid), scratch);
  return tree;
}

function xorrisoArguments(
  { root, tree, efi, uuid }: { root: string; tree: string; efi: string; uuid: IsoUuid },
  out: string,
): string[] {
  return [
    ...["-as", "mkisofs", "-quiet", "-iso-level", "3", "-r", "-J", "-joliet-long", "-V", VOLUME_ID],
    ...["--set_all_file_dates", isoDate(SOURCE_DATE_EPOCH), `--modification-date=${uuid.date}`],
    ...["-b", "boot/grub/bios.img", "-no-emul-boot", "-boot-load-size", "4", "-boot-info-table", "--grub2-boot-info"],
    ...["--grub2-mbr", hybridMbr(root), "-partition_offset", "16"],
    ...["-append_partition", "2", "0xef", efi, "-appended_part_as_gpt"],
    ...["-eltorito-alt-boot", "-e", "--interval:appended_partition_2:all::", "-no-emul-boot"],
    ...["-o", out, tree],
  ];
}

/** YYYYMMDDhhmmsscc, as xorriso takes it. */
const isoDate = (seconds: number): string =>
  `${new Date(seconds * 1000).toISOString().replace(/\D/g, "").slice(0, 14)}00`;
