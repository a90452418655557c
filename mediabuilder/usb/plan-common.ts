import { createHash } from "node:crypto";
import type { MediumInfo } from "#base/medium-info.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { refuseUnwritable } from "#imaging/plan/refuse-target.ts";
import type { Stick } from "./read-stick.ts";
import type { StickPlan } from "./stick-plan.ts";

/** What a plan needs to know of a rescue system. */
export interface PlannedSystem {
  readonly info: MediumInfo;
  /** That its files take on the boot partition. */
  readonly bytes: number;
}

/** @throws TARGET_IS_BOOT_MEDIUM, TARGET_READ_ONLY, TARGET_IN_USE, OPEN_FAILED */
export const refuseAsStick = (target: Disk): void => refuseUnwritable({ path: "" }, target, {});

/** Sticks that call themselves fixed disks are plugged in all the same; an eMMC is not. A raw file is nobody's system. */
export const isRemovable = ({ removable, bus, kind, path, bootAreas = [] }: Disk): boolean =>
  removable ||
  kind === "file" ||
  bus === "usb" ||
  path.startsWith("/dev/loop") ||
  (path.startsWith("/dev/mmcblk") && bootAreas.length === 0);

/** What every plan says of its target. */
export const common = (kind: StickPlan["kind"], { info }: PlannedSystem, target: Disk) => ({
  format: "lifeboat-stick/1" as const,
  kind,
  system: info,
  target: {
    ...{ id: target.id, path: target.path, kind: target.kind, name: diskName(target), bus: target.bus },
    ...{ model: target.model, serial: target.serial, size: target.size, sectorSize: target.sectorSize },
    removable: isRemovable(target),
  },
});

export function withId(plan: Omit<StickPlan, "id">): StickPlan {
  const id = `stick-${createHash("sha256").update(JSON.stringify(plan)).digest("hex").slice(0, 16)}`;
  const { format, kind, ...rest } = plan;
  return { format, kind, id, ...rest };
}

/** Changes when the disk, what is on it, or the system is no longer what the plan was made for. */
export const stickHash = ({ info }: PlannedSystem, target: Disk, stick: Stick | undefined): string =>
  createHash("sha256")
    .update(JSON.stringify([info.id, target.fingerprint, stick?.info.id, stick?.side, stick?.foreign, stick?.astray]))
    .digest("hex");
