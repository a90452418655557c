import type { DiskOptions, DisplaySize } from "#imaging/prove/qemu/options.ts";

/** FILE:BUS and any of `ro`, `overlay`, `4k` behind it, separated by colons. */
export function parseDisk(text: string): DiskOptions {
  const match = /^(.+?):(virtio|ahci|nvme|scsi|usb)((?::(?:ro|overlay|4k))*)$/.exec(text);
  if (!match) throw new RangeError(`--disk ${text}: want FILE:BUS[:ro][:overlay][:4k]`);
  const [, file = "", bus, rest = ""] = match;
  const flags = new Set(rest.split(":"));
  return {
    file,
    format: file.endsWith(".qcow2") ? "qcow2" : "raw",
    bus: bus as DiskOptions["bus"],
    readOnly: flags.has("ro"),
    overlay: flags.has("overlay"),
    ...(flags.has("4k") ? { sectorSize: 4096 as const } : {}),
  };
}

export function parseOption<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((choice) => choice === value);
  if (found === undefined) throw new RangeError(`${name} ${value}: want ${allowed.join(", ")}`);
  return found;
}

/** "800x600" */
export function parseSize(text: string): DisplaySize {
  const match = /^(\d+)x(\d+)$/.exec(text);
  if (!match) throw new RangeError(`--size ${text}: want WIDTHxHEIGHT`);
  return { width: Number(match[1]), height: Number(match[2]) };
}
