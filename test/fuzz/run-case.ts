import { isLifeboatError } from "#base/errors.ts";
import { allocatedBytes, allocationFault, startAllocations } from "#test/fuzz/allocation-meter.ts";
import { type HotRange, hotRanges } from "#test/fuzz/hot-places.ts";
import { type MeteredDevice, meteredDevice } from "#test/fuzz/metered-device.ts";
import { mutate } from "#test/fuzz/mutate.ts";
import { caseRandom } from "#test/fuzz/random.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { BOUNDS, type Bounds, BrokenPromise, type FuzzTarget } from "#test/fuzz/target.ts";

/** A seed with what a clean run reads of it. */
export interface ReadySeed {
  readonly name: string;
  readonly image: SparseImage;
  readonly sectorSize: number;
  readonly hot: readonly HotRange[];
}

export interface CaseResult {
  /** What the parser made of it: "accepted", a refusal in its words, or the code of its error. */
  readonly outcome: string;
  /** Undefined where it kept all its promises. */
  readonly failure: Error | undefined;
  readonly milliseconds: number;
  readonly readBytes: number;
}

export interface MutatedCase {
  readonly seed: ReadySeed;
  readonly image: SparseImage;
  readonly mutations: readonly string[];
}

export const boundsOf = (target: FuzzTarget): Bounds => ({ ...BOUNDS, ...target.bounds });

/** Runs the parser on the sound seed, and notes what it reads. @throws when it does not accept the seed. */
export async function readySeed(
  target: FuzzTarget,
  seed: { readonly name: string; readonly sectorSize: number; readonly image: SparseImage },
): Promise<ReadySeed> {
  const reads: [number, number][] = [];
  const device = meteredDevice(seed.image, seed.sectorSize, boundsOf(target), (...read) => reads.push(read));
  const { outcome, failure } = await runParser(target, device);
  if (failure) throw new Error(`${target.name}: the sound seed ${seed.name} fails`, { cause: failure });
  if (outcome !== "accepted") throw new Error(`${target.name}: the sound seed ${seed.name} is refused: ${outcome}`);
  return { ...seed, hot: hotRanges(seed.image, reads) };
}

/** The input of a case follows from its number alone. */
export function makeCase(
  target: FuzzTarget,
  seeds: readonly ReadySeed[],
  key: { readonly seed: number; readonly case: number },
): MutatedCase {
  const random = caseRandom(key.seed, target.name, key.case);
  const seed = random.pick(seeds);
  const image = seed.image.fork();
  const others = seeds.filter((other) => other !== seed).map((other) => other.image);
  const { dictionary = [], json } = target;
  const mutations = mutate({ image, hot: seed.hot, others, dictionary, json }, random);
  if (target.reseal && random.chance(0.75)) {
    target.reseal(image, seed.hot);
    mutations.push("reseal");
  }
  return { seed, image, mutations };
}

export function runCase(target: FuzzTarget, { image, seed }: MutatedCase): Promise<CaseResult> {
  return runParser(target, meteredDevice(image, seed.sectorSize, boundsOf(target)));
}

async function runParser(target: FuzzTarget, device: MeteredDevice): Promise<CaseResult> {
  startAllocations();
  const started = performance.now();
  let outcome = "";
  let failure: Error | undefined;
  try {
    outcome = await target.parse(device);
  } catch (error) {
    if (isLifeboatError(error) && target.allowed.includes(error.code)) outcome = error.code;
    else failure = error instanceof Error ? error : new BrokenPromise(`it threw ${String(error)}`);
  }
  const milliseconds = performance.now() - started;
  const { allocatedBytes: most } = boundsOf(target);
  const allocated = allocatedBytes();
  failure = device.fault ?? allocationFault() ?? failure;
  if (!failure && allocated > most) failure = new BrokenPromise(`it asked for ${allocated} bytes of memory in all`);
  return { outcome, failure, milliseconds, readBytes: device.readBytes };
}
