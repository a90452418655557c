import { type EfiLoaders, findEfiLoaders, NO_LOADERS } from "#imaging/prove/prepare/efi-loaders.ts";
import {
  type ChangedText,
  changeEntry,
  changeGrubConfig,
  changeSyslinuxConfig,
} from "#imaging/prove/prepare/kernel-lines.ts";
import {
  changeInittab,
  INIT_SCRIPT,
  SCRIPT_PATH,
  SYSTEMD_SCRIPT,
  UNIT,
  UNIT_NAME,
  WANTED_BY,
} from "#imaging/prove/prepare/marker.ts";
import type { VolumeFiles } from "#imaging/prove/prepare/volume-files.ts";

/** What a volume holds that matters to a start, and what was added to it. */
export interface PreparedVolume {
  /** In plain words. */
  readonly added: readonly string[];
  /** Kernel lines that now print on the serial port. */
  readonly kernels: number;
  /** A system that now says how far it is. */
  readonly system: string | undefined;
  readonly loaders: EfiLoaders;
}

/** Where the root of a system is: on btrfs it may be a subvolume. */
const SUBVOLUMES = ["@", "@rootfs", "root", "rootfs"];
const UNITS = "etc/systemd/system";

/** Adds to the copy of a file system of Linux what makes its start tell how far it is. @throws TOOL_FAILED */
export async function prepareLinux(files: VolumeFiles): Promise<PreparedVolume> {
  const top = await files.folders("");
  const roots = ["", ...SUBVOLUMES.filter((name) => top.includes(name)).map((name) => `${name}/`)];
  const added: string[] = [];
  let kernels = 0;
  let system: string | undefined;
  for (const root of roots) {
    const name = await addMarker(files, root);
    if (name !== undefined) {
      system ??= name;
      added.push(`/${root}${SCRIPT_PATH}: says on the serial port how far ${name} is`);
    }
    for (const boot of [root, `${root}boot/`]) {
      const changed = await changeConfigs(files, boot, top.length > 0);
      added.push(...changed.added);
      kernels += changed.kernels;
    }
  }
  return { added, kernels, system, loaders: NO_LOADERS };
}

/** Of a FAT volume, only what boot loaders read is changed. @throws TOOL_FAILED */
export async function prepareEfi(files: VolumeFiles): Promise<PreparedVolume> {
  const loaders = await findEfiLoaders(files);
  const { added, kernels } = await changeConfigs(files, "", true);
  const vendors = new Set(loaders.paths.map((path) => path.split("/").slice(0, -1).join("/")));
  let more = 0;
  for (const vendor of vendors) more += await change(files, `${vendor}/grub.cfg`, changeGrubConfig, added);
  return { added, kernels: kernels + more, system: undefined, loaders };
}

async function changeConfigs(
  files: VolumeFiles,
  boot: string,
  isThere: boolean,
): Promise<{ added: string[]; kernels: number }> {
  const added: string[] = [];
  let kernels = 0;
  if (!isThere) return { added, kernels };
  for (const folder of ["grub", "grub2"])
    kernels += await change(files, `${boot}${folder}/grub.cfg`, changeGrubConfig, added);
  for (const name of await files.list(`${boot}loader/entries`, ".conf"))
    kernels += await change(files, `${boot}loader/entries/${name}`, changeEntry, added);
  for (const folder of ["extlinux", "syslinux"])
    kernels += await change(files, `${boot}${folder}/${folder}.conf`, changeSyslinuxConfig, added);
  return { added, kernels };
}

/** @returns how many kernels it starts */
async function change(
  files: VolumeFiles,
  path: string,
  how: (text: string) => ChangedText,
  added: string[],
): Promise<number> {
  const text = await files.read(path);
  if (text === undefined) return 0;
  const changed = how(text);
  if (changed.text === text) return 0;
  await files.write(path, changed.text);
  added.push(`/${path}: prints on the serial port${changed.kernels > 0 ? ", and so do the kernels it starts" : ""}`);
  return changed.kernels;
}

/** @returns the name of the system whose root this is */
async function addMarker(files: VolumeFiles, root: string): Promise<string | undefined> {
  const release = (await files.read(`${root}usr/lib/os-release`)) ?? (await files.read(`${root}etc/os-release`));
  const inittab = await files.read(`${root}etc/inittab`);
  const isSystemd = await hasSystemd(files, root);
  if (!isSystemd && inittab === undefined) return undefined;
  if (isSystemd) {
    await files.write(`${root}${SCRIPT_PATH}`, SYSTEMD_SCRIPT);
    await files.write(`${root}${UNITS}/${UNIT_NAME}`, UNIT);
    for (const target of WANTED_BY) await files.link(`../${UNIT_NAME}`, `${root}${UNITS}/${target}.wants/${UNIT_NAME}`);
  } else if (inittab !== undefined) {
    await files.write(`${root}${SCRIPT_PATH}`, INIT_SCRIPT);
    await files.write(`${root}etc/inittab`, changeInittab(inittab));
  }
  return /^PRETTY_NAME="?([^"\n]{1,100})/m.exec(release ?? "")?.[1] ?? "Linux";
}

/** The program itself: what the units of a system stand in says nothing about what it is started by. */
async function hasSystemd(files: VolumeFiles, root: string): Promise<boolean> {
  for (const folder of ["usr/lib/systemd", "lib/systemd"])
    if ((await files.list(`${root}${folder}`, "systemd")).includes("systemd")) return true;
  return false;
}
