import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { openDevice } from "#imaging/device/file-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { fsInfo } from "#imaging/filesystem/fat/structs.ts";
import { SOURCE_DATE_EPOCH } from "../recipe.ts";
import { runTool } from "../tool.ts";
import {
  type BootVolume,
  CLUSTER_BYTES,
  clustersOf,
  readBootVolume,
  readTop,
  type SideNumber,
  sideOf,
} from "./boot-volume.ts";
import { usedBlocks } from "./pour.ts";
import { BOOT_LABEL } from "./stick-layout.ts";

export interface VolumeRequest {
  /** Gets the file system: a sparse file, made anew. */
  readonly file: string;
  /** Bytes. */
  readonly size: number;
  readonly sectorSize: number;
  /** Its files and folders become those of the volume. */
  readonly tree: string;
  readonly side: SideNumber;
}

export interface MadeVolume {
  readonly file: string;
  readonly volume: BootVolume;
  /** Bytes that a new stick gets. */
  readonly used: ExtentList;
  /** Of these the files of the set: clusters of the side. */
  readonly content: ExtentList;
}

const ENVIRONMENT = { SOURCE_DATE_EPOCH: String(SOURCE_DATE_EPOCH), MTOOLS_SKIP_CHECK: "1" };
/** Each stick gets its own (`stick-volume.ts`). */
const SERIAL = "1FEB0A70";

/**
 * A boot partition as a file, with all of its files on one side. mkfs.vfat and mtools make it: where they put the files is what FSInfo
 * says, which is held against the result.
 * @throws TOOL_MISSING, TOOL_FAILED also when the files have no room
 */
export async function makeBootVolume({ file, size, sectorSize, tree, side }: VolumeRequest): Promise<MadeVolume> {
  await using handle = await open(file, "w+");
  await handle.truncate(size);
  const geometry = ["-F", "32", "-S", String(sectorSize), "-s", String(CLUSTER_BYTES / sectorSize)];
  await runTool("mkfs.vfat", ["--invariant", ...geometry, "-n", BOOT_LABEL, "-i", SERIAL, file], {
    purpose: "make the boot partition",
    env: ENVIRONMENT,
  });
  await using device = await openDevice(file, { sectorSize });
  const volume = await readBootVolume(device);
  if (!volume) throw new Error(`mkfs.vfat made another file system of ${size} bytes than it was asked for`);
  const hint = new Uint8Array(4);
  new DataView(hint.buffer).setUint32(0, volume.sides[side].first - 1, true);
  await handle.write(hint, 0, hint.length, volume.info.start + fsInfo.fields.next.at);
  const names = (await readdir(tree)).sort().map((name) => join(tree, name));
  await runTool("mcopy", ["-s", "-m", "-i", file, ...names, "::"], {
    purpose: "fill the boot partition",
    env: ENVIRONMENT,
  });
  const used = await usedBlocks(device);
  const files = used.subtract(ExtentList.of([{ start: 0, end: volume.root.end }]));
  const { start, end } = clustersOf(volume, side);
  // Behind the last whole cluster is no file.
  const content = files.clipped(end);
  const { entries, isAll } = await readTop(device, volume);
  const isApart = content.length > 0 && content.at(0).start >= start && files.subtract(content).bytes < CLUSTER_BYTES;
  if (!isApart || !isAll || sideOf(volume, entries) !== side)
    throw new Error("mcopy put files elsewhere than on their side of the boot partition");
  return { file, volume, used, content };
}
