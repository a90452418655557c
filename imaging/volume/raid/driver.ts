import { type ReadableDevice, readBytes, slice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { filesystemMark } from "#imaging/filesystem/detect.ts";
import type { ContainerDriver, OpenContainer } from "#imaging/volume/container.ts";
import {
  type RaidMember,
  readVersion0,
  readVersion1,
  superblock0,
  superblock1,
} from "#imaging/volume/raid/superblock.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

const MAGIC = 0xa92b4efc;
const KIB = 1024;

/** A member of a Linux RAID1 that is in sync holds the whole volume; members of other levels hold parts of it. */
export const linuxRaid: ContainerDriver = { types: ["linux_raid_member"], open };

async function open(volume: ReadableDevice): Promise<OpenContainer | { reason: string }> {
  const places = await findSuperblocks(volume);
  const [place, second] = places;
  if (!place || second) return { reason: insideWords["inside.raid-two"] };
  const member = await (place.version === 0 ? readVersion0 : readVersion1)(volume, place.offset);
  const level = LEVELS[member.level] ?? `RAID${member.level}`;
  if (member.level !== 1) return { reason: insideWords["inside.raid-level"]({ level, array: member.array }) };
  const reason = member.trouble ?? placement(volume, member, place.offset);
  if (reason) return { reason: insideWords["inside.raid-member"]({ array: member.array, why: reason }) };
  const { dataStart, dataEnd } = member;
  // Where the data starts later, a file system at the start is older than the array, or newer.
  const other = dataStart > 0 ? await filesystemMark(volume) : undefined;
  if (other)
    return { reason: `it bears the marks of Linux RAID and of ${other}: which of them is in use cannot be told` };
  return {
    always: ExtentList.of([
      { start: 0, end: dataStart },
      { start: dataEnd, end: volume.size },
    ]),
    inner: [
      {
        name: member.array,
        device: slice(volume, dataStart, dataEnd - dataStart),
        toOuter: (extents) => extents.moved(dataStart),
      },
    ],
    notes: [],
  };
}

const LEVELS: Readonly<Record<number, string>> = { [-1]: "linear", [-4]: "multipath", [-5]: "container" };

/** Data that would lie outside, or over the superblock, is none of this array. */
function placement(volume: ReadableDevice, { dataStart, dataEnd }: RaidMember, superblock: number): string | undefined {
  if (dataEnd <= dataStart || dataEnd > volume.size) return insideWords["raid.outside"];
  return superblock + superblock0.size > dataStart && superblock < dataEnd ? insideWords["raid.over"] : undefined;
}

/** Version 1.0 ends the device, 1.1 starts it, 1.2 lies at 4 KiB; 0.90 lies in the last whole 64 KiB. */
async function findSuperblocks(volume: ReadableDevice): Promise<{ version: 0 | 1; offset: number }[]> {
  const sectors = Math.floor(volume.size / 512);
  const places = [
    { version: 1, offset: Math.floor((sectors - 16) / 8) * 8 * 512 },
    { version: 1, offset: 0 },
    { version: 1, offset: 4 * KIB },
    { version: 0, offset: Math.floor(volume.size / (64 * KIB)) * 64 * KIB - 64 * KIB },
  ] as const;
  const found: { version: 0 | 1; offset: number }[] = [];
  for (const place of places) {
    if (place.offset < 0 || place.offset + superblock1.size > volume.size) continue;
    const head = new DataView((await readBytes(volume, place.offset, superblock1.size)).buffer);
    const [magic, version, own] = [head.getUint32(0, true), head.getUint32(4, true), head.getBigUint64(144, true)];
    if (magic !== MAGIC || version !== place.version) continue;
    if (version === 0 || own * 512n === BigInt(place.offset)) found.push(place);
  }
  return found;
}
