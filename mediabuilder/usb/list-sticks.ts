import { isLifeboatError } from "#base/errors.ts";
import {
  ageInDays,
  compareMedia,
  isOld,
  type KnownMedium,
  type MediumAge,
  type MediumInfo,
} from "#base/medium-info.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { isStick, readStick } from "./read-stick.ts";

/** A stick that is plugged in, beside what is known here. */
export interface ListedStick {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** Absent where the stick does not say: then `problem` says why. */
  readonly info?: MediumInfo;
  readonly problem?: string;
  readonly age?: MediumAge;
  /** Undefined on a machine whose clock is wrong. */
  readonly days?: number | undefined;
  readonly isOld?: boolean;
}

/** The sticks among these disks. @param known the medium that runs, or the version of this Lifeboat */
export async function listSticks(disks: readonly Disk[], known: KnownMedium, now: number): Promise<ListedStick[]> {
  const sticks: ListedStick[] = [];
  for (const disk of disks.filter(isStick)) {
    const stick = { id: disk.id, path: disk.path, name: diskName(disk) };
    try {
      const { info } = await readStick(disk);
      const age = { age: compareMedia(info, known), days: ageInDays(info, now), isOld: isOld(info, now) };
      sticks.push({ ...stick, info, ...age });
    } catch (error) {
      if (!isLifeboatError(error)) throw error;
      sticks.push({ ...stick, problem: error.text });
    }
  }
  return sticks;
}
