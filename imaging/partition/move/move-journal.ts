import { crc32 } from "node:zlib";
import { type BlockDevice, type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { DESCRIPTION_AT, JOURNAL_BYTES, RECORD_PLACES } from "#imaging/partition/move/journal-place.ts";
import { JournalDescription } from "#imaging/partition/move/move-description.ts";
import { type MoveRecord, moveRecord, parseRecord, recordBytes } from "#imaging/partition/move/move-record.ts";

/** The journal of a move or a change of size, on the disk itself: a rescue system forgets all else when its power goes. */
export class MoveJournal<D extends JournalDescription = JournalDescription> {
  readonly #device: BlockDevice;
  /** Byte of the disk. */
  readonly place: number;
  readonly description: D;
  #record: MoveRecord;

  constructor(device: BlockDevice, place: number, found: { description: D; record: MoveRecord }) {
    this.#device = device;
    this.place = place;
    this.description = found.description;
    this.#record = found.record;
  }

  /** Written and flushed before anything else of the move is. */
  static async begin<D extends JournalDescription>(
    device: BlockDevice,
    place: number,
    description: D,
  ): Promise<MoveJournal<D>> {
    const text = Buffer.from(JSON.stringify(description));
    if (text.length > JOURNAL_BYTES - DESCRIPTION_AT) throw new RangeError("the description of a move is too long");
    const padded = new Uint8Array(Math.ceil(text.length / 4096) * 4096);
    padded.set(text);
    await device.write(padded, place + DESCRIPTION_AT);
    await device.flush();
    const record = { sequence: 0, moveId: description.moveId, done: 0, copied: 0 };
    const journal = new MoveJournal(device, place, {
      description,
      record: { ...record, textLength: text.length, textCrc32: crc32(text) },
    });
    await journal.note({});
    return journal;
  }

  get done(): number {
    return this.#record.done;
  }
  get isCopied(): boolean {
    return this.#record.copied === 1;
  }

  /** Durable when it returns. */
  async note(changes: { done?: number; copied?: 1 }): Promise<void> {
    this.#record = { ...this.#record, ...changes, sequence: this.#record.sequence + 1 };
    const at = this.place + (RECORD_PLACES[this.#record.sequence % 2] as number);
    const sector = new Uint8Array(this.#device.sectorSize);
    sector.set(recordBytes(this.#record));
    await this.#device.write(sector, at);
    await this.#device.flush();
  }

  /** Nothing of it is left. The records go first: a description alone is none. */
  async remove(): Promise<void> {
    await this.#device.write(new Uint8Array(DESCRIPTION_AT), this.place);
    await this.#device.flush();
    await this.#device.write(new Uint8Array(JOURNAL_BYTES - DESCRIPTION_AT), this.place + DESCRIPTION_AT);
    await this.#device.flush();
  }
}

/** What a journal at this place says; undefined when there is none. */
export async function readMove(
  device: ReadableDevice,
  place: number,
): Promise<{ description: JournalDescription; record: MoveRecord } | undefined> {
  const records: MoveRecord[] = [];
  for (const at of RECORD_PLACES) {
    const found = await readBytes(device, place + at, moveRecord.size).catch(() => undefined);
    const record = found && parseRecord(found);
    if (record) records.push(record);
  }
  const [record] = records.toSorted((a, b) => b.sequence - a.sequence);
  if (!record || record.textLength > JOURNAL_BYTES - DESCRIPTION_AT) return undefined;
  const text = await readBytes(device, place + DESCRIPTION_AT, record.textLength).catch(() => undefined);
  if (!text || crc32(text) !== record.textCrc32) return undefined;
  const description = parseDescription(text);
  return description?.moveId === record.moveId ? { description, record } : undefined;
}

function parseDescription(text: Uint8Array): JournalDescription | undefined {
  try {
    return JournalDescription.parse(JSON.parse(new TextDecoder().decode(text)));
  } catch {
    return undefined; // its checksum is right, and it is no description: somebody else's, or of another version
  }
}
