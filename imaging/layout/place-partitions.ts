import { LifeboatError } from "#base/errors.ts";
import { layoutInvalid } from "#imaging/disk/layout-invalid.ts";
import type { Extent } from "#imaging/extent.ts";
import { type ChosenPartition, partitionSentence, partitionText } from "#imaging/layout/choose-partitions.ts";
import { type LayoutTarget, type LayoutWish, roundDown, roundUp } from "#imaging/layout/layout.ts";
import { givesLast } from "#imaging/layout/meant-to-grow.ts";
import { type Share, shareSpace } from "#imaging/layout/share-space.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** A partition on its way to the target. */
export interface Placing extends ChosenPartition {
  readonly role: "primary" | "logical";
  /** Takes a part of free space, with `fill`. */
  readonly grows: boolean;
}

export interface PlaceOptions {
  readonly target: LayoutTarget;
  /** Where partitions may lie. */
  readonly usable: Extent;
  /** Starts are multiples of it. */
  readonly align: number;
  readonly mode: LayoutWish["mode"];
  /** Places stay what they are where all of them can: nothing asks for another one. */
  readonly mayStay: boolean;
  /** Where nothing that is added may lie: extended partitions. */
  readonly avoid?: readonly Extent[];
}

/** Partitions between two places that a user fixed, or the ends of the disk. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly parts: readonly Placing[];
}

/**
 * Where each partition goes, in the given order, each behind the one before.
 * @throws TARGET_TOO_SMALL, LAYOUT_INVALID
 */
export function placePartitions(parts: readonly Placing[], options: PlaceOptions): Extent[] {
  const kept = options.mayStay ? asTheyAre(parts, options) : undefined;
  return kept ?? stretches(parts, options).flatMap((stretch) => placeStretch(stretch, options));
}

/** Sectors of SSDs and of large disks: a start between two of them costs a read for each write. */
const PHYSICAL_SECTOR = 4096;

function asTheyAre(parts: readonly Placing[], options: PlaceOptions): Extent[] | undefined {
  const { usable, target } = options;
  const places: Extent[] = [];
  const old = parts.filter(({ made }) => made === undefined).map(extentOf);
  const taken = [...old, ...(options.avoid ?? [])];
  for (const part of parts) {
    if (part.partition.least > part.partition.size) return undefined;
    const place = part.made ? freePlace(part, taken, options) : extentOf(part);
    if (!place) return undefined;
    if (part.made) taken.push(place);
    places.push(place);
  }
  const isInside = ({ start, end }: Extent) => start >= usable.start && end <= usable.end;
  const fit = (place: Extent) =>
    isInside(place) && place.start % PHYSICAL_SECTOR === 0 && place.end % target.sectorSize === 0;
  return places.every(fit) ? places : undefined;
}

const extentOf = ({ partition: { start, size } }: Placing): Extent => ({ start, end: start + size });

/** The first free space that holds a partition that is added, with as much of its size as there is. */
function freePlace(
  { partition }: Placing,
  taken: readonly Extent[],
  { usable, align }: PlaceOptions,
): Extent | undefined {
  let at = Math.max(usable.start, align);
  for (const { start, end } of [...taken, { start: usable.end, end: usable.end }].toSorted(
    (a, b) => a.start - b.start,
  )) {
    const [from, to] = [roundUp(at, align), roundDown(start, align)];
    if (to - from >= partition.least) return { start: from, end: Math.min(to, from + roundUp(partition.size, align)) };
    at = Math.max(at, end);
  }
  return undefined;
}

/** An extended boot record stands before each logical partition, in a unit of its own. */
const recordsBefore = ({ role }: Placing): number => (role === "logical" ? 1 : 0);

function stretches(parts: readonly Placing[], { usable, align, target }: PlaceOptions): Stretch[] {
  const found: { from: number; to: number; parts: Placing[] }[] = [];
  let current = { from: roundUp(Math.max(usable.start, align), align), to: usable.end, parts: [] as Placing[] };
  for (const part of parts) {
    const start = part.wish?.start;
    if (start !== undefined) {
      const from = start - recordsBefore(part) * align;
      if (start % target.sectorSize !== 0 || from < usable.start)
        throw layoutInvalid(say("cannot.layout-start", { partition: partitionSentence(part.partition), start }));
      current.to = from;
      if (current.parts.length > 0) found.push(current);
      if (from < current.from)
        throw layoutInvalid(say("cannot.layout-order", { partition: partitionSentence(part.partition) }));
      current = { from, to: usable.end, parts: [] };
    }
    current.parts.push(part);
  }
  return [...found, current];
}

function placeStretch({ from, to, parts }: Stretch, options: PlaceOptions): Extent[] {
  const { align, target } = options;
  const rest = Math.max(0, to - from) % align;
  const shares = parts.map((part, i) => shareOf(part, options, i === parts.length - 1 ? rest : 0));
  const records = parts.reduce((sum, part) => sum + recordsBefore(part), 0);
  const units = shareSpace(shares, Math.floor(Math.max(0, to - from) / align) - records);
  if (!units && to < options.usable.end)
    throw layoutInvalid(
      say("cannot.layout-room", { list: parts.map((part) => partitionSentence(part.partition)), start: to }),
    );
  if (!units) throw tooSmall(parts, shares, { records, from }, options);
  let at = from;
  return parts.map((part, i) => {
    const start = at + recordsBefore(part) * align;
    const share = shares[i] as Share & { exact: number };
    const size = units[i] === share.size ? share.exact : (units[i] as number) * align;
    at = roundUp(start + size, align);
    return { start, end: start + roundUp(size, target.sectorSize) };
  });
}

/** @param rest bytes behind the last whole unit, where the end of the last partition may lie */
function shareOf(part: Placing, options: PlaceOptions, rest: number): Share & { exact: number } {
  const { align, target, mode } = options;
  const { partition, wish, made } = part;
  const now = roundUp(Math.max(partition.size, partition.least), target.sectorSize);
  const least = roundUp(partition.least, target.sectorSize);
  const units = (bytes: number) => (bytes % align <= rest ? Math.floor(bytes / align) : Math.ceil(bytes / align));
  const grows = mode === "fill" ? part.grows : wish?.size === "rest";
  if (typeof wish?.size === "number" || wish?.size === "least") {
    const size = wishedSize(part, options, now);
    return { size: units(size), least: units(size), most: units(size), grows: false, givesLast: false, exact: size };
  }
  const most = Math.max(units(now), Math.floor(partition.most / align));
  const keeps = made === undefined && (mode === "keep" || (mode === "manual" && wish?.size !== "rest"));
  const smallest = keeps ? units(now) : Math.min(units(now), Math.max(1, Math.ceil(least / align)));
  return { size: units(now), least: smallest, most, grows, givesLast: givesLast(partition), exact: now };
}

function wishedSize({ partition, wish }: Placing, { align, target }: PlaceOptions, now: number): number {
  const { least, most, notSmaller, notLarger } = partition;
  if (wish?.size === "least") return Math.min(now, roundUp(Math.max(least, 1), align));
  const wished = roundUp(wish?.size as number, target.sectorSize);
  if (wished === now) return now;
  // A smaller file system ends between two chunks of the image: what lies behind is not read for it.
  const size = wished < now ? Math.min(now, roundUp(wished, align)) : wished;
  const what = partitionSentence(partition);
  if (size < least)
    throw layoutInvalid(say("cannot.layout-smaller", { partition: what, count: least, why: hear(notSmaller ?? "") }));
  if (size > now && size > most)
    throw layoutInvalid(say("cannot.layout-larger", { partition: what, count: most, why: hear(notLarger ?? "") }));
  return size;
}

/** What the disk would have to have, with every partition as small as it may be. */
function tooSmall(
  parts: readonly Placing[],
  shares: readonly Share[],
  { records, from }: { records: number; from: number },
  options: PlaceOptions,
): LifeboatError {
  const { align, target, usable } = options;
  const units = shares.reduce((sum, { least, size }) => sum + Math.min(least, size), records);
  const need = from + units * align + (target.size - usable.end);
  // A limit of the table, such as 2 TiB, may bind before the disk does.
  return new LifeboatError("LAYOUT_TOO_SMALL", {
    target: target.name,
    need: roundUp(need, target.sectorSize),
    have: roundDown(target.size, target.sectorSize),
    mode: options.mode,
    ...(options.mode !== "keep" && { fixed: whyFixed(parts) }),
  });
}

/** Which partitions cannot be smaller, and why: there may be a key that was not given. */
const whyFixed = (parts: readonly Placing[]): string =>
  parts
    .flatMap(({ partition }) => {
      const { notSmaller, least, size } = partition;
      return notSmaller === undefined || least < size
        ? []
        : [`${partitionText(partition)} keeps its size: ${notSmaller}`];
    })
    .join("; ");
