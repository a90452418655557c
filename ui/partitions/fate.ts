import type { EditedDisk } from "#rescue/api/contract.ts";
import type { DrawnPartition, Role } from "#ui/disk/segments.ts";
import { type PlainKey, t } from "#ui/i18n/index.ts";

type Changed = EditedDisk["partitions"][number];
type Fate = "same" | "created" | "formatted" | "moved" | "resized" | "moved-resized" | "changed";

const words: Readonly<Record<Fate, PlainKey>> = {
  ...{ same: "role.keep", created: "role.created", formatted: "role.formatted", moved: "role.moved" },
  ...{ resized: "role.resized", "moved-resized": "role.moved-resized", changed: "role.changed" },
};
const roles: Readonly<Record<Fate, Role>> = {
  ...{ same: "now", created: "new", formatted: "erase", moved: "moved", resized: "moved" },
  ...{ "moved-resized": "moved", changed: "moved" },
};

/** What the operations make of a partition. */
function changeOf(one: Changed, now: EditedDisk): Fate {
  const before = now.partitions.find(({ source }) => source === one.source);
  if (one.source === undefined || !before) return "created";
  if (one.isFormatted) return "formatted";
  const [isMoved, isResized] = [before.start !== one.start, before.size !== one.size];
  if (isMoved && isResized) return "moved-resized";
  if (isMoved) return "moved";
  if (isResized) return "resized";
  const told = ({ number, type, name, active, filesystem }: Changed) =>
    JSON.stringify([number, type, name, active, filesystem?.label]);
  return told(before) === told(one) ? "same" : "changed";
}

/** The same as a pattern of the bar, and as a word of the table. */
export const fateOf = (one: DrawnPartition, now: EditedDisk): Role => roles[changeOf(one as Changed, now)];
export const fateText = (one: Changed, now: EditedDisk): string => t(words[changeOf(one, now)]);
