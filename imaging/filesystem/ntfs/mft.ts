import { isLifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { NtfsLayout } from "#imaging/filesystem/ntfs/layout.ts";
import {
  type Attribute,
  type NonResidentAttribute,
  parseRecord,
  RecordProblem,
} from "#imaging/filesystem/ntfs/record.ts";
import type { Run } from "#imaging/filesystem/ntfs/runs.ts";
import { ATTRIBUTE, attributeListEntry, FILE } from "#imaging/filesystem/ntfs/structs.ts";
import { damaged, readWithin } from "#imaging/filesystem/volume.ts";

/** A value, in the record itself or in clusters. */
export type Value =
  | { readonly kind: "resident"; readonly bytes: Uint8Array }
  | {
      readonly kind: "non-resident";
      readonly runs: readonly Run[];
      readonly dataSize: number;
      readonly initialisedSize: number;
      /** Compressed or encrypted: its clusters are not its bytes. */
      readonly encoded: boolean;
    };

/** Attribute lists are at most 256 KiB (ntfs-3g, attrlist.c). */
const MAX_ATTRIBUTE_LIST = 1 << 18;

/** Finds file records by number, through $MFT's own list of clusters. */
export class MasterFileTable {
  readonly #volume: ReadableDevice;
  readonly #layout: NtfsLayout;
  #runs: readonly Run[] = [];

  private constructor(volume: ReadableDevice, layout: NtfsLayout) {
    this.#volume = volume;
    this.#layout = layout;
  }

  /** @throws FILESYSTEM_DAMAGED */
  static async open(volume: ReadableDevice, layout: NtfsLayout): Promise<MasterFileTable> {
    const mft = new MasterFileTable(volume, layout);
    // Record 0 describes $MFT itself, so its start is known from the boot sector alone.
    const head = mft.#parse(await mft.#read(layout.mftOffset, layout.recordSize, "$MFT"), layout.mftOffset);
    const first = head.find((a) => isNonResident(a) && a.type === ATTRIBUTE.data && a.name === "");
    if (!first || !isNonResident(first)) throw mft.#fail(layout.mftOffset, "$MFT has no list of clusters");
    mft.#runs = first.runs;
    const whole = await mft.value(FILE.mft, ATTRIBUTE.data);
    if (whole?.kind === "non-resident") mft.#runs = whole.runs;
    return mft;
  }

  /** The value of an attribute, collected from extension records if there are any. @throws FILESYSTEM_DAMAGED */
  async value(record: number, type: number, name = ""): Promise<Value | undefined> {
    const parts = (await this.attributes(record, type)).filter((a) => a.type === type && a.name === name);
    const [only] = parts;
    if (!only) return undefined;
    if (only.kind === "resident") return { kind: "resident", bytes: only.value };
    const inOrder = parts.filter(isNonResident).sort((a, b) => a.lowestVcn - b.lowestVcn);
    const [first] = inOrder;
    let next = 0;
    for (const part of inOrder) {
      if (part.lowestVcn !== next)
        throw this.#fail(this.#layout.mftOffset, `record ${record} lacks a part of its runs`);
      next = part.runs.reduce((sum, run) => sum + run.length, next);
    }
    const { dataSize, initialisedSize, flags } = first as NonResidentAttribute;
    if (dataSize > next * this.#layout.clusterSize)
      throw this.#fail(this.#layout.mftOffset, `record ${record} has fewer clusters than bytes`);
    const runs = inOrder.flatMap((part) => part.runs);
    return { kind: "non-resident", runs, dataSize, initialisedSize, encoded: (flags & 0x40ff) !== 0 };
  }

  /**
   * Bytes [offset, offset + length) of a value; zeros where it is sparse or not initialised.
   * @param out of that length, to be used again and again
   * @throws FILESYSTEM_DAMAGED
   */
  async read(
    value: Value,
    offset: number,
    length: number,
    out = new Uint8Array(length),
  ): Promise<Uint8Array<ArrayBuffer>> {
    out.fill(0);
    if (value.kind === "resident") {
      out.set(value.bytes.subarray(offset, offset + length));
      return out;
    }
    if (value.encoded) throw this.#fail(this.#layout.mftOffset, "a system file is compressed or encrypted");
    const { clusterSize } = this.#layout;
    const limit = Math.min(offset + length, value.initialisedSize);
    for (const run of value.runs) {
      const from = Math.max(offset, run.vcn * clusterSize);
      const to = Math.min(limit, (run.vcn + run.length) * clusterSize);
      if (to <= from || run.lcn === undefined) continue;
      const at = run.lcn * clusterSize + from - run.vcn * clusterSize;
      await readWithin(this.#volume, "ntfs", at, to - from, "a system file", out.subarray(from - offset, to - offset));
    }
    return out;
  }

  /**
   * Attributes of a record, and of the extension records that its attribute list names for one type.
   * @throws FILESYSTEM_DAMAGED
   */
  async attributes(record: number, type: number): Promise<Attribute[]> {
    const base = await this.#record(record);
    const list = base.find((a) => a.type === ATTRIBUTE.attributeList);
    if (!list) return base;
    const all = base.slice();
    for (const extension of await this.#extensions(list, record, type)) all.push(...(await this.#record(extension)));
    return all;
  }

  async #extensions(list: Attribute, base: number, type: number): Promise<Set<number>> {
    const size = list.kind === "resident" ? list.value.length : list.dataSize;
    if (size > MAX_ATTRIBUTE_LIST) throw this.#fail(this.#layout.mftOffset, `an attribute list of ${size} bytes`);
    const bytes = await this.read(
      list.kind === "resident" ? { kind: "resident", bytes: list.value } : { ...list, encoded: false },
      0,
      size,
    );
    const records = new Set<number>();
    for (let at = 0; at + attributeListEntry.size <= size; ) {
      const entry = attributeListEntry.parse(bytes.subarray(at));
      if (entry.length < attributeListEntry.size) throw this.#fail(this.#layout.mftOffset, "a torn attribute list");
      if (entry.type === type) records.add(Number(entry.record & 0xffffffffffffn));
      at += entry.length;
    }
    records.delete(base);
    return records;
  }

  async #record(number: number): Promise<Attribute[]> {
    const { clusterSize, recordSize } = this.#layout;
    const bytes = new Uint8Array(recordSize);
    const start = number * recordSize;
    let filled = 0;
    let place = this.#layout.mftOffset;
    for (const run of this.#runs) {
      const from = Math.max(start + filled, run.vcn * clusterSize);
      const to = Math.min(start + recordSize, (run.vcn + run.length) * clusterSize);
      if (to <= from || run.lcn === undefined) continue;
      place = run.lcn * clusterSize + from - run.vcn * clusterSize;
      bytes.set(await this.#read(place, to - from, `file record ${number}`), from - start);
      filled += to - from;
    }
    if (filled < recordSize) throw this.#fail(this.#layout.mftOffset, `$MFT has no record ${number}`);
    return this.#parse(bytes, place);
  }

  #parse(bytes: Uint8Array, offset: number): Attribute[] {
    try {
      return parseRecord(bytes, this.#layout.clusters);
    } catch (error) {
      if (error instanceof RecordProblem) throw this.#fail(offset, `a file record: ${error.message}`);
      if (isLifeboatError(error)) throw this.#fail(offset, `a file record: ${error.message}`);
      throw error;
    }
  }

  #read = (offset: number, length: number, what: string) => readWithin(this.#volume, "ntfs", offset, length, what);
  #fail = (offset: number, problem: string) => damaged(this.#volume, "ntfs", offset, problem);
}

const isNonResident = (attribute: Attribute): attribute is NonResidentAttribute => attribute.kind === "non-resident";
