import { LifeboatError } from "#base/errors.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import { partitionTypeName } from "#imaging/disk/partition-types.ts";
import { partitionSentence } from "#imaging/layout/choose-partitions.ts";
import {
  type LayoutNote,
  type LayoutSource,
  type LayoutTarget,
  MIB,
  type PlannedLayout,
  roundDown,
  type SourcePartition,
} from "#imaging/layout/layout.ts";
import { newIdentity } from "#imaging/layout/new-volume-ids.ts";
import { insideNotes, planContent } from "#imaging/layout/plan-content.ts";
import { refuseSectorSize } from "#imaging/layout/plan-layout.ts";
import { say } from "#imaging/words/say.ts";

/** Where one partition of an image goes: into a partition of a disk whose others stay. */
export interface VolumeRoom extends LayoutTarget {
  /** On the disk. */
  readonly number: number;
  /** Byte of the disk. */
  readonly offset: number;
}

/**
 * One partition of an image as the only volume of a target. Its file system fills the room, where there is a tool for that.
 * @param fills false: it keeps its size where there is room for it. @param hasNewId it gets another UUID
 * @throws LAYOUT_INVALID, LAYOUT_TOO_SMALL, SECTOR_SIZE_UNFIT
 */
export function planVolume(
  source: LayoutSource,
  number: number,
  room: VolumeRoom,
  { fills, hasNewId }: { fills: boolean; hasNewId: boolean },
): PlannedLayout {
  const partition = source.partitions.find((one) => one.number === number);
  if (!partition || partition.role === "extended") throw layoutInvalid(say("cannot.layout-no-data", { number }));
  refuseSectorSize([{ partition }], room);
  const size = sizeIn(partition, room, fills);
  const { type, name } = partition;
  const identity = hasNewId && newIdentity(source, [{ source: number, number: room.number }], true);
  const content = planContent(partition, size, room);
  return {
    ...(identity && { identity: identity.ids }),
    ...{ tableType: "none", size: room.size, sectorSize: room.sectorSize, offset: room.offset },
    partitions: [
      {
        ...{ source: number, number: room.number, start: 0, size, type, typeName: partitionTypeName(type) },
        ...(name !== undefined && { name }),
        ...{ active: false, role: "primary", ...content },
      },
    ],
    notes: [
      ...insideNotes(source, [{ source: number, number: room.number, ...content }]),
      ...notesOf(partition, size, room),
      ...(identity ? identity.notes : []),
    ],
  };
}

function sizeIn(partition: SourcePartition, room: VolumeRoom, fills: boolean): number {
  const { least, most } = partition;
  const size = Math.max(partition.size, least);
  if (room.size >= size) return fills ? Math.max(size, Math.min(most, whole(room.size, size))) : size;
  const smaller = roundDown(room.size, MIB); // chunks end where it does
  if (smaller >= least) return smaller;
  throw new LifeboatError("LAYOUT_TOO_SMALL", { target: room.name, need: least, have: room.size, mode: "fill" });
}

/** Room that is no whole number of MiB is left over, unless it is the size that it had. */
const whole = (room: number, size: number): number => (room === size ? size : Math.max(size, roundDown(room, MIB)));

function notesOf(partition: SourcePartition, size: number, room: VolumeRoom): LayoutNote[] {
  const free = room.size - size;
  if (free < MIB) return [];
  const why = size < room.size && partition.most <= size ? partition.notLarger : undefined;
  const what = { free, number: room.number, partition: partitionSentence(partition), why: why ?? "" };
  return [{ code: "SPACE_UNUSED", ...say("layout.free-inside", what) }];
}
