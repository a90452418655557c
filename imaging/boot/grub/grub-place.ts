import { LifeboatError } from "#base/errors.ts";
import type { InstalledMount, InstalledSystem, InstalledVolume } from "#imaging/installed/installed-system.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { partWords } from "#imaging/words/part-words.ts";

/** What a volume lies in, as GRUB has to open it. */
export interface Container {
  readonly kind: "luks" | "lvm" | "raid";
  readonly uuid: string | undefined;
}

/** Where GRUB finds a folder of a system. */
export interface GrubPlace {
  /** Of the system: "/boot/grub", "/boot/grub2". */
  readonly folder: string;
  readonly volume: InstalledVolume;
  readonly uuid: string;
  /** As GRUB names it on that volume: "/boot/grub", "/grub2", "/@rootfs/boot/grub". */
  readonly path: string;
  /** The outermost first. */
  readonly containers: readonly Container[];
}

/** The mount that holds a path of the system; the root's where nothing nearer does. */
export function mountOf({ mounts }: Pick<InstalledSystem, "mounts">, path: string): InstalledMount | undefined {
  const holds = ({ folder }: InstalledMount) => folder === "/" || path === folder || path.startsWith(`${folder}/`);
  return mounts.filter(holds).toSorted((a, b) => b.folder.length - a.folder.length)[0];
}

/** A path as it is called on its volume, of btrfs from its top. */
export function pathOnVolume({ folder, subvolume }: InstalledMount, path: string): string {
  const inside = folder === "/" ? path : path.slice(folder.length);
  const top = subvolume === undefined || subvolume === "" ? "" : `/${subvolume.replace(/^\/+|\/+$/g, "")}`;
  return `${top}${inside}` || "/";
}

/** Of Fedora and SUSE it is "grub2"; that of a system that has neither is what its programs are called. */
export async function grubFolder(tree: SystemTree): Promise<string> {
  for (const folder of ["/boot/grub2", "/boot/grub"])
    if ((await tree.kind(`${folder}/grub.cfg`)) === "file") return folder;
  for (const folder of ["/boot/grub2", "/boot/grub"]) if ((await tree.kind(folder)) === "folder") return folder;
  for (const program of ["/usr/sbin/grub2-mkconfig", "/usr/bin/grub2-mkconfig", "/usr/bin/grub2-mkimage"])
    if ((await tree.kind(program)) !== undefined) return "/boot/grub2";
  return "/boot/grub";
}

/** @throws BOOT_LOADER_MISSING when the folder is on no volume that GRUB could name */
export function placeOf(system: InstalledSystem, folder: string): GrubPlace {
  const mount = mountOf(system, folder);
  const uuid = mount?.volume.uuid;
  if (!mount || uuid === undefined)
    throw new LifeboatError("BOOT_LOADER_MISSING", {
      system: system.name,
      what: partWords["part.volume"]({ folder }),
      looked: partWords["part.here"],
    });
  const { volume } = mount;
  return { folder, volume, uuid, path: pathOnVolume(mount, folder), containers: containersOf(system, volume) };
}

const KINDS: Readonly<Record<string, Container["kind"]>> = {
  crypto_LUKS: "luks",
  LVM2_member: "lvm",
  linux_raid_member: "raid",
};

/** What a volume lies in: those volumes of the same partition whose names are the first of its own. */
export function containersOf({ volumes }: Pick<InstalledSystem, "volumes">, volume: InstalledVolume): Container[] {
  const outer = volumes.filter(
    ({ partition, inside }) =>
      partition === volume.partition &&
      inside.length < volume.inside.length &&
      inside.every((name, i) => name === volume.inside[i]),
  );
  return outer
    .toSorted((a, b) => a.inside.length - b.inside.length)
    .flatMap(({ filesystem, uuid }) => {
      const kind = KINDS[filesystem];
      return kind ? [{ kind, uuid }] : [];
    });
}
