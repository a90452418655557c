import type { CellAllocator } from "#imaging/registry/cell-allocator.ts";
import type { CellStore } from "#imaging/registry/cell-store.ts";
import { bigData, DATA_INLINE, keyValue, SEGMENT_SIZE } from "#imaging/registry/cells.ts";
import { readName } from "#imaging/registry/name.ts";
import { say } from "#imaging/words/say.ts";

const { nameLength, dataSize, dataCell, flags } = keyValue.fields;

/** Whether a value's type and data are in its own cell, in one of their own, or in several: their cells, or the bytes. */
export type DataPlace =
  | { readonly kind: "inline"; readonly place: number; readonly length: number }
  | { readonly kind: "cell"; readonly cell: number; readonly length: number }
  | {
      readonly kind: "segments";
      readonly record: number;
      readonly list: number;
      readonly cells: readonly number[];
      readonly length: number;
    };

/** @returns the place of a value's record, with its whole name behind it. @throws HIVE_DAMAGED */
export function openValue(store: CellStore, cell: number): number {
  const place = store.openRecord(cell, "vk", keyValue.size, "cell.values");
  store.open(cell, keyValue.size + store.get(place, nameLength), "cell.value-name");
  return place;
}

export function valueName(store: CellStore, place: number): string {
  const bytes = store.peek(place + keyValue.size, store.get(place, nameLength));
  return readName(bytes, (store.get(place, flags) & 1) === 1);
}

/** @param cell of the value; all cells that are named were looked at. @throws HIVE_DAMAGED */
export function findData(store: CellStore, cell: number, place: number): DataPlace {
  const size = store.get(place, dataSize);
  const data = store.get(place, dataCell);
  if (size >= DATA_INLINE) {
    const length = size - DATA_INLINE;
    if (length > 4) store.damaged(cell, say("hive.value-inline", { count: length }));
    return { kind: "inline", place: place + dataCell.at, length };
  }
  if (size === 0) return { kind: "inline", place, length: 0 };
  store.open(data, 0, "cell.value-data");
  if (store.dataSize(data) >= size) return { kind: "cell", cell: data, length: size };
  if (size <= SEGMENT_SIZE) store.damaged(data, say("hive.value-small", { count: size }));
  return findSegments(store, data, size);
}

function findSegments(store: CellStore, record: number, length: number): DataPlace {
  const place = store.openRecord(record, "db", bigData.size, "cell.large-value");
  const count = store.get(place, bigData.fields.segmentCount);
  if (count !== Math.ceil(length / SEGMENT_SIZE))
    store.damaged(record, say("hive.segment-count", { count: length, others: count }));
  const list = store.get(place, bigData.fields.segmentList);
  const from = store.open(list, count * 4, "cell.segments");
  const cells = Array.from({ length: count }, (_, index) => store.u32(from + index * 4));
  if (new Set(cells).size !== count) store.damaged(list, say("hive.segment-twice"));
  for (const [index, cell] of cells.entries()) {
    const rest = length - index * SEGMENT_SIZE;
    store.open(cell, Math.min(rest, SEGMENT_SIZE), "cell.segment");
  }
  return { kind: "segments", record, list, cells, length };
}

export function readData(store: CellStore, data: DataPlace): Uint8Array<ArrayBuffer> {
  if (data.kind === "inline") return store.slice(data.place, data.length);
  if (data.kind === "cell") return store.slice(store.open(data.cell, data.length, "cell.data"), data.length);
  const bytes = new Uint8Array(data.length);
  for (const [index, cell] of data.cells.entries()) {
    const at = index * SEGMENT_SIZE;
    const length = Math.min(SEGMENT_SIZE, data.length - at);
    bytes.set(store.peek(store.open(cell, length, "cell.segment"), length), at);
  }
  return bytes;
}

/** Gives back the cells that data have for themselves. */
export function freeData(allocator: CellAllocator, data: DataPlace): void {
  if (data.kind === "cell") allocator.free(data.cell);
  if (data.kind !== "segments") return;
  for (const cell of data.cells) allocator.free(cell);
  allocator.free(data.list);
  allocator.free(data.record);
}

/** The two fields of a value's record that say where its data are. */
export interface StoredData {
  readonly size: number;
  readonly cell: number;
}

/** Puts data into cells. @param segmented whether the hive's version has big data. @throws HIVE_FULL */
export function storeData(
  store: CellStore,
  allocator: CellAllocator,
  bytes: Uint8Array,
  segmented: boolean,
): StoredData {
  if (bytes.length <= 4) {
    const word = new Uint8Array(4);
    word.set(bytes);
    return { size: (DATA_INLINE | bytes.length) >>> 0, cell: new DataView(word.buffer).getUint32(0, true) };
  }
  if (segmented && bytes.length > SEGMENT_SIZE)
    return { size: bytes.length, cell: storeSegments(store, allocator, bytes) };
  return { size: bytes.length, cell: storeIn(store, allocator, bytes) };
}

function storeIn(store: CellStore, allocator: CellAllocator, bytes: Uint8Array): number {
  const cell = allocator.allocate(bytes.length);
  store.bytes.set(bytes, store.open(cell, bytes.length, "cell.data"));
  return cell;
}

/** A full segment's cell ends 4 bytes behind its data. hivex takes that for a rule, and reads no others to their end. */
function storeSegment(store: CellStore, allocator: CellAllocator, bytes: Uint8Array): number {
  const cell = allocator.allocate(bytes.length + 4);
  store.bytes.set(bytes, store.open(cell, bytes.length, "cell.segment"));
  return cell;
}

function storeSegments(store: CellStore, allocator: CellAllocator, bytes: Uint8Array): number {
  const count = Math.ceil(bytes.length / SEGMENT_SIZE);
  const record = allocator.allocate(bigData.size);
  const list = allocator.allocate(count * 4);
  const segments: number[] = [];
  for (let index = 0; index < count; index++) {
    segments.push(storeSegment(store, allocator, bytes.subarray(index * SEGMENT_SIZE, (index + 1) * SEGMENT_SIZE)));
  }
  const from = store.open(list, count * 4, "cell.segments");
  for (const [index, cell] of segments.entries()) store.putU32(from + index * 4, cell);
  const place = store.open(record, bigData.size, "cell.large-value");
  store.put(place, bigData.fields.signature, "db");
  store.put(place, bigData.fields.segmentCount, count);
  store.put(place, bigData.fields.segmentList, list);
  return record;
}
