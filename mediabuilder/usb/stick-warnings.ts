import { ageInDays, compareMedia, type MediumInfo } from "#base/medium-info.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { isRemovable } from "./plan-common.ts";
import { isStick, type Stick } from "./read-stick.ts";
import type { StickPlan } from "./stick-plan.ts";

type Warnings = StickPlan["warnings"];

export function removableWarning(target: Disk): Warnings {
  if (isRemovable(target)) return [];
  const text = `${diskName(target)} is no removable disk (${target.bus}): make sure that it is the one that you mean`;
  return [{ code: "NOT_REMOVABLE", text }];
}

/** Who has a stick already most likely wants to keep what is on it. */
export function stickWarning(target: Disk): Warnings {
  if (!isStick(target)) return [];
  const text = `${diskName(target)} is a stick of Lifeboat already: with --update it keeps what is on its data partition`;
  return [{ code: "IS_STICK", text }];
}

export function sectorWarning({ sectorSize }: Disk): Warnings {
  if (sectorSize === 512) return [];
  const text = `Its sectors have ${sectorSize} bytes: computers with UEFI start from it, those with a BIOS do not`;
  return [{ code: "NO_BIOS", text }];
}

export function ageWarning(before: MediumInfo, system: MediumInfo, now: number): Warnings {
  const days = ageInDays(before, now);
  const since = `Lifeboat ${before.version}, ${days === undefined ? `of ${dateOf(before)}` : `${days} days old`}`;
  const to = `Lifeboat ${system.version} of ${dateOf(system)}`;
  switch (compareMedia(before, system)) {
    case "same":
      return [];
    case "newer":
      return [
        { code: "STICK_NEWER", text: `The stick has ${since}: it is newer than ${to}, which would take its place` },
      ];
    default:
      return [{ code: "STICK_OLD", text: `The stick is out of date: it has ${since}, and this is ${to}` }];
  }
}

const dateOf = ({ packagesAt }: MediumInfo): string => packagesAt.slice(0, 10);

export function astrayWarning({ astray, foreign }: Stick): Warnings {
  const files = astray.filter((path) => !foreign.includes(path.split("/")[0] ?? ""));
  if (files.length === 0) return [];
  const text = `Somebody has written files of the boot partition by hand (${files.slice(0, 5).join(", ")}): if this update is interrupted, the stick may not start any more, and is to be made anew`;
  return [{ code: "STICK_ALTERED", text }];
}
