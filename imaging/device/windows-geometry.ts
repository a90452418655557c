/** Reads one sector-sized piece, or throws what the system says. */
export type Probe = (offset: number, length: number) => Promise<number>;

export interface Geometry {
  /** Bytes. */
  readonly size: number;
  readonly sectorSize: 512 | 4096;
}

const SECTORS = [512, 4096] as const;
const MIB = 1 << 20;
/** 2^53 bytes are what our numbers hold; disks end at a thousandth of it. */
const MOST = 2 ** 50;

/**
 * Size and sector size of a disk that says neither: Windows tells them to who can call DeviceIoControl, and Node cannot. The sector
 * size is the smallest piece that can be read at its own length. The size is where reads end: found by doubling, then by halving.
 * A sector that is there and damaged (EIO, ERROR_CRC) counts as one that is there.
 * @returns undefined where nothing can be read
 */
export async function findGeometry(probe: Probe): Promise<Geometry | undefined> {
  for (const sectorSize of SECTORS) {
    if (!(await isThere(probe, sectorSize, sectorSize))) continue;
    const sectors = await endOf((sector) => isThere(probe, sector * sectorSize, sectorSize), MOST / sectorSize);
    return { size: sectors * sectorSize, sectorSize };
  }
  return undefined;
}

async function isThere(probe: Probe, offset: number, length: number): Promise<boolean> {
  try {
    return (await probe(offset, length)) === length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EIO";
  }
}

/** The first number for which it does not hold, of those from `MIB / sector` on. */
async function endOf(holds: (at: number) => Promise<boolean>, most: number): Promise<number> {
  let [low, high] = [1, MIB / 512];
  while (high < most && (await holds(high))) [low, high] = [high, high * 2];
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (await holds(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** What `list disk` rounds: "476 GB" is 476 GiB or more, below 477; under ten of a unit it shows the smaller one. */
const TOLERANCE = 0.02;

/** Whether a size that was found by reading agrees with the rounded one of the system; without one nothing speaks against it. */
export function agrees(found: number, reported: number | undefined, unit: number): boolean {
  if (reported === undefined) return true;
  return Math.abs(found - reported) <= Math.max(unit, reported * TOLERANCE);
}
