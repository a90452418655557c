import { unescapeMount } from "#imaging/inventory/lsblk.ts";

/** What a file system that has no block device of its own (btrfs, overlay) is made of. */
export interface MountSource {
  /** Devices below /dev. */
  readonly devices: readonly string[];
  /** Folders of other file systems. */
  readonly folders: readonly string[];
}

interface Mount {
  readonly majorMinor: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

/**
 * The mount that a path lies in, from the text of /proc/self/mountinfo (proc(5)): of those at the longest mount point
 * the last, which covers the others. One with the wanted device number is preferred, but need not be there: each
 * btrfs subvolume has a number of its own, which stat(2) gives and the mount does not.
 */
export function mountSource(mountinfo: string, path: string, majorMinor: string): MountSource {
  const above = mountinfo
    .split("\n")
    .flatMap(parseMount)
    .filter(({ point }) => point === "/" || path === point || path.startsWith(`${point}/`));
  const exact = above.filter((mount) => mount.majorMinor === majorMinor);
  const [mount] = (exact.length > 0 ? exact : above).toReversed().toSorted((a, b) => b.point.length - a.point.length);
  if (!mount) return { devices: [], folders: [] };
  return {
    devices: mount.source.startsWith("/dev/") ? [mount.source] : [],
    folders: mount.type === "overlay" ? mount.options.flatMap(layers) : [],
  };
}

function parseMount(line: string): Mount[] {
  const fields = line.split(" ");
  // Any number of optional fields stands before the separator.
  const [type, source, options] = fields.slice(fields.indexOf("-", 6) + 1);
  const [, , majorMinor, , point] = fields;
  if (!majorMinor || !point || !type || !source) return [];
  const [place, from] = [unescapeMount(point), unescapeMount(source)];
  return [{ majorMinor, point: place, type, source: from, options: unescapeMount(options ?? "").split(",") }];
}

/** Linux, Documentation/filesystems/overlayfs.rst: lower layers are separated by colons. */
function layers(option: string): string[] {
  const [name, value = ""] = option.split("=");
  return name === "upperdir" ? [value] : name === "lowerdir" ? value.split(":").filter(Boolean) : [];
}
