import { BASE_BLOCK_SIZE, baseBlock, FILE_TYPE_PRIMARY, sealBaseBlock } from "#imaging/registry/base-block.ts";
import { hiveBin } from "#imaging/registry/cells.ts";
import { checkHive, type HiveCheck } from "#imaging/registry/check-hive.ts";
import type { HiveCore } from "#imaging/registry/hive-core.ts";
import { Key } from "#imaging/registry/key.ts";

/** How a hive's file was: whole; made whole in memory from its logs; or not whole, and read all the same. */
export type HiveState = "clean" | "recovered" | "dirty";

const { fields } = baseBlock;

/** An open Windows registry hive: in memory until its bytes are written. */
export class Hive {
  /** For messages: the path, or what the caller called it. */
  readonly file: string;
  readonly state: HiveState;
  readonly root: Key;
  /** "1.5" */
  readonly version: string;
  readonly #core: HiveCore;
  /** No sequence number of the file or its logs is above it. */
  readonly #lastSequence: number;

  constructor(core: HiveCore, state: HiveState, lastSequence: number) {
    this.#core = core;
    this.file = core.store.file;
    this.state = state;
    this.version = `1.${core.minorVersion}`;
    this.#lastSequence = lastSequence;
    this.root = new Key(core, core.root);
  }

  /** Whether `toBytes` differs from what was opened. */
  get isChanged(): boolean {
    return this.#core.isEdited || this.state === "recovered";
  }

  /** Looks at everything that the root leads to. @throws HIVE_DAMAGED */
  check(): Pick<HiveCheck, "keys" | "values"> {
    const { keys, values } = checkHive(this.#core.store, this.#core.root);
    return { keys, values };
  }

  /**
   * The file's content. Of a hive that was not changed it is what was opened; else a whole hive with a new sequence
   * number, which is above that of all logs: Windows then takes nothing of theirs.
   */
  toBytes(): Uint8Array<ArrayBuffer> {
    const { store, now } = this.#core;
    const bytes = store.bytes.slice();
    if (!this.isChanged) return bytes;
    const view = new DataView(bytes.buffer);
    const sequence = (this.#lastSequence + 1) >>> 0;
    fields.primarySequence.write(view, fields.primarySequence.at, sequence);
    fields.secondarySequence.write(view, fields.secondarySequence.at, sequence);
    fields.lastWritten.write(view, fields.lastWritten.at, now);
    fields.fileType.write(view, fields.fileType.at, FILE_TYPE_PRIMARY);
    fields.binsSize.write(view, fields.binsSize.at, store.binsSize);
    // A copy of the time, for a base block that is lost.
    hiveBin.fields.timestamp.write(view, BASE_BLOCK_SIZE + hiveBin.fields.timestamp.at, now);
    sealBaseBlock(bytes.subarray(0, baseBlock.size));
    return bytes;
  }
}
