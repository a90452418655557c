import type { Sentence } from "#base/sentence.ts";
import { type ChunkTable, diskOffset } from "#imaging/image/chunk-table.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import type { RestoreReport } from "#imaging/plan/plan.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";
import type { ChunkProblem } from "#imaging/worker/task.ts";

type DamagedRange = RestoreReport["damagedChunks"][number];

/** A report and its warnings name so many; the rest is counted. */
const MOST_NAMED = 1000;

/** The chunks that could not be restored: all of them known by a bit, the first ones described. */
export class DamagedChunks {
  readonly #image: Pick<Image, "manifest" | "chunks">;
  readonly #bits: Uint8Array;
  readonly #named: DamagedRange[] = [];
  #count = 0;

  constructor(image: Pick<Image, "manifest" | "chunks">) {
    this.#image = image;
    this.#bits = new Uint8Array(Math.ceil(image.chunks / 8));
  }

  get count(): number {
    return this.#count;
  }

  /** The first one in words. */
  get first(): string | undefined {
    const [first] = this.#named;
    return first && describeDamage(first).text;
  }

  has(chunk: number): boolean {
    return ((this.#bits[chunk >>> 3] ?? 0) & (1 << (chunk & 7))) !== 0;
  }

  list(): DamagedRange[] {
    return [...this.#named];
  }

  /** @returns the new ones in words, as far as they are named */
  add(table: ChunkTable, problems: readonly ChunkProblem[]): Sentence[] {
    const sentences: Sentence[] = [];
    for (const { chunk, problem } of problems) {
      if (this.has(chunk)) continue; // met before: a table is read first, and may be written with the rest
      this.#bits[chunk >>> 3] = (this.#bits[chunk >>> 3] ?? 0) | (1 << (chunk & 7));
      this.#count++;
      if (this.#named.length >= MOST_NAMED) continue;
      const place = chunk - table.first;
      const region = this.#image.manifest.regions[table.region[place] as number]?.label ?? "?";
      const [regionSaid, problemSaid] = [hear(region).said, hear(problem).said];
      const range: DamagedRange = {
        region,
        chunk,
        diskOffset: diskOffset(table, place),
        length: table.rawLength[place] as number,
        problem,
        ...(regionSaid && { regionSaid }),
        ...(problemSaid && { problemSaid }),
      };
      this.#named.push(range);
      sentences.push(describeDamage(range));
    }
    return sentences;
  }
}

function describeDamage({ chunk, diskOffset, length, ...range }: DamagedRange): Sentence {
  const region = { text: range.region, said: range.regionSaid };
  const problem = { text: range.problem, said: range.problemSaid };
  return say("damaged.chunk", { number: chunk, region, count: length, start: diskOffset, problem });
}
