import type { Disk, RestorePlan } from "#rescue/api/contract.ts";
import { partitionName, realPartitions } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";

const NAMES_SHOWN = 4;

type Named = Pick<Disk, "kind" | "path" | "model" | "serial">;

/** "Samsung SSD 970 EVO Plus"; of one that tells no model "vda"; of a file its name. */
export function diskModel({ kind, path, model }: Named): string {
  const last = path.split("/").at(-1) ?? path;
  return kind === "file" ? last : (model ?? last);
}

/** What a restore writes to: a disk, or one partition of it. */
export const targetName = ({ target, into }: Pick<RestorePlan, "target" | "into">): string =>
  into ? t("target.partition-of", { number: into.number, disk: diskLabel(target) }) : target.name;

/** "Samsung SSD 970 EVO Plus (…1234)", as the server calls it in plans and reports. */
export const diskLabel = (disk: Named): string =>
  disk.kind === "block" && disk.serial ? `${diskModel(disk)} (…${disk.serial.slice(-4)})` : diskModel(disk);

/** "Samsung SSD 970 EVO Plus (…1234), 465.8 GiB (500 GB)": what people tell disks apart by. */
export const diskTitle = (disk: Disk): string => `${diskLabel(disk)}, ${format.diskSize(disk.size)}`;

/** What is on a disk, in a line. A disk of which that is not known is never called empty. */
export function holds(disk: Pick<Disk, "partitions" | "table" | "unreadable">): string {
  if (disk.unreadable) return t("target.unreadable");
  const names = realPartitions(disk.partitions).map(partitionName);
  if (names.length === 0) return t(disk.table.problems.length > 0 ? "target.not-recognised" : "target.is-empty");
  const shown = names.length > NAMES_SHOWN ? [...names.slice(0, NAMES_SHOWN - 1), "…"] : names;
  return t("target.holds", { count: names.length, names: shown.join(", ") });
}
