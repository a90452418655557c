import { readdir, readlink } from "node:fs/promises";
import { basename } from "node:path";

/**
 * udev's persistent names, best first: those that carry model and serial number tell a person more than a WWN,
 * and a place on the bus (by-path) is the last resort, for disks without a serial number.
 */
const PREFERENCE = ["nvme-", "ata-", "usb-", "scsi-", "mmc-", "virtio-", "wwn-"];

/** Device path -> stable id, for whole disks. */
export async function stableIds(root = "/dev/disk"): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const [folder, prefix] of [
    ["by-path", "path-"],
    ["by-id", ""],
  ] as const) {
    const entries = await readdir(`${root}/${folder}`, { withFileTypes: true }).catch(() => []);
    // Newer udev also makes a folder "…-part" with a link a partition.
    const names = entries.filter((e) => e.isSymbolicLink() && !/-part\d+$/.test(e.name)).map((e) => e.name);
    const ranked = names.toSorted((a, b) => rank(b) - rank(a) || b.length - a.length || b.localeCompare(a));
    // Worst first, so that the best overwrites it.
    for (const name of ranked) {
      const target = basename(await readlink(`${root}/${folder}/${name}`));
      ids.set(`/dev/${target}`, `${prefix}${name}`);
    }
  }
  return ids;
}

function rank(name: string): number {
  const place = PREFERENCE.findIndex((prefix) => name.startsWith(prefix));
  // "nvme-eui.0025…" is a number only, like a WWN.
  if (/^nvme-(eui|nvme|uuid)\./.test(name)) return PREFERENCE.length - 1;
  return place < 0 ? PREFERENCE.length : place;
}
