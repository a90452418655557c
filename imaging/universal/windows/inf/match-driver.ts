import type { DriverModel } from "#imaging/universal/windows/inf/driver-package.ts";

/** The end of an id that says a device's revision: "PCI\VEN_1AF4&DEV_1042&SUBSYS_11001AF4&REV_01". */
const REVISION = /&REV_[0-9A-F]{2}$/;

/** Whether a device's ids say its revision. Linux does not tell it with the ids that it looks for drivers with. */
export const saysRevision = (deviceIds: readonly string[]): boolean =>
  deviceIds.some((id) => REVISION.test(id.toUpperCase()));

export const withoutRevision = (id: string): string => id.replace(REVISION, "");

/**
 * How well a model fits a device: smaller is better; undefined: not at all. Where a device's revision is not known, a model
 * for one of them fits.
 */
export function driverRank(model: DriverModel, deviceIds: readonly string[]): number | undefined {
  const wanted = deviceIds.map((id) => id.toUpperCase());
  const isExact = saysRevision(wanted);
  let best: number | undefined;
  for (const [at, id] of model.ids.entries()) {
    const found = wanted.indexOf(isExact ? id : withoutRevision(id));
    // As Windows: the model's first id is its hardware id, each compatible one is worse than all of these.
    const rank = found + at * 1000;
    if (found >= 0 && (best === undefined || rank < best)) best = rank;
  }
  return best;
}
