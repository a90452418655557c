import type { BlockDevice, ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { LaidLayer, Layer } from "#imaging/layers/layer.ts";
import { nameInside } from "#imaging/layers/name-inside.ts";
import type { Unlock } from "#imaging/volume/container.ts";
import { areasOf, runsOf, SECTOR } from "#imaging/volume/lvm/areas.ts";
import { wholeVolumes } from "#imaging/volume/lvm/classify.ts";
import { readVolumeGroup, type VolumeGroup } from "#imaging/volume/lvm/driver.ts";
import type { Group, LogicalVolume } from "#imaging/volume/lvm/group.ts";
import { isLinear, reallocate } from "#imaging/volume/lvm/reallocate.ts";
import { metadataWrites } from "#imaging/volume/lvm/write-metadata.ts";
import { piecedTarget } from "#imaging/volume/pieced-target.ts";
import { piecedVolume } from "#imaging/volume/pieced-volume.ts";
import { limitWords } from "#imaging/words/limit-words.ts";

/**
 * As openLayer(). Linear volumes get other sizes and, where they must, other places; striped ones may grow; pools, mirrors,
 * snapshots and caches stay where they are, and as they are. Identifiers stay.
 */
export async function openLvmLayer(
  volume: ReadableDevice,
  _unlock: Unlock,
  outer: string,
): Promise<Layer | { readonly reason: string }> {
  const found = await readVolumeGroup(volume);
  if ("reason" in found) return found;
  const reason = whyFixed(found);
  if (reason !== undefined) return { reason };
  const { group } = found;
  const { pv, extentSize } = group;
  const reasons = wholeVolumes(group);
  const plain = group.lvs.filter(({ name, segments }) => !reasons.has(name) && segments.length > 0);
  const others = group.lvs.filter((lv) => !plain.includes(lv)).flatMap((lv) => extentsOf(group, lv));
  const striped = plain.filter((lv) => !isLinear(lv)).flatMap((lv) => extentsOf(group, lv));
  const unit = extentSize * SECTOR;
  return {
    name: `the volume group ${group.name}`,
    ...{ around: pv.start * SECTOR, unit, isFilled: false, size: volume.size },
    reserved: others.reduce((sum, { start, end }) => sum + (end - start) / unit, 0),
    pinned: Math.max(0, ...[...others, ...striped].map(({ end }) => end)),
    volumes: plain.map((lv) => ({
      ...piecedVolume(volume, nameInside(outer, `${group.name}/${lv.name}`), runsOf(group, lv)),
      ...(!isLinear(lv) && { notSmaller: limitWords["limit.striped"] }),
    })),
    lay: (target, sizes) => lay({ volume, found, plain }, target, sizes),
  };
}

/** What it has on this disk. */
const extentsOf = (group: Group, { segments }: LogicalVolume) => segments.flatMap((segment) => areasOf(group, segment));

/** Why neither the physical volume nor what is on it can have another size. */
function whyFixed({ group, label, text }: VolumeGroup): string | undefined {
  const { name, others, pv } = group;
  if (others > 0)
    return `the LVM volume group ${name} lies on several disks, and the others would still describe it as it was`;
  const lock = text.group.values.get("lock_type");
  if (lock !== undefined && lock !== "none") return `the LVM volume group ${name} is shared between computers`;
  const [area, ...more] = label.metadataAreas;
  if (!area || more.length > 0 || area.end > pv.start * SECTOR)
    return `LVM keeps a description of ${name} at the end of the disk, or two, and those are not moved`;
  return undefined;
}

interface Opened {
  readonly volume: ReadableDevice;
  readonly found: VolumeGroup;
  /** In the order of the sizes. */
  readonly plain: readonly LogicalVolume[];
}

async function lay(
  { volume, found, plain }: Opened,
  target: BlockDevice,
  sizes: readonly number[],
): Promise<LaidLayer> {
  const { pv, extentSize } = found.group;
  const unit = extentSize * SECTOR;
  const counts = new Map(plain.map(({ name }, i) => [name, (sizes[i] as number) / unit]));
  const extents = Math.floor((target.size - pv.start * SECTOR) / unit);
  const { group, moved } = reallocate(found.group, counts, { extents, size: Math.floor(target.size / SECTOR) });
  const writes = await metadataWrites(volume, found, group, target.size);
  return {
    volumes: plain.map(({ name }) => {
      const lv = group.lvs.find((one) => one.name === name) as LogicalVolume;
      const missing = ExtentList.of(
        (moved.get(name) ?? []).map(({ start, count }) => ({ start: start * unit, end: (start + count) * unit })),
      );
      return { device: piecedTarget(target, `${group.name}/${name}`, runsOf(group, lv)), missing };
    }),
    async finish() {
      for (const { offset, bytes } of writes) await target.write(bytes, offset);
    },
  };
}
