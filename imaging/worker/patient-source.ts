import type { ChunkTable } from "#imaging/image/chunk-table.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import type { Budget } from "#imaging/salvage/budget.ts";
import { isDeviceGone } from "#imaging/salvage/device-gone.ts";
import { readPatiently } from "#imaging/salvage/patient-read.ts";
import { readPacked } from "#imaging/worker/packed-runs.ts";
import { openPositional, type PositionalFile } from "#imaging/worker/positional-io.ts";
import type { SharedState } from "#imaging/worker/task.ts";

/** Reads chunks of a disk that may have bad sectors. */
export interface PatientSource extends Disposable {
  /**
   * Reads the runs of a chunk into `buffer`, packed, with zeros where the disk cannot be read.
   * @param moved how far behind its place on this disk the chunk's runs are said to lie, in bytes
   * @returns the packed bytes as a view; undefined when the work was stopped before all was tried
   */
  read(
    state: Pick<SharedState, "table" | "control">,
    chunk: number,
    buffer: Uint8Array,
    moved?: number,
  ): Uint8Array | undefined;
}

/** @param onBad told of each bad extent inside the runs, in bytes of the disk */
export function openPatientSource(
  { disk, sectorSize, budget }: { disk: string; sectorSize: number; budget: Budget },
  onBad: (bad: BadExtent) => void,
): PatientSource {
  const source = openPositional(disk, "r");
  return {
    read({ table, control }, chunk, buffer, moved = 0) {
      const isStopped = () => Atomics.load(control, 1) === 1;
      const bad: BadExtent[] = [];
      const patience = { sectorSize, budget, isStopped, isGone: () => isDeviceGone(disk) };
      const patient: PositionalFile = {
        ...source,
        read: (into, offset) => void bad.push(...readPatiently(source, into, offset - moved, patience)),
      };
      const packed = readPacked(patient, table, chunk, buffer);
      // What a stopped reader gave up is not bad: the chunk is not done.
      if (bad.length > 0 && isStopped()) return undefined;
      for (const extent of insideRuns(table, chunk, bad, moved)) onBad(extent);
      return packed;
    },
    [Symbol.dispose]: () => source[Symbol.dispose](),
  };
}

/** Gaps between runs are read with them and left out: what is bad there is not missed. */
function* insideRuns(
  table: ChunkTable,
  chunk: number,
  bad: readonly BadExtent[],
  moved: number,
): Generator<BadExtent, void, undefined> {
  for (const extent of bad)
    for (let run = table.firstRun[chunk] as number; run < (table.firstRun[chunk + 1] as number); run++) {
      const offset = (table.runOffset[run] as number) - moved;
      const start = Math.max(extent.start, offset);
      const end = Math.min(extent.end, offset + (table.runLength[run] as number));
      if (start < end) yield { ...extent, start, end };
    }
}
