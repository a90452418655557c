import type { TargetRule } from "#base/medium/unattended-plan.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";

/** The disk that a rule means, or why it means none: two that fit are as good as none, as one of them is the wrong one. */
export function chooseTarget(
  disks: readonly Disk[],
  rule: TargetRule,
  imageDiskId: string,
): { readonly disk: Disk } | { readonly reason: string } {
  if (typeof rule === "object") return named(disks, rule);
  const fitting = disks.filter(
    ({ isBootMedium, removable, readOnly, unreadable, id, bus }) =>
      !isBootMedium && !removable && !readOnly && !unreadable && id !== imageDiskId && bus !== "usb",
  );
  const names = fitting.map(diskName).join(", ");
  const [first, second] = rule === "only" ? fitting : bySize(fitting, rule);
  if (!first) return { reason: "there is no fixed disk that could be written to" };
  if (rule === "only" && second) return { reason: `more than one disk could be meant: ${names}` };
  if (second && second.size === first.size) return { reason: `two disks are the ${rule}: ${names}` };
  return { disk: first };
}

const bySize = (disks: readonly Disk[], rule: "largest" | "smallest"): Disk[] =>
  disks.toSorted((a, b) => (rule === "largest" ? b.size - a.size : a.size - b.size));

function named(disks: readonly Disk[], rule: { serial: string } | { id: string }) {
  const isMeant = (disk: Disk) => ("id" in rule ? disk.id === rule.id : disk.serial === rule.serial);
  const [disk, other] = disks.filter(isMeant);
  const what = "id" in rule ? `the id ${rule.id}` : `the serial number ${rule.serial}`;
  if (!disk) return { reason: `no disk has ${what}` };
  return other ? { reason: `more than one disk has ${what}` } : { disk };
}
