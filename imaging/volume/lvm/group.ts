import type { TextSection, TextValue } from "#imaging/volume/lvm/parse-text.ts";

/** What a volume group's description says of one of its physical volumes. All numbers are sectors of 512 bytes. */
export interface PhysicalVolume {
  /** As segments call it: "pv0". */
  readonly key: string;
  readonly size: number;
  readonly start: number;
  readonly extents: number;
}

export interface Segment {
  /** Extents of the logical volume. */
  readonly start: number;
  readonly count: number;
  readonly type: string;
  /** Sectors; 0 when the segment is not striped. */
  readonly stripeSize: number;
  /** Where the data lies: a physical volume and its first extent, or another logical volume. */
  readonly areas: readonly { readonly name: string; readonly first: number }[];
  /** Every text in it: the names of the volumes that it is made of are among them. */
  readonly texts: readonly string[];
  /** The volume that keeps what a snapshot preserves. */
  readonly store: string | undefined;
}

export interface LogicalVolume {
  readonly name: string;
  readonly status: readonly string[];
  readonly segments: readonly Segment[];
}

export interface Group {
  readonly name: string;
  readonly status: readonly string[];
  /** Sectors. */
  readonly extentSize: number;
  readonly pv: PhysicalVolume;
  /** How many physical volumes it has besides this one. */
  readonly others: number;
  readonly missing: boolean;
  readonly lvs: readonly LogicalVolume[];
}

/** @throws RangeError, in plain words, when something is not as LVM writes it. */
export function readDescription(name: string, group: TextSection, pvUuid: string): Group {
  const pvs = [...(group.sections.get("physical_volumes")?.sections ?? [])];
  const own = pvs.find(([, pv]) => textOf(pv, "id").replaceAll("-", "") === pvUuid);
  if (!own) throw new RangeError(`the volume group ${name} does not know this disk`);
  const lvs = [...(group.sections.get("logical_volumes")?.sections ?? [])];
  return {
    name,
    status: [...textsOf(group, "status"), ...textsOf(group, "flags")],
    extentSize: numberOf(group, "extent_size", 1),
    pv: {
      key: own[0],
      size: own[1].values.has("dev_size") ? numberOf(own[1], "dev_size", 1) : 0,
      start: numberOf(own[1], "pe_start", 0),
      extents: numberOf(own[1], "pe_count", 0),
    },
    others: pvs.length - 1,
    missing: pvs.some(([, pv]) => [...textsOf(pv, "flags"), ...textsOf(pv, "status")].includes("MISSING")),
    lvs: lvs.map(([lv, section]) => ({ name: lv, status: textsOf(section, "status"), segments: segmentsOf(section) })),
  };
}

/** They must follow one another from the volume's first extent on. */
function segmentsOf(lv: TextSection): Segment[] {
  const count = numberOf(lv, "segment_count", 0);
  if (count !== lv.sections.size) throw new RangeError("the number of segments is another");
  let end = 0;
  return [...lv.sections].map(([key, section], i) => {
    const segment = segmentOf(section);
    if (key !== `segment${i + 1}` || segment.start !== end) throw new RangeError("segments are missing");
    end += segment.count;
    return segment;
  });
}

function segmentOf(section: TextSection): Segment {
  const stripes = section.values.get("stripes") ?? [];
  if (!Array.isArray(stripes) || stripes.length % 2 !== 0) throw new RangeError("a list of stripes is damaged");
  const areas = Array.from({ length: stripes.length / 2 }, (_, i) => {
    const [name, first] = stripes.slice(i * 2, i * 2 + 2) as unknown[];
    if (typeof name !== "string" || typeof first !== "number" || first < 0)
      throw new RangeError("a list of stripes is damaged");
    return { name, first };
  });
  const count = numberOf(section, "extent_count", 1);
  const type = textOf(section, "type");
  const striped = areas.length > 1;
  if (areas.length > 0 && (areas.length !== numberOf(section, "stripe_count", 1) || count % areas.length !== 0))
    throw new RangeError("a segment has another number of stripes");
  return {
    start: numberOf(section, "start_extent", 0),
    count,
    type,
    stripeSize: striped ? numberOf(section, "stripe_size", 1) : 0,
    areas,
    store: textsOf(section, "cow_store")[0] ?? textsOf(section, "merging_store")[0],
    texts: [...section.values].filter(([key]) => key !== "type").flatMap(([, value]) => textsIn(value)),
  };
}

const textsIn = (value: TextValue): string[] =>
  [value].flat().filter((part): part is string => typeof part === "string");

const textsOf = (section: TextSection, key: string): string[] => textsIn(section.values.get(key) ?? []);

function textOf(section: TextSection, key: string): string {
  const value = section.values.get(key);
  if (typeof value !== "string") throw new RangeError(`${key} is missing`);
  return value;
}

function numberOf(section: TextSection, key: string, least: number): number {
  const value = section.values.get(key);
  if (typeof value !== "number" || value < least) throw new RangeError(`${key} is missing or wrong`);
  return value;
}
