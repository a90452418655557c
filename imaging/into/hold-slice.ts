import { stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { makingSeed } from "#imaging/into/choose-place.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { partitionPath } from "#imaging/inventory/partition-path.ts";
import { applyEdit } from "#imaging/partition/apply-edit.ts";
import type { Picture } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { writePicture } from "#imaging/partition/write-picture.ts";
import type { IntoPlace } from "#imaging/plan/plan.ts";
import { rereadTable } from "#imaging/restore/target-device.ts";
import { ownLoopDevice } from "#imaging/system/loop-device.ts";

/** A partition that is being written, as a device of its own. */
export interface HeldSlice extends AsyncDisposable {
  readonly path: string;
  /** The table says from now on what is in it. */
  finish(): Promise<void>;
}

/**
 * Holds a partition, and makes it first where the plan says so. The rest of the disk may be in use meanwhile.
 * @param isHeld whether we hold the whole disk already @throws TARGET_IN_USE, PLAN_STALE, EDIT_INVALID, TOOL_FAILED, OPEN_FAILED, READ_FAILED, WRITE_FAILED
 */
export async function holdSlice(disk: Disk, into: IntoPlace, isHeld: boolean): Promise<HeldSlice> {
  const { number, start, size, isMade } = into;
  if (isMade && !disk.partitions.some((one) => one.number === number && one.start === start))
    await change(disk, (picture) => makeIn(picture, disk, into));
  await using stack = new AsyncDisposableStack();
  // Who would mount it by its own device is told that it is busy. A file has none, and a new partition's may come later.
  const own = partitionPath(disk.path, number);
  const hasOwn = disk.kind === "block" && (await stat(own).then(Boolean, () => false));
  if (hasOwn && !isHeld) stack.use(await openDevice(own, { exclusive: true }));
  const device = stack.use(await ownLoopDevice(disk.path, { sectorSize: disk.sectorSize, offset: start, size }));
  const all = stack.move();
  return {
    path: device.path,
    finish: () => change(disk, (picture) => typedIn(picture, into)),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function change(disk: Disk, how: (picture: Picture) => Picture): Promise<void> {
  {
    await using device = await openDevice(disk.path, { write: true, ...fileOptions(disk) });
    const before = await pictureDisk(device);
    const after = how(before);
    if (after !== before) await writePicture(device, after);
  }
  if (disk.kind === "block") await rereadTable(disk.path);
}

function makeIn(picture: Picture, disk: Disk, { number, start, size, type, name }: IntoPlace): Picture {
  const role = picture.tableType === "mbr" ? (number >= 5 ? "logical" : "primary") : undefined;
  const named = picture.tableType === "gpt" && name !== undefined ? { name } : {};
  const after = applyEdit(picture, { op: "create", start, size, role, type, ...named }, makingSeed(disk));
  const made = after.partitions.find((one) => one.number === number);
  if (made?.start !== start || made.size !== size)
    throw new LifeboatError("PLAN_STALE", { planned: `partition ${number}`, current: "another table" });
  return after;
}

function typedIn(picture: Picture, { number, type }: IntoPlace): Picture {
  const one = picture.partitions.find((other) => other.number === number);
  return one && one.type !== type ? applyEdit(picture, { op: "type", number, type }, "") : picture;
}
