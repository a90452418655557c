import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import type { Extent } from "#imaging/extent.ts";
import { SECTOR } from "#imaging/volume/lvm/areas.ts";
import type { VolumeGroup } from "#imaging/volume/lvm/driver.ts";
import type { Group, LogicalVolume } from "#imaging/volume/lvm/group.ts";
import type { TextSection, TextValue } from "#imaging/volume/lvm/parse-text.ts";
import { labelHeader, lvmCrc, MDA_HEADER_SIZE, mdaHeader, pvHeader } from "#imaging/volume/lvm/structs.ts";
import { writeText } from "#imaging/volume/lvm/write-text.ts";

export interface MetadataWrite {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * The label and the metadata area of a physical volume that has another size, and whose group was reallocated. Names and
 * identifiers stay, and all that the description says besides. (LVM2, lib/format_text/format-text.c, _vg_write_raw and
 * _vg_commit_raw; lib/label/label.c, label_write.)
 * @param volume as it was
 * @param size bytes of the physical volume
 * @throws RangeError when the description has no room in its area
 */
export async function metadataWrites(
  volume: ReadableDevice,
  before: VolumeGroup,
  group: Group,
  size: number,
): Promise<MetadataWrite[]> {
  const { label } = before;
  const [area] = label.metadataAreas;
  if (!area) throw new RangeError(`${before.text.name} is described on another disk`);
  const header = await readBytes(volume, area.start, MDA_HEADER_SIZE);
  const texts = textWrites(area, header, changedText(before, group));
  return [...texts, await changedLabel(volume, label.at, { deviceSize: size })];
}

/** The description, and then the header that names it. @throws RangeError when it has no room */
export function textWrites(area: Extent, before: Uint8Array, root: TextSection): MetadataWrite[] {
  const bytes = new TextEncoder().encode(`${writeText(root)}\0`);
  if (bytes.length > area.end - area.start - MDA_HEADER_SIZE)
    throw new RangeError("the description of a volume group has no room");
  const header = before.slice();
  const place = { textOffset: MDA_HEADER_SIZE, textSize: bytes.length, textCrc: lvmCrc(bytes), flags: 0 };
  header.set(mdaHeader.serialise({ ...mdaHeader.parse(header), ...place }));
  header.fill(0, mdaHeader.size); // a text that was about to be committed
  setCrc(header, 0, header.subarray(4));
  return [
    { offset: area.start + MDA_HEADER_SIZE, bytes },
    { offset: area.start, bytes: header },
  ];
}

/** The sector of the label with other words in it. */
export async function changedLabel(
  volume: ReadableDevice,
  at: number,
  change: { readonly deviceSize?: number; readonly uuid?: string },
): Promise<MetadataWrite> {
  const sector = await readBytes(volume, at, SECTOR);
  const { offset } = labelHeader.parse(sector);
  sector.set(pvHeader.serialise({ ...pvHeader.parse(sector.subarray(offset)), ...change }), offset);
  setCrc(sector, labelHeader.fields.crc.at, sector.subarray(labelHeader.fields.offset.at));
  return { offset: at, bytes: sector };
}

const setCrc = (bytes: Uint8Array, at: number, of: Uint8Array): void =>
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, lvmCrc(of), true);

function changedText({ text, group: was }: VolumeGroup, group: Group): TextSection {
  const { pv } = group;
  const pvValues = { pe_count: pv.extents, ...(pv.size > 0 && { dev_size: pv.size }) };
  const changed = edited(text.group, { seqno: text.seqno + 1 }, (name, section) => {
    if (name === "physical_volumes")
      return edited(section, {}, (key, one) => (key === pv.key ? edited(one, pvValues) : one));
    if (name !== "logical_volumes") return section;
    return edited(section, {}, (key, one) => {
      const now = group.lvs.find((lv) => lv.name === key);
      return now && now.segments !== was.lvs.find((lv) => lv.name === key)?.segments ? withSegments(one, now) : one;
    });
  });
  return edited(text.root, {}, () => changed);
}

/** What is not named stays, and in its place. */
export const edited = (
  { values, sections }: TextSection,
  changes: Readonly<Record<string, TextValue>>,
  edit: (name: string, section: TextSection) => TextSection = (_name, section) => section,
): TextSection => ({
  values: new Map([...values, ...Object.entries(changes)]), // what is there keeps its place
  sections: new Map([...sections].map(([name, section]) => [name, edit(name, section)])),
});

/** Of a striped segment, which stays, all stays; linear ones are described anew. */
function withSegments(section: TextSection, { segments }: LogicalVolume): TextSection {
  const sections = segments.map((segment, i): [string, TextSection] => {
    const name = `segment${i + 1}`;
    const there = section.sections.get(name);
    return [name, segment.areas.length > 1 && there ? there : linearSection(segment)];
  });
  return { values: edited(section, { segment_count: segments.length }).values, sections: new Map(sections) };
}

const linearSection = ({ start, count, areas }: LogicalVolume["segments"][number]): TextSection => ({
  values: new Map<string, TextValue>([
    ["start_extent", start],
    ["extent_count", count],
    ["type", "striped"],
    ["stripe_count", 1],
    ["stripes", areas.flatMap(({ name, first }) => [name, first])],
  ]),
  sections: new Map(),
});
