import type { Sentence } from "#base/sentence.ts";
import { BASE_BLOCK_SIZE, type BaseBlock, baseBlock } from "#imaging/registry/base-block.ts";
import { BIN_UNIT, CellStore, MOST_BINS_SIZE } from "#imaging/registry/cell-store.ts";
import { Hive } from "#imaging/registry/hive.ts";
import { HiveCore } from "#imaging/registry/hive-core.ts";
import { hiveDamaged, hiveError } from "#imaging/registry/hive-error.ts";
import { type HiveLogs, recoverHive } from "#imaging/registry/recover-hive.ts";
import { say } from "#imaging/words/say.ts";

export interface OpenHiveOptions {
  /** For messages: the path. */
  readonly file?: string;
  /** Opens a hive that was not written to its end and that no log makes whole; its state is then "dirty". */
  readonly allowDirty?: boolean;
  /** Milliseconds since 1970, for the times of changed keys. */
  readonly clock?: () => number;
}

/**
 * Opens a Windows registry hive, versions 1.3 to 1.6. A hive that was not written to its end is made whole in memory from
 * its logs, as Windows does when it starts.
 * @param bytes of the file; copied
 * @param logs the files beside it, where there are any
 * @throws NOT_A_HIVE, HIVE_UNSUPPORTED, HIVE_DIRTY, HIVE_DAMAGED
 */
export function openHive(bytes: Uint8Array, logs: HiveLogs = {}, options: OpenHiveOptions = {}): Hive {
  const { file = "hive", allowDirty = false, clock = Date.now } = options;
  if (bytes.length < BASE_BLOCK_SIZE + BIN_UNIT)
    throw hiveError("NOT_A_HIVE", file, say("hive.short", { count: bytes.length }));
  if (Buffer.from(bytes.subarray(0, 4)).toString("latin1") !== "regf")
    throw hiveError("NOT_A_HIVE", file, say("hive.no-regf"));
  const { content, state, lastSequence } = recoverHive(bytes, logs, file, allowDirty);
  const head = baseBlock.parse(content);
  checkHead(head, content, file);
  const store = new CellStore(content, head.binsSize, file);
  return new Hive(new HiveCore(store, head.rootCell, head.minorVersion, clock), state, lastSequence);
}

function checkHead(head: BaseBlock, content: Uint8Array, file: string): void {
  const unsupported = (problem: Sentence) => hiveError("HIVE_UNSUPPORTED", file, problem);
  const { majorVersion, minorVersion, binsSize } = head;
  if (majorVersion !== 1 || minorVersion < 3 || minorVersion > 6)
    throw unsupported(say("hive.version", { version: `${majorVersion}.${minorVersion}` }));
  if (head.fileType !== 0) throw unsupported(say("hive.log", { number: head.fileType }));
  if (head.fileFormat !== 1) throw unsupported(say("hive.format", { number: head.fileFormat }));
  if (binsSize > MOST_BINS_SIZE) throw unsupported(say("hive.size", { count: binsSize }));
  const { at } = baseBlock.fields.binsSize;
  if (binsSize === 0 || binsSize % BIN_UNIT !== 0)
    throw hiveDamaged(file, at, say("hive.bins-size", { count: binsSize }));
  if (content.length < BASE_BLOCK_SIZE + binsSize)
    throw hiveDamaged(file, content.length, say("hive.ends", { count: binsSize }));
}
