import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { ChunkIndex } from "#imaging/repository/chunk-index.ts";
import type { IndexFile } from "#imaging/repository/index-file.ts";
import { indexRows } from "#imaging/repository/index-rows.ts";
import { takeLease } from "#imaging/repository/lease.ts";
import { agrees, lookAtPacks, missingIn, sumsOfPacks } from "#imaging/repository/look-at-packs.ts";
import { lookAtPoint, type PointOptions, type TouchedPoint } from "#imaging/repository/look-at-point.ts";
import { pointFiles } from "#imaging/repository/points.ts";
import { idKeyOf, type Repository } from "#imaging/repository/repository.ts";
import { scanPacks } from "#imaging/repository/scan-all.ts";
import { unfinishedUploads } from "#imaging/repository/unfinished-uploads.ts";

export interface CheckOptions extends Omit<PointOptions, "damaged"> {
  /** Read all data too, and hold it against its checksums; otherwise only what names it. */
  readonly readData: boolean;
}

export interface CheckReport {
  readonly kind: "check";
  /** Sentences: what is damaged or missing, and where. */
  readonly problems: readonly string[];
  /** The same of packs that an index names and no point needs, and of uploads that a kill has left. */
  readonly notes: readonly string[];
  readonly touched: readonly TouchedPoint[];
  /** Points that restore in full. */
  readonly whole: number;
  readonly packs: number;
  /** Of all packs. */
  readonly bytes: number;
  readonly readData: boolean;
  readonly seconds: number;
}

export type CheckPhase = "packs" | "points";

/**
 * Holds a repository against itself: index files, packs, and whether each point finds all of its chunks. Changes
 * nothing. @throws READ_FAILED, OPEN_FAILED
 */
export async function* checkRepository(
  repository: Repository,
  { unlock, recordKey, readData }: CheckOptions,
  signal: AbortSignal,
): AsyncGenerator<Progress<CheckPhase>, CheckReport, undefined> {
  const started = performance.now();
  await using _lease = await takeLease(repository, "read"); // what a clean-up condemns meanwhile stays
  const meter = new ProgressMeter<CheckPhase>([
    { phase: "packs", bytes: 0 },
    { phase: "points", bytes: 0 },
  ]);
  const problems: string[] = [];
  const onDamage = (damage: LifeboatError) => void problems.push(damage.text);
  const index = await ChunkIndex.open(repository, { idKey: recordKey && idKeyOf(recordKey), onDamage });
  for (const { file } of index.indexes) await readRows(file).catch((error: unknown) => problems.push(textOf(error)));
  const packs = await lookAtPacks(repository, index);
  const lacking = packs.flatMap(({ problem }) => problem ?? []);
  // Of one that is cut off must be known what is still in it.
  const read = packs.filter(({ state }) => (readData ? state !== "missing" : state === "cut"));
  meter.expect("packs", sumOf(read));
  yield meter.enter("packs");
  const damaged = new Set<string>();
  let done = 0;
  const sums = read.length > 0 ? await sumsOfPacks(index) : undefined;
  const names = read.map(({ name }) => name);
  for await (const pack of scanPacks(repository, names, { recordKey, payloads: readData, signal })) {
    for (const { offset, problem } of pack.gaps) problems.push(`${pack.name} at byte ${offset}: ${problem}`);
    if (!agrees(sums?.get(pack.name) ?? [], pack)) for (const id of await missingIn(index, pack)) damaged.add(id);
    done += pack.size;
    yield meter.at(done);
  }
  yield meter.enter("points");
  const touched: TouchedPoint[] = [];
  const points = await pointFiles(repository);
  for (const path of points) {
    signal.throwIfAborted();
    const found = await lookAtPoint(path, { unlock, recordKey, damaged });
    if (found) touched.push(found);
    yield meter.at(0);
  }
  const isMissed = touched.length > 0;
  const uploads = (await unfinishedUploads(repository)).length;
  const left = uploads > 0 ? [`${uploads} uploads were not ended, and take room: the next clean-up removes them`] : [];
  return {
    kind: "check",
    problems: isMissed ? [...lacking, ...problems] : problems,
    notes: [...left, ...(isMissed ? [] : lacking.map((text) => `${text}; no point needs it`))],
    touched,
    whole: points.length - touched.length,
    packs: packs.length,
    bytes: sumOf(packs),
    readData,
    seconds: (performance.now() - started) / 1000,
  };
}

/** Every page of an index file, for a damaged one shows as lost chunks otherwise. @throws INDEX_DAMAGED, READ_FAILED */
async function readRows(file: IndexFile): Promise<void> {
  for await (const _row of indexRows(file));
}

function textOf(error: unknown): string {
  if (isLifeboatError(error)) return error.text;
  throw error;
}

const sumOf = (packs: readonly { readonly size: number }[]): number => packs.reduce((sum, { size }) => sum + size, 0);
