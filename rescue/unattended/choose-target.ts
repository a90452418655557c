import type { TargetRule } from "#base/medium/unattended-plan.ts";
import type { Sentence } from "#base/sentence.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { say } from "#imaging/words/say.ts";

/** The disk that a rule means, or why it means none: two that fit are as good as none, as one of them is the wrong one. */
export function chooseTarget(
  disks: readonly Disk[],
  rule: TargetRule,
  imageDiskId: string,
): { readonly disk: Disk } | { readonly reason: Sentence } {
  if (typeof rule === "object") return named(disks, rule);
  const fitting = disks.filter(
    ({ isBootMedium, removable, readOnly, unreadable, id, bus }) =>
      !isBootMedium && !removable && !readOnly && !unreadable && id !== imageDiskId && bus !== "usb",
  );
  const names = fitting.map(diskName).join(", ");
  const [first, second] = rule === "only" ? fitting : bySize(fitting, rule);
  if (!first) return { reason: say("says.no-disk") };
  if (rule === "only" && second) return { reason: say("says.disks", { disks: names }) };
  if (second && second.size === first.size)
    return { reason: say(rule === "largest" ? "says.two-largest" : "says.two-smallest", { disks: names }) };
  return { disk: first };
}

const bySize = (disks: readonly Disk[], rule: "largest" | "smallest"): Disk[] =>
  disks.toSorted((a, b) => (rule === "largest" ? b.size - a.size : a.size - b.size));

function named(disks: readonly Disk[], rule: { serial: string } | { id: string }) {
  const isMeant = (disk: Disk) => ("id" in rule ? disk.id === rule.id : disk.serial === rule.serial);
  const [disk, other] = disks.filter(isMeant);
  if (!disk) return { reason: "id" in rule ? say("says.no-id", rule) : say("says.no-serial", rule) };
  if (other) return { reason: "id" in rule ? say("says.ids", rule) : say("says.serials", rule) };
  return { disk };
}
