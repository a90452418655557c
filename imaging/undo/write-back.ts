import { stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { type BlockDevice, readBytes } from "#imaging/device/block-device.ts";
import { tableExtentsToErase } from "#imaging/disk/partition-table.ts";
import { ExtentList } from "#imaging/extent.ts";
import { openImageDevice } from "#imaging/image/image-device.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { markerSector } from "#imaging/restore/marker.ts";
import { dropCache } from "#imaging/restore/target-device.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { common } from "#imaging/undo/area.ts";

export interface WriteBackRun {
  /** The undo file, whose chunks have all been checked. */
  readonly image: Image;
  readonly target: BlockDevice;
  readonly planId: string;
  readonly signal: AbortSignal;
}

/** Chunks of the undo file are read once each when pieces end where its windows do. */
const PIECE = 1 << 20;

/**
 * Writes saved places back to their disk, and nothing else. As in a restore the tables come last: the first write puts
 * the marker into sector 0 and takes the table of now away, so a disk whose undo was interrupted has none and says so.
 */
export class WriteBack {
  readonly #run: WriteBackRun;
  /** What lies where tables are: the first MiB and the last sectors. */
  readonly #tables: ExtentList;
  readonly #content: ExtentList;
  readonly #firstSector: ExtentList;

  constructor(run: WriteBackRun) {
    const { image, target } = run;
    this.#run = run;
    const first = ExtentList.of([{ start: 0, end: target.sectorSize }]);
    const ends = ExtentList.of(tableExtentsToErase(target.size, target.sectorSize));
    // What could not be read was saved as zeros: whatever is there now may be more.
    const saved = ExtentList.merge(image.regions.map(({ start, extents }) => extents.moved(start))).subtract(image.bad);
    this.#firstSector = common(saved, first);
    this.#tables = common(saved, ends).subtract(first);
    this.#content = saved.subtract(ends).subtract(first);
  }

  /** All but the tables, read back and compared. Yields bytes done. @throws TARGET_VERIFY_FAILED, WRITE_FAILED, READ_FAILED */
  async *content(): AsyncGenerator<number, void, undefined> {
    const { target } = this.#run;
    await this.#takeTableAway();
    let done = 0;
    for await (const bytes of this.#write(this.#content)) {
      done += bytes;
      yield done;
    }
    await target.flush();
    for await (const bytes of this.#compare(this.#content)) {
      done += bytes;
      yield done;
    }
  }

  /** Tables and boot code; sector 0, by which all else is found, last of all. @throws as content */
  async start(): Promise<void> {
    const { target, image } = this.#run;
    for await (const _ of this.#write(this.#tables));
    await target.flush();
    for await (const _ of this.#compare(this.#tables));
    // Where it could not be read the marker goes all the same.
    if (this.#firstSector.length === 0) await target.write(new Uint8Array(target.sectorSize), 0);
    for await (const _ of this.#write(this.#firstSector));
    await target.flush();
    try {
      for await (const _ of this.#compare(this.#firstSector));
    } catch (error) {
      await this.#mark(image);
      throw error;
    }
  }

  async #takeTableAway(): Promise<void> {
    const { target, image } = this.#run;
    await this.#mark(image);
    for (const { start, end } of this.#tables) await target.write(new Uint8Array(end - start), start);
    await target.flush();
  }

  async #mark({ rootHash, manifest }: Image): Promise<void> {
    const { target, planId } = this.#run;
    const fields = { planId, rootHash: new Uint8Array(Buffer.from(rootHash, "hex")), chunks: 0 };
    await target.write(markerSector({ ...fields, undoId: manifest.imageId }, target.sectorSize), 0);
    await target.flush();
  }

  async *#write(extents: ExtentList): AsyncGenerator<number, void, undefined> {
    for await (const { offset, bytes } of this.#saved(extents)) {
      await this.#run.target.write(bytes, offset);
      yield bytes.length;
    }
  }

  async *#compare(extents: ExtentList): AsyncGenerator<number, void, undefined> {
    const { target } = this.#run;
    if ((await stat(target.path)).isFile()) await dropFileCache(target.path);
    else await dropCache(target.path);
    for await (const { offset, bytes } of this.#saved(extents)) {
      const found = await readBytes(target, offset, bytes.length);
      if (Buffer.compare(found, bytes) !== 0)
        throw new LifeboatError("TARGET_VERIFY_FAILED", {
          device: target.path,
          region: "what was saved",
          offset,
          damaged: 1,
        });
      yield bytes.length;
    }
  }

  /** The saved bytes of these places, a piece at a time. */
  async *#saved(extents: ExtentList): AsyncGenerator<{ offset: number; bytes: Uint8Array }, void, undefined> {
    using source = openImageDevice(this.#run.image);
    for (const { start, end } of extents)
      for (let at = start; at < end; ) {
        this.#run.signal.throwIfAborted();
        const next = Math.min(end, (Math.floor(at / PIECE) + 1) * PIECE);
        yield { offset: at, bytes: await readBytes(source, at, next - at) };
        at = next;
      }
  }
}
