import { isLifeboatError } from "#base/errors.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { Disk } from "#imaging/inventory/disk.ts";
import { chooseLayout } from "#imaging/layout/choose-layout.ts";
import type { LayoutWish, PlannedLayout } from "#imaging/layout/layout.ts";
import { planRestore } from "#imaging/plan/plan-restore.ts";
import { readContent } from "#imaging/preflight/content/read-content.ts";
import { devicesWithDrivers } from "#imaging/preflight/given-drivers.ts";
import type { PreflightWish, TargetDisk } from "#imaging/preflight/judge/context.ts";
import { judge } from "#imaging/preflight/judge/judge.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import type { MachineDevice, MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

export interface PreflightRequest {
  readonly machine: MachineHardware;
  readonly target: TargetDisk;
  readonly wish: PreflightWish;
  readonly keys?: readonly VolumeKey[];
  /** Of drivers for Windows. */
  readonly driverFolders?: readonly string[];
  readonly signal: AbortSignal;
  /** Who plans the same image again has its content already. */
  readonly read?: typeof readContent;
}

/** Whether what an image holds will start on a machine. Nothing is written. @throws what readContent throws */
export async function preflight(
  image: Restorable,
  { machine, target, wish, keys = [], driverFolders = [], signal, read = readContent }: PreflightRequest,
): Promise<Verdict> {
  const content = await read(image, { devices: devicesFor(machine, target), keys, signal });
  const drivers: string[] = [];
  if (driverFolders.length > 0)
    for (const system of content.systems)
      if (system.kind === "windows")
        drivers.push(...(await devicesWithDrivers(driverFolders, system, target.path ?? [], signal)));
  return judge(machine, content, target, { ...wish, drivers });
}

/** Those that a system on that disk needs drivers for. */
const devicesFor = ({ networks }: MachineHardware, { path = [] }: TargetDisk): MachineDevice[] => [
  ...path,
  ...networks.flatMap(({ device }) => device ?? []),
];

type LayoutFit = Pick<PreflightWish, "tableType" | "kept" | "room" | "newIds" | "hasNewBootPlace">;

/** What a layout means for a start. @param layout undefined: every partition lies as in the image; @param size bytes of the target */
export function fitOfLayout(
  { table, partitions }: Manifest,
  layout: PlannedLayout | undefined,
  size: number,
): LayoutFit {
  const placed = layout?.partitions ?? partitions;
  return {
    room: size - placed.reduce((end, one) => Math.max(end, one.start + one.size), 0),
    tableType: layout?.tableType ?? table.type,
    kept: layout?.partitions.flatMap(({ source }) => source ?? []),
    newIds: layout?.identity !== undefined,
    hasNewBootPlace:
      layout?.partitions.some(({ source, role }) => source === undefined && role !== "extended") === true,
  };
}

/**
 * What a layout makes of the table, or why the image cannot go there, as a plan would say it: of a blank disk of that size.
 * @throws what has nothing to do with size and place
 */
export async function fitOf(
  image: Restorable,
  { name, size, logicalSectorSize }: TargetDisk,
  layoutWish: LayoutWish | undefined,
  keys: readonly VolumeKey[] = [],
): Promise<LayoutFit & Pick<PreflightWish, "refused">> {
  const disk: Disk = {
    ...{ id: name, path: name, kind: "block", size, sectorSize: logicalSectorSize, bus: "", removable: false },
    ...{ readOnly: false, table: { type: "none", problems: [] }, partitions: [], inUse: [], isBootMedium: false },
    fingerprint: "",
  };
  try {
    const layout = await chooseLayout(image, disk, layoutWish, { keys });
    planRestore(image, disk, { layout }, { verifyTarget: true, salvage: false });
    return fitOfLayout(image.manifest, layout, size);
  } catch (error) {
    if (!isLifeboatError(error) || error.exitStatus !== REFUSED) throw error;
    return { refused: { code: error.code, text: error.text, next: error.next } };
  }
}

/** Exit status of what was refused before anything was written (docs/errors.md). */
const REFUSED = 7;
