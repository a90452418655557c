import { statSync } from "node:fs";
import { join } from "node:path";
import { check, emptyImage, run } from "#test/engine/filesystem/volume-image.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { copyRange, VolumeGroup } from "#test/engine/volume/volume-group.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;

/** A disk whose second partition holds `content`: behind it nothing, before it one MiB for a boot loader. */
export async function layeredDisk(path: string, content: string): Promise<string> {
  const { size } = statSync(content);
  await blankDisk(path, size + 4 * MIB);
  const table = `label: gpt\nsize=1MiB, type=21686148-6449-6E6F-744E-656564454649\nsize=${size / MIB}MiB, name=system\n`;
  await runTool("sfdisk", ["--quiet", "--no-reread", "--no-tell-kernel", path], { input: table });
  copyIn(content, path, 2 * MIB);
  return path;
}

function copyIn(from: string, to: string, at: number): void {
  const place = [`seek=${at}`, "oflag=seek_bytes", "conv=notrunc,sparse", "bs=1M", "status=none"];
  run("dd", `if=${from}`, `of=${to}`, ...place);
}

/** The second partition as a file. */
export async function contentOf(disk: string, to: string): Promise<string> {
  const found = (await readPartitions(disk)).find(({ number }) => number === 2);
  if (!found) throw new Error(`${disk} has no second partition`);
  emptyImage(to, found.size);
  copyRange(disk, found.offset, to, 0, found.size);
  return to;
}

export interface LogicalVolume {
  readonly size: number;
  readonly uuid: string;
  readonly segments: number;
}

/** What LVM's own tools say of a physical volume, which they find to be sound, and the bytes of its volumes. */
export interface SeenByLvm {
  readonly group: { readonly uuid: string; readonly pvUuid: string; readonly pvSize: number; readonly free: number };
  readonly volumes: Readonly<Record<string, LogicalVolume>>;
  /** Files with the volumes' content, by name. */
  readonly files: Readonly<Record<string, string>>;
}

export async function seenByLvm(folder: string, content: string): Promise<SeenByLvm> {
  await using group = await VolumeGroup.over(folder, [content]);
  const device = group.device(0);
  const ask = async (command: string, columns: string) =>
    (await group.lvm(command, "--units", "b", "--nosuffix", "--noheadings", "--separator", "|", "-o", columns))
      .trim()
      .split("\n")
      .map((row) => row.trim().split("|"));
  await group.lvm("pvck", device);
  await group.lvm("vgck", "vg0");
  const [[uuid = "", pvUuid = "", pvSize, free, problems = ""] = []] = await ask(
    "pvs",
    "vg_uuid,pv_uuid,dev_size,vg_free,vg_partial",
  );
  if (problems !== "") throw new Error(`the group is ${problems}`);
  const volumes: Record<string, LogicalVolume> = {};
  const files: Record<string, string> = {};
  for (const [name = "", size, id = "", segments] of await ask("lvs", "lv_name,lv_size,lv_uuid,seg_count")) {
    volumes[name] = { size: Number(size), uuid: id, segments: Number(segments) };
    files[name] = await group.extract(name, content, join(folder, `seen-${name}`));
  }
  return { group: { uuid, pvUuid, pvSize: Number(pvSize), free: Number(free) }, volumes, files };
}

const CHECKS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  ext4: ["e2fsck", "-f", "-n"],
  xfs: ["xfs_repair", "-n"],
  btrfs: ["btrfs", "check", "--readonly"],
};

/** What the file system's own check finds wrong; empty for nothing. */
export function faultsOf(type: string, image: string): string {
  const [tool, ...args] = CHECKS[type] ?? ["true"];
  const { status, output } = check(tool as string, ...args, image);
  return status === 0 ? "" : output;
}
