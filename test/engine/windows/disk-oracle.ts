import { execFileSync } from "node:child_process";
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { hivexshValues, hivexValues } from "#test/engine/windows/hive-oracles.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";

/** A volume of a disk with Windows, by sfdisk and blkid: how Windows' registry and boot configuration have to name it. */
export interface NamedVolume {
  readonly offset: number;
  readonly size: number;
  /** As MountedDevices has it: hexadecimal digits. */
  readonly mounted: string;
  /** Both stand in a device of the boot configuration: hexadecimal digits. */
  readonly inStore: readonly [disk: string, partition: string];
}

interface Sfdisk {
  readonly partitiontable: {
    readonly label: "gpt" | "dos";
    readonly id: string;
    readonly partitions: readonly { readonly start: number; readonly size: number; readonly uuid?: string }[];
  };
}

const little = (hex: string): string => (hex.match(/../g) ?? []).reverse().join("");
const guid = (text: string): string => {
  const [a = "", b = "", c = "", d = "", e = ""] = text.toLowerCase().split("-");
  return little(a) + little(b) + little(c) + d + e;
};
const number = (value: number, bytes: number): string => little(value.toString(16).padStart(bytes * 2, "0"));

/** Volumes of a disk file by their labels; one without a label by its file system. */
export function namedVolumes(path: string): Map<string, NamedVolume> {
  const { partitiontable: table } = JSON.parse(
    execFileSync("sfdisk", ["--json", path], { encoding: "utf8" }),
  ) as Sfdisk;
  const disk = table.label === "gpt" ? guid(table.id) : little(table.id.slice(2).padStart(8, "0"));
  const found = new Map<string, NamedVolume>();
  for (const { start, size, uuid = "" } of table.partitions) {
    const [offset, length] = [start * 512, size * 512];
    const own = table.label === "gpt" ? guid(uuid) : number(offset, 8);
    const mounted = table.label === "gpt" ? `${Buffer.from("DMIO:ID:").toString("hex")}${own}` : disk + own;
    const name = tag(path, offset, length, "LABEL") || tag(path, offset, length, "TYPE");
    if (name !== "") found.set(name, { offset, size: length, mounted, inStore: [disk, own] });
  }
  return found;
}

function tag(path: string, offset: number, size: number, name: string): string {
  const place = ["--probe", "--offset", String(offset), "--size", String(size)];
  try {
    const args = [...place, "-s", name, "-o", "value", path];
    return execFileSync("blkid", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return ""; // nothing that blkid knows
  }
}

export const volume = (all: ReadonlyMap<string, NamedVolume>, name: string): NamedVolume => {
  const found = all.get(name);
  if (!found) throw new Error(`no volume ${name} among ${[...all.keys()].join(", ")}`);
  return found;
};

/** Copies a file of an NTFS volume out. */
export async function copyOut(disk: string, place: NamedVolume, path: string, to: string): Promise<string> {
  await using mount = await mountRange(disk, "ntfs", place, { readOnly: true });
  copyFileSync(join(mount.path, path), to);
  return to;
}

/** Copies a file of a FAT volume out. */
export function copyOutOfFat(disk: string, { offset }: NamedVolume, path: string, to: string): string {
  const env = { ...process.env, MTOOLS_SKIP_CHECK: "1" };
  execFileSync("mcopy", ["-n", "-o", "-i", `${disk}@@${offset}`, `::${path}`, to], { stdio: "pipe", env });
  return to;
}

/** What hivexsh(1) reads of a SYSTEM hive: letters, and the bytes of what has them as hexadecimal digits. */
export function letters(hive: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of hivexshValues(hive, "MountedDevices")) {
    const [, letter, hex] =
      /^"\\DosDevices\\([A-Z]):"=hex\(?3?\)?:([0-9a-f,]+)$/.exec(line.replaceAll("\\\\", "\\")) ?? [];
    if (letter !== undefined && hex !== undefined) found.set(letter, hex.replaceAll(",", ""));
  }
  return found;
}

/** Devices of a boot configuration that name a partition, by python3-hivex: hexadecimal digits. */
export const storeDevices = (store: string): string[] =>
  [...hivexValues(store)]
    .filter(([key]) => /elements\\[0-9a-f]1[0-9a-f]{6}\|element$/.test(key))
    .map(([, value]) => value.slice(value.indexOf(":") + 1));
