import type { Manifest } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { LayoutWish, PlannedLayout } from "#imaging/layout/layout.ts";
import { mayStart } from "#imaging/mend/may-start.ts";
import type { MendWish } from "#imaging/mend/mend.ts";
import { placedTarget } from "#imaging/preflight/choose-target.ts";
import type { readContent } from "#imaging/preflight/content/read-content.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { fitOfLayout, preflight } from "#imaging/preflight/preflight.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";
import type { SystemsWish } from "#imaging/wish/restore-wish.ts";

/**
 * What is to be done to the systems on a target. @param drivers folders with drivers for Windows
 * @returns undefined where nothing is asked for, and nothing could start
 */
export function mendFor(
  { bootRepair, universal, firmware, identity, hostname, discardHibernation }: SystemsWish,
  drivers: readonly string[],
  manifest: Manifest,
  layout: PlannedLayout | undefined,
): MendWish | undefined {
  const isAsked = universal || identity === "new" || firmware !== undefined;
  // Windows cannot look into the systems: what is not asked for is left out, and what is asked for is refused when it is run.
  const isUsual = mayStart(manifest) && process.platform !== "win32";
  if (!bootRepair || (!isAsked && !isUsual)) return undefined;
  return {
    ...{ boot: true, universal, drivers: [...drivers], identity },
    ...(firmware && { firmware }),
    ...(hostname !== undefined && { hostname }),
    ...(discardHibernation && { discardHibernation }),
    renew: universal || firmware !== undefined || layout !== undefined,
    ...(layout?.moved && { moved: layout.moved }),
  };
}

/** A disk that is to start under firmware of another kind needs a partition for it. */
export function withFirmware(wish: LayoutWish | undefined, firmware: SystemsWish["firmware"]): LayoutWish | undefined {
  if (firmware === undefined) return wish;
  const role = firmware === "uefi" ? "esp" : "bios-grub";
  return { ...(wish ?? { mode: "shrink" }), add: [{ role }] };
}

export interface JudgedRestore {
  readonly systems: SystemsWish;
  readonly layout: PlannedLayout | undefined;
  readonly machine: MachineHardware;
  readonly keys?: readonly VolumeKey[];
  readonly signal: AbortSignal;
  readonly read?: typeof readContent;
}

/** Whether the systems of an image will start on a machine from that disk. @throws what preflight throws */
export async function judgeRestore(
  image: Restorable,
  disk: Disk,
  { systems, layout, machine, keys = [], signal, read }: JudgedRestore,
): Promise<Verdict> {
  const { universal, firmware, discardHibernation } = systems;
  const wish = {
    ...{ ...fitOfLayout(image.manifest, layout, disk.size), bootRepair: true },
    ...(universal && { universal }),
    ...(firmware && { firmware }),
    ...(discardHibernation && { discardHibernation }),
  };
  const target = placedTarget(machine, disk);
  return preflight(image, { machine, target, wish, keys, signal, ...(read && { read }) });
}
