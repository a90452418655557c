import {
  type LayoutNote,
  type LayoutSource,
  type LayoutTarget,
  type PlannedPartition,
  type PlannedVolume,
  roundUp,
  type SourceLayer,
  type SourcePartition,
  type SourceVolume,
  type VolumeChange,
} from "#imaging/layout/layout.ts";
import { dataThatGrows, givesLast } from "#imaging/layout/meant-to-grow.ts";
import { shareSpace } from "#imaging/layout/share-space.ts";
import { say } from "#imaging/words/say.ts";

/** What has to be done to what a partition holds, when it gets a size within its limits. */
export function planContent(
  partition: SourcePartition,
  size: number,
  { sectorSize }: Pick<LayoutTarget, "sectorSize">,
): Pick<PlannedPartition, "change" | "inside"> {
  const change = changeOf(partition, size, sectorSize);
  if (!partition.inside || change === "none") return { change };
  return { change, inside: planInside(partition.inside, size) };
}

function changeOf(partition: SourcePartition, size: number, sectorSize: number): VolumeChange {
  if (partition.remade) return "remake";
  return size > partition.size && size <= roundUp(partition.size, sectorSize) ? "none" : sizeChange(partition, size);
}

function sizeChange(
  { size: before, remadeSmaller, remadeLarger }: Pick<SourceVolume, "size" | "remadeSmaller" | "remadeLarger">,
  size: number,
): VolumeChange {
  if (size < before) return remadeSmaller ? "remake" : "shrink";
  if (size > before) return remadeLarger ? "remake" : "grow";
  return "none";
}

/** All volumes of a layer that becomes `size` bytes, each before those inside itself. */
function planInside(layer: SourceLayer, size: number): PlannedVolume[] {
  const units = sizesInside(layer, size);
  return layer.volumes.flatMap((volume, i): PlannedVolume[] => {
    const after = (units[i] as number) * layer.unit;
    const { name, filesystem, size: from } = volume;
    const change = sizeChange(volume, after);
    const inside = volume.inside && change !== "none" ? planInside(volume.inside, after) : [];
    return [{ name, ...(filesystem !== undefined && { filesystem }), from, size: after, change }, ...inside];
  });
}

const unitsIn = ({ around, unit, reserved }: SourceLayer, size: number): number =>
  Math.floor((size - around) / unit) - reserved;

/**
 * Units of each volume of a layer. What was free in a volume group stays free when it grows, and is given up first when it
 * becomes smaller; then volumes give of what they can spare, small ones and swap last.
 */
function sizesInside(layer: SourceLayer, size: number): number[] {
  const room = unitsIn(layer, size);
  if (layer.isFilled) return [room];
  const { unit, volumes } = layer;
  const grows = dataThatGrows(volumes);
  const shares = volumes.map(({ size: now, least, most, filesystem }, i) => ({
    givesLast: givesLast({ size: now, filesystem }),
    ...{ size: now / unit, least: Math.min(now / unit, Math.ceil(least / unit)) },
    ...{ most: Math.max(now / unit, Math.floor(most / unit)), grows: grows[i] === true },
  }));
  const used = shares.reduce((sum, share) => sum + share.size, 0);
  const found = shareSpace(shares, Math.min(room, used) + Math.max(0, room - unitsIn(layer, layer.size)));
  if (!found) throw new RangeError(`${layer.name} does not fit`); // its limits say so
  return found;
}

/** How small a layer can be: bytes of what it lies in. */
export function leastOf(layer: SourceLayer): number {
  const { around, unit, reserved, pinned, volumes } = layer;
  const units = volumes.reduce((sum, { size, least }) => sum + Math.ceil(Math.min(size, least) / unit), reserved);
  return Math.max(pinned, around + units * unit);
}

/** Of each partition with volumes inside, what becomes of them. */
export const insideNotes = (
  { partitions }: Pick<LayoutSource, "partitions">,
  planned: readonly Pick<PlannedPartition, "source" | "number" | "inside">[],
): LayoutNote[] =>
  planned.flatMap(({ source, number, inside = [] }): LayoutNote[] => {
    const layer = partitions.find((one) => one.number === source)?.inside;
    if (!layer || inside.length === 0) return [];
    const sizes = inside.map(({ name, from, size }) =>
      from === size
        ? say("layout.inside-stays", { name, size })
        : say("layout.inside-changes", { name, oldSize: from, size }),
    );
    return [{ code: "VOLUMES_INSIDE", ...say("layout.inside", { number, volumes: sizes }) }];
  });
