import type { DriverPackage } from "#imaging/universal/windows/find-driver-packages.ts";
import type { DriverModel } from "#imaging/universal/windows/inf/driver-package.ts";
import { driverRank } from "#imaging/universal/windows/inf/match-driver.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

/** A package with the models of it that are wanted. */
export interface ChosenDriver {
  readonly package: DriverPackage;
  readonly models: readonly DriverModel[];
}

/** Ids of one device, the most specific first. */
export type DeviceIds = readonly string[];

export const DISK_CONTROLLERS = "{4d36e97b-e325-11ce-bfc1-08002be10318}";
export const IDE_CONTROLLERS = "{4d36e96a-e325-11ce-bfc1-08002be10318}";
const SYSTEM_DEVICES = "{4d36e97d-e325-11ce-bfc1-08002be10318}";

/** Whether Windows needs it before it can read its disk. Buses that disks hang on (VMD) are system devices. */
export const isBootClass = (guid: string | undefined, isMatched: boolean): boolean =>
  guid === DISK_CONTROLLERS || guid === IDE_CONTROLLERS || (isMatched && guid === SYSTEM_DEVICES);

/**
 * Of the drivers that were given, those for the devices of a machine: for each device the one that Windows would take. Of a
 * machine that is not known all are wanted, of each only the newest.
 * @param devices of the machine that Windows will run on; undefined: not known
 */
export function chooseDrivers(
  packages: readonly DriverPackage[],
  target: TargetSystem,
  devices?: readonly DeviceIds[],
): ChosenDriver[] {
  const newest = newestOfEach(packages, target);
  if (!devices) return newest.map((one) => ({ package: one, models: one.description.models }));
  const chosen = new Map<DriverPackage, Set<DriverModel>>();
  for (const ids of devices) {
    const [best] = newest
      .flatMap((one) => one.description.models.map((model) => ({ one, model, rank: driverRank(model, ids) })))
      .filter(({ rank }) => rank !== undefined)
      .sort((a, b) => (a.rank as number) - (b.rank as number) || byDate(a.one, b.one));
    if (best) chosen.set(best.one, (chosen.get(best.one) ?? new Set()).add(best.model));
  }
  return [...chosen].map(([one, models]) => ({ package: one, models: [...models] }));
}

/** A medium of drivers has the same one for several Windows, each in a folder of its own. */
function newestOfEach(packages: readonly DriverPackage[], target: TargetSystem): DriverPackage[] {
  const groups = Map.groupBy(packages, ({ inf }) => inf.name.toLowerCase());
  return [...groups.values()].map(
    (group) => group.toSorted((a, b) => byDate(a, b) || byFolder(a, b, target))[0] as DriverPackage,
  );
}

/** DriverVer = mm/dd/yyyy,w.x.y.z: the later date is the newer one, then the higher version ("INF DriverVer Directive"). */
function byDate(a: DriverPackage, b: DriverPackage): number {
  const parts = ({ description }: DriverPackage): number[] => {
    const [date = "", version = ""] = (description.version ?? "").split(",");
    const [month = 0, day = 0, year = 0] = date.split(/[/-]/).map(Number);
    return [year, month, day, ...version.split(".").map(Number)];
  };
  const [left, right] = [parts(a), parts(b)];
  const length = Math.max(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const difference = (right[at] || 0) - (left[at] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Folders of virtio-win's medium, by the build that each begins with. */
const CLIENTS: readonly (readonly [number, string])[] = [
  [22000, "w11"],
  [10240, "w10"],
  [9600, "w8.1"],
  [9200, "w8"],
  [7600, "w7"],
];
const SERVERS: readonly (readonly [number, string])[] = [
  [26100, "2k25"],
  [20348, "2k22"],
  [17763, "2k19"],
  [14393, "2k16"],
  [9600, "2k12r2"],
  [9200, "2k12"],
  [7600, "2k8r2"],
];

function byFolder(a: DriverPackage, b: DriverPackage, { build, productType }: TargetSystem): number {
  const own = (productType === 1 ? CLIENTS : SERVERS).filter(([from]) => build >= from).map(([, name]) => name);
  const place = ({ folder }: DriverPackage) => {
    const names = folder.toLowerCase().split("/");
    const found = own.findIndex((name) => names.includes(name));
    return found < 0 ? own.length : found;
  };
  return place(a) - place(b) || (a.folder < b.folder ? -1 : 1);
}
