import { decodeRuns, type Run } from "#imaging/filesystem/ntfs/runs.ts";
import { attributeHeader, fileRecord, nonResidentPart, residentPart } from "#imaging/filesystem/ntfs/structs.ts";

export interface ResidentAttribute {
  readonly kind: "resident";
  readonly type: number;
  readonly name: string;
  readonly value: Uint8Array;
}
export interface NonResidentAttribute {
  readonly kind: "non-resident";
  readonly type: number;
  readonly name: string;
  readonly flags: number;
  readonly lowestVcn: number;
  readonly runs: readonly Run[];
  readonly dataSize: number;
  readonly initialisedSize: number;
}
export type Attribute = ResidentAttribute | NonResidentAttribute;

const STRIDE = 512;
/** Made once: it costs more than to parse the attribute. */
const UTF16 = new TextDecoder("utf-16le");
const END = 0xffffffff;

/** What is wrong with a record; the reader adds the place. */
export class RecordProblem extends Error {}

/** Puts back the two bytes that each 512 bytes lost to the update sequence. @throws RecordProblem when one was torn. */
export function applyFixups(block: Uint8Array, usaOffset: number, usaCount: number): void {
  const view = new DataView(block.buffer, block.byteOffset, block.length);
  if (usaCount !== block.length / STRIDE + 1 || usaOffset + usaCount * 2 > block.length || usaOffset & 1)
    throw new RecordProblem("its update sequence array does not fit");
  const expected = view.getUint16(usaOffset, true);
  for (let i = 1; i < usaCount; i++) {
    const at = i * STRIDE - 2;
    if (view.getUint16(at, true) !== expected) throw new RecordProblem("it was not written completely");
    view.setUint16(at, view.getUint16(usaOffset + i * 2, true), true);
  }
}

/** All attributes of one file record. @throws RecordProblem, STRUCT_BAD_VALUE, STRUCT_TRUNCATED */
export function parseRecord(raw: Uint8Array, clusters: number): Attribute[] {
  const record = raw.slice();
  const { usaOffset, usaCount, attributesOffset, flags, bytesInUse } = fileRecord.parse(record);
  applyFixups(record, usaOffset, usaCount);
  if (!(flags & 1)) throw new RecordProblem("it is not in use");
  const end = Math.min(bytesInUse, record.length);
  const attributes: Attribute[] = [];
  let at = attributesOffset;
  for (;;) {
    if (at + 4 > end) throw new RecordProblem("its attributes are cut off");
    if (new DataView(record.buffer, at, 4).getUint32(0, true) === END) return attributes;
    const { length } = attributeHeader.parse(record.subarray(at, end));
    if (length < residentPart.size || length % 8 !== 0 || at + length > end)
      throw new RecordProblem(`an attribute of ${length} bytes`);
    attributes.push(parseAttribute(record.subarray(at, at + length), clusters));
    at += length;
  }
}

function parseAttribute(raw: Uint8Array, clusters: number): Attribute {
  const { type, nonResident, nameLength, nameOffset, flags } = attributeHeader.parse(raw);
  if (nameOffset + nameLength * 2 > raw.length) throw new RecordProblem("the name of an attribute is cut off");
  const name = UTF16.decode(raw.subarray(nameOffset, nameOffset + nameLength * 2));
  if (nonResident === 0) {
    const { valueLength, valueOffset } = residentPart.parse(raw);
    if (valueOffset + valueLength > raw.length) throw new RecordProblem("the value of an attribute is cut off");
    return { kind: "resident", type, name, value: raw.subarray(valueOffset, valueOffset + valueLength) };
  }
  const { lowestVcn, runsOffset, dataSize, initialisedSize } = nonResidentPart.parse(raw);
  const runs = decodeRuns(raw.subarray(runsOffset), lowestVcn, clusters);
  if (!runs) throw new RecordProblem("its list of clusters makes no sense");
  return { kind: "non-resident", type, name, flags, lowestVcn, runs, dataSize, initialisedSize };
}
