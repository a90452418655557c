import { LifeboatError } from "#base/errors.ts";
import type { UnlockKey } from "#imaging/capture/capture-request.ts";
import type { MappedSource } from "#imaging/capture/map-source.ts";

/**
 * A key that opened nothing is a mistake that would show only in the size of the image.
 * @throws USAGE
 */
export function checkKeys(keys: readonly UnlockKey[], { found, regions }: MappedSource): void {
  for (const { partition } of keys) {
    const fail = (problem: string) => new LifeboatError("USAGE", { problem });
    const whole = regions.find(({ kind }) => kind === "disk");
    if (whole) throw fail(`partition ${partition} is not unlocked, because the disk is taken as a whole`);
    if (!found.survey?.volumes.some(({ info }) => info.number === partition))
      throw fail(`there is no partition ${partition} to unlock`);
    const region = regions.find((r) => r.kind === "volume" && r.partition === partition);
    if (!region?.contents)
      throw fail(`partition ${partition} holds nothing that a key opens${region?.reason ? `: ${region.reason}` : ""}`);
  }
}
