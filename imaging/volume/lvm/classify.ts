import type { Group, LogicalVolume } from "#imaging/volume/lvm/group.ts";

/** What a volume is by the type of its segments. */
const KINDS: readonly [type: RegExp, kind: string][] = [
  [/^thin-pool$/, "is a thin pool"],
  [/^(cache|writecache)/, "has a cache"],
  [/^vdo/, "is deduplicated by VDO"],
  [/^(mirror|raid\d+)/, "is a mirror or RAID of LVM"],
  [/^integrity$/, "has checksums of LVM"],
];

/** Which volumes are built on a volume, by its name. */
type Users = ReadonlyMap<string, readonly LogicalVolume[]>;

/** Volumes on volumes: a cached thin pool of RAID volumes has four levels. */
const DEPTH_LIMIT = 16;

/**
 * @returns for every logical volume that is not plain the user's word for why it is not. Plain is: visible, linear or
 *   striped over this physical volume alone, and no other volume is built on it or reads what it does not use.
 */
export function wholeVolumes(group: Group): ReadonlyMap<string, string> {
  const users = usersOf(group);
  const reasons = new Map<string, string>();
  for (const lv of group.lvs) {
    const shown = shownVolume(lv, users);
    const kind = kindOf(lv, group, users) && (kindOf(shown, group, users) ?? "is made of other volumes");
    if (kind) reasons.set(lv.name, `${group.name}/${shown.name} ${kind}`);
  }
  return reasons;
}

function usersOf({ lvs }: Group): Users {
  const users = new Map<string, LogicalVolume[]>(lvs.map(({ name }) => [name, []]));
  for (const lv of lvs)
    for (const text of new Set(lv.segments.flatMap(({ texts }) => texts))) users.get(text)?.push(lv);
  return users;
}

/** The volume that the user knows: parts of pools and mirrors are hidden, and so is what links a snapshot to its origin. */
function shownVolume(lv: LogicalVolume, users: Users): LogicalVolume {
  let shown = lv;
  for (let depth = 0; depth < DEPTH_LIMIT && !isVisible(shown); depth++) {
    const user = users.get(shown.name)?.[0];
    if (!user || snapshotOf(user)) break;
    shown = user;
  }
  return shown;
}

const snapshotOf = ({ segments }: LogicalVolume) => segments.find(({ type }) => type === "snapshot");

function kindOf(lv: LogicalVolume, group: Group, users: Users): string | undefined {
  for (const { type } of lv.segments) {
    const known = KINDS.find(([pattern]) => pattern.test(type));
    if (known) return known[1];
  }
  for (const user of users.get(lv.name) ?? []) {
    const snapshot = snapshotOf(user);
    if (!snapshot) return "is a part of another volume";
    return snapshot.store === lv.name ? "is a snapshot" : "has a snapshot";
  }
  if (!isVisible(lv)) return "is kept by LVM for itself";
  if (lv.segments.some(({ type }) => !isPlain(type))) return "is of a kind that is not known here";
  const areas = lv.segments.flatMap((segment) => segment.areas);
  return areas.some(({ name }) => name !== group.pv.key) ? "lies partly on other disks" : undefined;
}

const isVisible = ({ status }: LogicalVolume) => status.includes("VISIBLE");

/** Linear volumes are striped over one area. */
export const isPlain = (segmentType: string): boolean => segmentType === "striped" || segmentType === "linear";
