import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { LvmId, LvmName } from "#imaging/layout/identity.ts";
import type { VolumeGroup } from "#imaging/volume/lvm/driver.ts";
import { MOST_MAPPED_NAME, mappedName } from "#imaging/volume/lvm/mapped-name.ts";
import type { TextSection } from "#imaging/volume/lvm/parse-text.ts";
import { MDA_HEADER_SIZE, MDA_IGNORED, MDA_MAGIC, mdaHeader } from "#imaging/volume/lvm/structs.ts";
import { changedLabel, edited, type MetadataWrite, textWrites } from "#imaging/volume/lvm/write-metadata.ts";
import { writeText } from "#imaging/volume/lvm/write-text.ts";

export interface GroupNames {
  readonly name: string;
  /** From what is there to what shall be, as LVM prints it: of the group, its physical volume and logical volumes. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Names in a plan. Those of a thin pool's volumes are among them. */
const MOST_VOLUMES = 4096;
/** Characters that another name may take besides. */
const SPARE = 8;

/** Why a group has to keep its name and UUIDs, in plain words. */
export function whyNotRenamed({ group, label, text }: VolumeGroup): string | undefined {
  const { name, others, lvs } = group;
  if (others > 0)
    return `the LVM volume group ${name} lies on several disks, and the others would still name it as before`;
  const lock = text.group.values.get("lock_type");
  if (lock !== undefined && lock !== "none") return `the LVM volume group ${name} is shared between computers`;
  if (lvs.length > MOST_VOLUMES) return `the LVM volume group ${name} has more than ${MOST_VOLUMES} logical volumes`;
  const hasOddName = [name, ...lvs.map((lv) => lv.name)].some((one) => !LvmName.safeParse(one).success);
  if (hasOddName || idsOf({ text }).some((id) => !LvmId.safeParse(id).success))
    return "its LVM volume group has names or UUIDs that LVM itself does not give";
  if (lvs.some((lv) => mappedName(name, lv.name).length + SPARE > MOST_MAPPED_NAME))
    return `the names in the LVM volume group ${name} are too long for another one`;
  const room = Math.min(...label.metadataAreas.map(({ start, end }) => end - start)) - MDA_HEADER_SIZE;
  if (writeText(text.root).length + SPARE > room)
    return `the description of the LVM volume group ${name} has no room for another name`;
  return undefined;
}

/** Of the group, its physical volumes and logical volumes, in the order of the description; none is there twice. */
export function idsOf({ text: { group } }: Pick<VolumeGroup, "text">): string[] {
  const named = ["physical_volumes", "logical_volumes"].flatMap((key) => [
    ...(group.sections.get(key)?.sections ?? []),
  ]);
  const ids = [group, ...named.map(([, section]) => section)].map(({ values }) => String(values.get("id") ?? ""));
  return [...new Set(ids)];
}

/**
 * What to write to a physical volume so that its group has another name and other UUIDs; where its volumes lie stays.
 * LVM's own text with other words, its sequence number raised by one, in every metadata area that LVM reads.
 * @throws RangeError when the description has no room in its area; READ_FAILED
 */
export async function renameWrites(
  volume: ReadableDevice,
  { label, text }: VolumeGroup,
  { name, ids }: GroupNames,
): Promise<MetadataWrite[]> {
  const group = renamed(text.group, text.seqno + 1, ids);
  const root: TextSection = { values: text.root.values, sections: new Map([[name, group]]) };
  const writes: MetadataWrite[] = [];
  for (const area of label.metadataAreas) {
    const header = await readBytes(volume, area.start, MDA_HEADER_SIZE);
    const { magic, flags, textOffset } = mdaHeader.parse(header);
    const isRead = String.fromCharCode(...magic) === MDA_MAGIC && (flags & MDA_IGNORED) === 0 && textOffset !== 0;
    if (isRead) writes.push(...textWrites(area, header, root));
  }
  const uuid = [...ids].find(([from]) => from.replaceAll("-", "") === label.uuid)?.[1].replaceAll("-", "");
  return [...writes, await changedLabel(volume, label.at, { ...(uuid !== undefined && { uuid }) })];
}

function renamed(group: TextSection, seqno: number, ids: GroupNames["ids"]): TextSection {
  const withId = (section: TextSection): TextSection => {
    const id = ids.get(String(section.values.get("id")));
    return edited(section, id === undefined ? {} : { id });
  };
  const { values, sections } = edited(withId(group), { seqno }, (key, section) =>
    key === "physical_volumes" || key === "logical_volumes" ? edited(section, {}, (_, one) => withId(one)) : section,
  );
  return { values, sections };
}
