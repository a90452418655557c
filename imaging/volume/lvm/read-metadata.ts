import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { damaged, isUnreadable } from "#imaging/filesystem/volume.ts";
import { parseText, type TextSection } from "#imaging/volume/lvm/parse-text.ts";
import {
  diskLocation,
  labelHeader,
  lvmCrc,
  MDA_HEADER_SIZE,
  MDA_IGNORED,
  MDA_MAGIC,
  mdaHeader,
  pvHeader,
} from "#imaging/volume/lvm/structs.ts";
import { insideWords } from "#imaging/words/inside-words.ts";

const SECTOR = 512;
/** The text of a group of a thousand volumes is about 1 MiB. */
const TEXT_LIMIT = 16 << 20;

export interface PvLabel {
  /** Byte of the volume where its sector starts. */
  readonly at: number;
  /** Without dashes. */
  readonly uuid: string;
  /** Bytes that LVM says the device has. */
  readonly size: number;
  readonly metadataAreas: readonly Extent[];
}

/** @throws FILESYSTEM_DAMAGED when there is no label whose checksum is right, STRUCT_BAD_VALUE, READ_FAILED */
export async function readLabel(volume: ReadableDevice): Promise<PvLabel> {
  const start = await readBytes(volume, 0, Math.min(4 * SECTOR, volume.size));
  for (let at = 0; at + SECTOR <= start.length; at += SECTOR) {
    const sector = start.subarray(at, at + SECTOR);
    const label = labelHeader.parse(sector);
    if (label.id !== "LABELONE" || label.type !== "LVM2 001" || label.sector * SECTOR !== at) continue;
    if (label.crc !== lvmCrc(sector.subarray(labelHeader.fields.offset.at))) continue;
    if (label.offset + pvHeader.size > SECTOR) continue;
    const { uuid, deviceSize } = pvHeader.parse(sector.subarray(label.offset));
    return { at, uuid, size: deviceSize, metadataAreas: metadataAreas(volume, sector, label.offset + pvHeader.size) };
  }
  throw damaged(volume, "LVM2_member", 0, "no label of LVM has the right checksum");
}

function metadataAreas(volume: ReadableDevice, sector: Uint8Array, from: number): Extent[] {
  const areas: Extent[] = [];
  let ends = 0;
  for (let at = from; at + diskLocation.size <= SECTOR; at += diskLocation.size) {
    const { offset, size } = diskLocation.parse(sector.subarray(at));
    if (offset === 0 && ++ends === 2) return areas;
    if (offset === 0 || ends === 0) continue;
    if (size <= MDA_HEADER_SIZE || offset + size > volume.size)
      throw damaged(volume, "LVM2_member", offset, "a metadata area would lie outside the partition");
    areas.push({ start: offset, end: offset + size });
  }
  throw damaged(volume, "LVM2_member", from, "the list of metadata areas has no end");
}

/** The text of a group's description, and its place among others: the higher sequence number is the newer. */
export interface GroupText {
  readonly name: string;
  readonly seqno: number;
  readonly crc: number;
  readonly group: TextSection;
  /** All of it: the group, and when and by whom it was written. */
  readonly root: TextSection;
}

/**
 * The newest sound copy of the group's description.
 * @returns a reason in plain words when there is none, or when two of the same number differ.
 */
export async function readGroup(volume: ReadableDevice, label: PvLabel): Promise<GroupText | { reason: string }> {
  if (label.metadataAreas.length === 0) return { reason: insideWords["inside.lvm-elsewhere"] };
  const found: GroupText[] = [];
  const problems: string[] = [];
  for (const area of label.metadataAreas) {
    try {
      const copy = await readCopy(volume, area);
      if (copy) found.push(copy);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      problems.push(error.message.replace(/^[A-Z_]+: /, ""));
    }
  }
  const [newest] = found.toSorted((a, b) => b.seqno - a.seqno);
  if (!newest && problems.length > 0) return { reason: insideWords["inside.lvm-unread"]({ why: problems.join("; ") }) };
  if (!newest) return { reason: insideWords["inside.lvm-empty"] };
  if (found.some(({ seqno, crc }) => seqno === newest.seqno && crc !== newest.crc))
    return { reason: insideWords["inside.lvm-differ"] };
  return newest;
}

/** @returns undefined for an area that holds no text, or one that LVM ignores. */
async function readCopy(volume: ReadableDevice, area: Extent): Promise<GroupText | undefined> {
  const fail = (problem: string) => damaged(volume, "LVM2_member", area.start, problem);
  const bytes = await readBytes(volume, area.start, MDA_HEADER_SIZE);
  const header = mdaHeader.parse(bytes);
  if (String.fromCharCode(...header.magic) !== MDA_MAGIC) throw fail("a metadata area has no header");
  if (header.crc !== lvmCrc(bytes.subarray(4))) throw fail("a metadata area's checksum is wrong");
  if (header.version !== 1 || header.start !== area.start || header.size > area.end - area.start)
    throw fail("a metadata area's header belongs elsewhere");
  if (header.textOffset === 0 || (header.flags & MDA_IGNORED) !== 0) return undefined;
  const { textOffset, textSize, size } = header;
  if (textOffset < MDA_HEADER_SIZE || textOffset >= size || textSize > Math.min(size - MDA_HEADER_SIZE, TEXT_LIMIT))
    throw fail("the metadata's text would lie outside its area");
  const text = new Uint8Array(textSize);
  const first = Math.min(textSize, size - textOffset);
  await volume.read(text.subarray(0, first), area.start + textOffset);
  if (first < textSize) await volume.read(text.subarray(first), area.start + MDA_HEADER_SIZE);
  const crc = lvmCrc(text);
  if (crc !== header.textCrc) throw fail("the metadata's text does not match its checksum");
  return groupOf(new TextDecoder().decode(text), crc, fail);
}

function groupOf(text: string, crc: number, fail: (problem: string) => Error): GroupText {
  let root: TextSection;
  try {
    root = parseText(text.replace(/\0.*$/s, ""));
  } catch (error) {
    if (error instanceof RangeError) throw fail(`the metadata's text: ${error.message}`);
    throw error;
  }
  const [found, ...others] = root.sections;
  const seqno = found?.[1].values.get("seqno");
  if (!found || others.length > 0 || typeof seqno !== "number") throw fail("the metadata's text describes no group");
  return { name: found[0], seqno, crc, group: found[1], root };
}
