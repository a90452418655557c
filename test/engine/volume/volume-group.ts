import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Extent } from "#imaging/extent.ts";
import { emptyImage } from "#test/engine/filesystem/volume-image.ts";
import { attachLoop, type LoopDevice } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/** A byte of a logical volume to a byte of a physical one, a run at a time, by what LVM reports. */
export interface Piece extends Extent {
  /** Where it lies in the logical volume. */
  readonly from: number;
  readonly pv: string;
}

/** LVM's own tools on files, without device mapper: it sees no other device, and keeps no files of its own. */
export class VolumeGroup implements AsyncDisposable {
  readonly files: readonly string[];
  readonly #folder: string;
  readonly #loops: readonly LoopDevice[];

  constructor(folder: string, files: readonly string[], loops: readonly LoopDevice[]) {
    this.#folder = folder;
    this.files = files;
    this.#loops = loops;
  }

  /** Attaches the files, and makes nothing in them. */
  static async over(folder: string, files: readonly string[]): Promise<VolumeGroup> {
    const loops: LoopDevice[] = [];
    for (const file of files) loops.push(await attachLoop(file));
    const filter = loops.map(({ path }) => `"a|^${path}$|", `).join("");
    writeFileSync(
      join(folder, "lvm.conf"),
      `devices { use_devicesfile=0 sysfs_scan=0 md_component_detection=0 filter=[${filter}"r|.*|"] }
      activation { udev_sync=0 udev_rules=0 monitoring=0 }
      global { event_activation=0 notify_dbus=0 }
      backup { backup=0 archive=0 }\n`,
    );
    return new VolumeGroup(folder, files, loops);
  }

  /** A new group "vg0" over new files of these sizes, with extents of 1 MiB. */
  static async make(folder: string, sizes: readonly number[], ...pvOptions: string[]): Promise<VolumeGroup> {
    const files = sizes.map((size, i) => emptyImage(join(folder, `pv${i}`), size));
    const group = await VolumeGroup.over(folder, files);
    for (const { path } of group.#loops) await group.lvm("pvcreate", "-y", ...pvOptions, path);
    await group.lvm("vgcreate", "-s", "1m", "vg0", ...group.#loops.map(({ path }) => path));
    return group;
  }

  device = (index: number): string => this.#loops[index]?.path ?? "none";

  async lvm(command: string, ...args: string[]): Promise<string> {
    const settings = [`LVM_SYSTEM_DIR=${this.#folder}`, "LVM_SUPPRESS_FD_WARNINGS=1", "lvm", command];
    return (await runTool("env", [...settings, "--driverloaded", "n", ...args])).stdout;
  }

  /** @param places extents on a physical volume: ":0-3" of the first */
  async create(name: string, extents: number, options: readonly string[] = [], places: readonly string[] = [""]) {
    const on = places.map((place) => (place.startsWith("/") ? place : `${this.device(0)}${place}`));
    await this.lvm("lvcreate", "-an", "-Zn", "-Wn", "-y", "-n", name, "-l", String(extents), ...options, "vg0", ...on);
  }

  async describe(): Promise<string> {
    const file = join(this.#folder, "description");
    await this.lvm("vgcfgbackup", "-f", file, "vg0");
    return readFileSync(file, "utf8");
  }

  /** Gives the group what LVM cannot make without a kernel that has device mapper. LVM checks it. */
  async change(edit: (description: string) => string): Promise<void> {
    const file = join(this.#folder, "edited");
    writeFileSync(file, edit(await this.describe()));
    await this.lvm("vgcfgrestore", "--force", "-y", "-f", file, "vg0");
  }

  /** Where the bytes of a logical volume lie. */
  async pieces(name: string, group = "vg0"): Promise<Piece[]> {
    const columns = "seg_start,seg_size,stripes,stripe_size,seg_pe_ranges,pe_start,vg_extent_size";
    const args = ["--segments", "--units", "b", "--nosuffix", "--noheadings", "--separator", "|"];
    const rows = await this.lvm(
      "lvs",
      ...args,
      "-O",
      "seg_start",
      "-o",
      columns.replace(",pe_start", ""),
      `${group}/${name}`,
    );
    const peStart = Number((await this.lvm("pvs", ...args.slice(1), "-o", "pe_start", this.device(0))).trim());
    return rows
      .trim()
      .split("\n")
      .flatMap((row) => piecesOfSegment(row.trim().split("|"), peStart));
  }

  /** Extents of the first physical volume that no logical volume has. */
  async free(): Promise<Extent[]> {
    const args = ["--segments", "--units", "b", "--nosuffix", "--noheadings"];
    const rows = await this.lvm(
      "pvs",
      ...args,
      "-o",
      "pe_start,vg_extent_size,pvseg_start,pvseg_size,segtype",
      this.device(0),
    );
    return rows
      .trim()
      .split("\n")
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , , type]) => type === "free")
      .map(([pe = "", size = "", start = "", count = ""]) => {
        const at = Number(pe) + Number(start) * Number(size);
        return { start: at, end: at + Number(count) * Number(size) };
      });
  }

  /** Writes the content of a file into a logical volume. */
  async fill(name: string, content: string): Promise<void> {
    for (const { from, pv, start, end } of await this.pieces(name))
      copyRange(content, from, this.files[this.#loops.findIndex(({ path }) => path === pv)] ?? "", start, end - start);
  }

  /** Reads a logical volume from a copy of the first physical volume. */
  async extract(name: string, pvCopy: string, to: string, group = "vg0"): Promise<string> {
    const pieces = await this.pieces(name, group);
    emptyImage(
      to,
      pieces.reduce((sum, { start, end }) => sum + end - start, 0),
    );
    for (const { from, start, end } of pieces) copyRange(pvCopy, start, to, from, end - start);
    return to;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const loop of this.#loops) await loop[Symbol.asyncDispose]();
  }
}

/** A stripe at a time, as `man lvmraid` and lvs(8) tell it; slow and plain on purpose. */
function piecesOfSegment(row: readonly string[], peStart: number): Piece[] {
  const [segStart = 0, segSize = 0, stripes = 1, stripeSize = 0] = row.slice(0, 4).map(Number);
  const extent = Number(row[5]);
  const columns = (row[4] ?? "").split(" ").map((range) => {
    const [, pv = "", first = ""] = /^(.+):(\d+)-\d+$/.exec(range) ?? [];
    return { pv, start: peStart + Number(first) * extent };
  });
  const unit = stripes === 1 ? segSize : stripeSize;
  return Array.from({ length: segSize / unit }, (_, i) => {
    const { pv, start } = columns[i % stripes] ?? { pv: "", start: 0 };
    const at = start + Math.floor(i / stripes) * unit;
    return { from: segStart + i * unit, pv, start: at, end: at + unit };
  });
}

export function copyRange(source: string, from: number, target: string, to: number, length: number): void {
  const [input, output] = [openSync(source, "r"), openSync(target, "r+")];
  try {
    const buffer = Buffer.alloc(Math.min(length, 1 << 20));
    for (let at = 0; at < length; at += buffer.length) {
      const got = readSync(input, buffer, 0, Math.min(buffer.length, length - at), from + at);
      if (got > 0) writeSync(output, buffer, 0, got, to + at);
    }
  } finally {
    closeSync(input);
    closeSync(output);
  }
}
