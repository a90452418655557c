import { readFile } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";

/** MiB: what QEMU takes beside the guest's memory, and what the machine itself should keep. */
const OWN = 384;
/** The first that there is room for. Systems of today start in the last, slowly. */
const WANTED = [2048, 1536, 1024, 768] as const;
const LEAST = 64;

/** MiB that could be taken without swapping (Linux, Documentation/filesystems/proc.rst, MemAvailable). */
export async function availableMemory(): Promise<number> {
  const kib = /^MemAvailable:\s+(\d+) kB/m.exec(await readFile("/proc/meminfo", "latin1"))?.[1];
  return Math.floor(Number(kib ?? 0) / 1024);
}

/**
 * MiB that the guest gets.
 * @param asked by the user
 * @throws PROOF_NO_MEMORY before anything is started: a machine that runs out of memory ends what it can
 */
export function chooseMemory(asked: number | undefined, available: number): number {
  if (asked !== undefined && asked < LEAST)
    throw new LifeboatError("USAGE", { problem: `--memory ${asked}: a system needs at least ${LEAST} MiB` });
  const wanted = asked === undefined ? WANTED : [asked];
  const fits = wanted.find((mib) => mib + OWN <= available);
  if (fits !== undefined) return fits;
  throw new LifeboatError("PROOF_NO_MEMORY", { wanted: wanted.at(-1) ?? LEAST, own: OWN, available });
}
