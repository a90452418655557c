import type { InstalledVolume } from "#imaging/installed/installed-system.ts";

/**
 * The volume that fstab(5) or crypttab(5) calls so, on the disk of the system; undefined for what is not on it.
 * @param mapped what crypttab opens, by the names that it gives: "luks-root" -> the volume inside
 */
export function volumeCalled(
  device: string,
  volumes: readonly InstalledVolume[],
  mapped: ReadonlyMap<string, InstalledVolume> = new Map(),
): InstalledVolume | undefined {
  const [, tag, quoted = ""] = /^(?:\/dev\/disk\/by-)?(\w+)[=/](.+)$/.exec(device) ?? [];
  const value = decode(quoted.replaceAll(/^["']|["']$/g, "")).toLowerCase();
  const same = (text: string | undefined) => text !== undefined && text.toLowerCase() === value;
  switch (tag?.toLowerCase()) {
    case "uuid":
      return volumes.find(({ uuid }) => same(uuid));
    case "label":
      return volumes.find(({ label }) => same(label));
    case "partuuid":
      return volumes.find(({ partitionUuid, inside }) => inside.length === 0 && same(partitionUuid));
    case "partlabel":
      return volumes.find(({ partitionName, inside }) => inside.length === 0 && same(partitionName));
  }
  return mapped.get(device) ?? byPath(device, volumes);
}

/** udev(7) writes what is no letter as \x20; fstab(5) a blank as \040. */
const decode = (text: string): string =>
  text
    .replaceAll(/\\x([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

function byPath(device: string, volumes: readonly InstalledVolume[]): InstalledVolume | undefined {
  const logical = logicalName(device);
  if (logical !== undefined) {
    const found = volumes.find(({ inside }) => inside.at(-1) === logical);
    if (found) return found;
  }
  // By its number on any disk: "/dev/sda2", "/dev/nvme0n1p2".
  const number = /^\/dev\/(?:[hsv]d[a-z]+|xvd[a-z]+|(?:nvme\d+n|mmcblk|loop)\d+p)(\d+)$/.exec(device)?.[1];
  return number === undefined
    ? undefined
    : volumes.find(({ partition, inside }) => inside.length === 0 && partition === Number(number));
}

/** "/dev/vg0/root" and "/dev/mapper/vg0-root", in which dashes of the names themselves are doubled (dm-mod), are "vg0/root". */
function logicalName(device: string): string | undefined {
  const mapper = /^\/dev\/mapper\/(.+)$/.exec(device)?.[1];
  if (mapper !== undefined) {
    const [group, name] = mapper.split(/(?<!-)-(?!-)/);
    return name === undefined ? undefined : `${group}/${name}`.replaceAll("--", "-");
  }
  return /^\/dev\/([^/]+\/[^/]+)$/.exec(device)?.[1];
}
