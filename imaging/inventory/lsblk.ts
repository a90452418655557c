import { readFile } from "node:fs/promises";
import { runTool } from "#imaging/system/run-tool.ts";

/** What we ask lsblk(8) of a block device. */
export interface BlockNode {
  readonly path: string;
  readonly "maj:min": string;
  readonly type: string;
  readonly size: number;
  readonly model: string | null;
  readonly serial: string | null;
  readonly tran: string | null;
  readonly rm: boolean;
  readonly ro: boolean;
  readonly mountpoints: readonly (string | null)[];
  readonly children?: readonly BlockNode[];
}

const COLUMNS = "PATH,MAJ:MIN,TYPE,SIZE,MODEL,SERIAL,TRAN,RM,RO,MOUNTPOINTS";

/** The tree below one device, or all devices. */
export async function listBlockNodes(device?: string): Promise<BlockNode[]> {
  const args = ["--json", "--bytes", "--tree", "--output", COLUMNS, ...(device ? [device] : [])];
  const text = await runTool("lsblk", args, "list the disks");
  return (JSON.parse(text) as { blockdevices: BlockNode[] }).blockdevices;
}

/** Why a block device is in use. */
export interface DeviceUse {
  readonly path: string;
  readonly text: string;
  /** Its content may change while we look. */
  readonly writes: boolean;
}

const STACKED: Readonly<Record<string, string>> = {
  crypt: "an unlocked encrypted volume",
  lvm: "an active LVM volume",
  dm: "an active device-mapper volume",
  mpath: "a multipath device",
};

/** Everything that uses a disk or something stacked on it: mounts, swap, LVM, RAID, encryption. */
export async function deviceUses(disk: BlockNode): Promise<DeviceUse[]> {
  const readOnlyMounts = await readOnlyMountPoints();
  const uses: DeviceUse[] = [];
  const visit = (node: BlockNode) => {
    for (const point of node.mountpoints) {
      if (point === "[SWAP]") uses.push({ path: node.path, text: `swap is active on ${node.path}`, writes: true });
      else if (point) {
        const readOnly = readOnlyMounts.has(`${node["maj:min"]} ${point}`);
        const how = readOnly ? " read-only" : "";
        uses.push({ path: node.path, text: `${node.path} is mounted${how} at ${point}`, writes: !readOnly });
      }
    }
    const stacked = node.type.startsWith("raid") ? "an active RAID array" : STACKED[node.type];
    if (stacked) uses.push({ path: node.path, text: `${node.path} is ${stacked}`, writes: true });
    for (const child of node.children ?? []) visit(child);
  };
  visit(disk);
  return uses;
}

/** "major:minor mountpoint" of every read-only mount (proc(5), /proc/pid/mountinfo). */
async function readOnlyMountPoints(): Promise<Set<string>> {
  const found = new Set<string>();
  for (const line of (await readFile("/proc/self/mountinfo", "utf8")).split("\n")) {
    const fields = line.split(" ");
    const [, , majorMinor, , point, options] = fields;
    if (majorMinor && point && options?.split(",").includes("ro")) found.add(`${majorMinor} ${unescapeMount(point)}`);
  }
  return found;
}

/** Spaces and the like are octal in the mount tables of proc(5). */
export const unescapeMount = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_all, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
