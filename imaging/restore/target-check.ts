import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import type { TableWrite } from "#imaging/disk/partition-table.ts";
import { chooseChunks, diskOffset } from "#imaging/image/chunk-table.ts";
import type { ChunkOrder } from "#imaging/restore/order-chunks.ts";
import { type RestoreRun, segmentsOf, writeMarker } from "#imaging/restore/restore-run.ts";
import { dropCache } from "#imaging/restore/target-device.ts";
import { showPass } from "#imaging/worker/passes.ts";
import { Threads } from "#imaging/worker/threads.ts";

/** What was written, read back and held against the image: passes over the target itself, not a flag of the writer. */
export class TargetCheck {
  readonly #run: RestoreRun;
  readonly #target: BlockDevice;
  readonly #order: ChunkOrder;
  readonly #isToReadBack: (chunk: number) => boolean;

  /** @param isToReadBack by the chunk's number: not those that the image itself has damaged, which the target lacks */
  constructor(run: RestoreRun, target: BlockDevice, order: ChunkOrder, isToReadBack: (chunk: number) => boolean) {
    this.#run = run;
    this.#target = target;
    this.#order = order;
    this.#isToReadBack = isToReadBack;
  }

  /** All but the first sectors and the table. Yields plain bytes done. @throws TARGET_VERIFY_FAILED, READ_FAILED */
  async *data(): AsyncGenerator<number, void, undefined> {
    await dropCache(this.#target.path);
    await using readers = this.threads();
    let done = 0;
    for await (const table of this.#run.image.index.read()) {
      const order = chooseChunks(
        table,
        (chunk) => this.#order.isVerifiable(table, chunk) && this.#isToReadBack(table.first + chunk),
      );
      const { problems } = yield* showPass(readers, table, { order }, (bytes) => done + bytes);
      const [first] = problems;
      if (first) {
        const chunk = first.chunk - table.first;
        const region = this.#run.image.manifest.regions[table.region[chunk] as number]?.label ?? "?";
        throw this.#failed(region, diskOffset(table, chunk), problems.length);
      }
      for (const chunk of order) done += table.rawLength[chunk] as number;
    }
  }

  /** The first sectors of a disk whose table is in its chunks. Yields now and then. @throws as data */
  async *sectorZero(): AsyncGenerator<void, void, undefined> {
    await dropCache(this.#target.path);
    await using readers = this.threads();
    const intact = this.#order.special["sector-zero"].filter(this.#isToReadBack);
    for await (const { table, order } of segmentsOf(this.#run.image, intact)) {
      const { problems } = yield* showPass(readers, table, { order }, () => undefined);
      if (problems.length > 0) await this.#takeStartAway("the first sectors", 0, problems.length);
    }
  }

  /** The start of a target that is one volume. @throws as data */
  async head(head: Uint8Array): Promise<void> {
    await dropCache(this.#target.path);
    if (Buffer.compare(await readBytes(this.#target, 0, head.length), head) !== 0)
      await this.#takeStartAway("the start of the volume", 0, 1);
  }

  /** @throws as data */
  async tables(tables: readonly TableWrite[]): Promise<void> {
    await dropCache(this.#target.path);
    const wrong: TableWrite[] = [];
    for (const write of tables) {
      const found = await readBytes(this.#target, write.offset, write.bytes.length);
      if (Buffer.compare(found, write.bytes) !== 0) wrong.push(write);
    }
    const [first] = wrong;
    if (first) await this.#takeStartAway(first.what, first.offset, wrong.length);
  }

  /** A start of the disk that reads back wrongly is taken away again: nobody shall start from this disk, or trust it. */
  async #takeStartAway(what: string, offset: number, count: number): Promise<never> {
    await writeMarker(this.#run, this.#target, 0);
    await this.#target.flush();
    throw this.#failed(what, offset, count);
  }

  /** That hold what the target has against the hashes of a segment's table. */
  threads(): Threads {
    const { bytesPerSecond, signal } = this.#run;
    return new Threads({ kind: "verify-target", disk: this.#target.path }, { signal, bytesPerSecond });
  }

  #failed(region: string, offset: number, damaged: number): LifeboatError {
    return new LifeboatError("TARGET_VERIFY_FAILED", { device: this.#target.path, region, offset, damaged });
  }
}
