import type { Disk } from "#rescue/api/contract.ts";
import { partitionName } from "#ui/disk/segments.ts";
import { format, t } from "#ui/i18n/index.ts";

const NAMES_SHOWN = 4;

/** "Samsung SSD 970 EVO Plus (…1234), 465.8 GiB (500 GB)": what people tell disks apart by. */
export function diskTitle({ kind, path, model, serial, bus, size }: Disk): string {
  const name = kind === "file" ? (path.split("/").at(-1) ?? path) : (model ?? bus.toUpperCase());
  const end = kind === "block" && serial ? ` (…${serial.slice(-4)})` : "";
  return `${name}${end}, ${format.diskSize(size)}`;
}

/** What is on a disk, in a line. A disk of which that is not known is never called empty. */
export function holds(disk: Pick<Disk, "partitions" | "table" | "unreadable">): string {
  if (disk.unreadable) return t("target.unreadable");
  const names = disk.partitions.filter((p) => p.role !== "extended").map(partitionName);
  if (names.length === 0) return t(disk.table.problems.length > 0 ? "target.not-recognised" : "target.is-empty");
  const shown = names.length > NAMES_SHOWN ? [...names.slice(0, NAMES_SHOWN - 1), "…"] : names;
  return t("target.holds", { count: names.length, names: shown.join(", ") });
}
