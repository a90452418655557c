import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { type NtfsLayout, readLayout } from "#imaging/filesystem/ntfs/layout.ts";
import { MasterFileTable, type Value } from "#imaging/filesystem/ntfs/mft.ts";
import {
  type Attribute,
  type NonResidentAttribute,
  parseRecord,
  RecordProblem,
} from "#imaging/filesystem/ntfs/record.ts";
import { ATTRIBUTE, FILE } from "#imaging/filesystem/ntfs/structs.ts";
import { isUnreadable, unlessForeign } from "#imaging/filesystem/volume.ts";
import type { Findings } from "#imaging/salvage/affected/findings.ts";

/** Records below it belong to the file system ($MFT to $Extend and spare ones). */
const FIRST_USER_RECORD = 24;
const FILE_NAME = 0x30;
const DOS_NAME = 2;
const IN_USE = 1;
const FOLDER = 2;
const WINDOW = 1 << 20;
/** Deeper than any path Windows can open; ends a loop of damaged parents. */
const MAX_DEPTH = 512;
const CHKDSK = "run chkdsk after the restore";

/** Goes through all file records: whose clusters are bad, and whose record itself is. */
export async function affectedInNtfs(volume: ReadableDevice, findings: Findings): Promise<void> {
  const layout = await unlessForeign(() => readLayout(volume));
  const mft = layout && (await unlessForeign(() => MasterFileTable.open(volume, layout)));
  const table = mft && (await unlessForeign(() => mft.value(FILE.mft, ATTRIBUTE.data)));
  if (!layout || !table || table.kind !== "non-resident")
    return findings.note("its master file table could not be read: which files are affected cannot be told");
  const walk = new NtfsWalk(layout, mft, table, findings);
  await walk.scan();
  await walk.report();
}

type Table = Extract<Value, { readonly kind: "non-resident" }>;
interface Hit {
  bytes: number;
  isFolder: boolean;
}

class NtfsWalk {
  readonly #layout: NtfsLayout;
  readonly #mft: MasterFileTable;
  readonly #table: Table;
  readonly #findings: Findings;
  /** By the number of the base record. */
  readonly #hits = new Map<number, Hit>();
  readonly #folders = new Map<number, string>();

  constructor(layout: NtfsLayout, mft: MasterFileTable, table: Table, findings: Findings) {
    this.#layout = layout;
    this.#mft = mft;
    this.#table = table;
    this.#findings = findings;
  }

  async scan(): Promise<void> {
    const { recordSize, clusterSize } = this.#layout;
    const count = this.#findings.meter(this.#layout.clusters);
    for (const { start, end } of this.#written())
      for (let at = Math.floor(start / recordSize) * recordSize; at < end; at += WINDOW) {
        const length = Math.min(WINDOW, end - at);
        count(length / clusterSize);
        const bytes = await this.#mft.read(this.#table, at, length);
        for (let from = 0; from + recordSize <= length; from += recordSize)
          this.#look(bytes.subarray(from, from + recordSize), (at + from) / recordSize);
      }
  }

  /** Bytes of $MFT that are on the volume: a damaged one may say that it has any number of records. */
  #written(): ExtentList {
    const { clusterSize } = this.#layout;
    const written = new ExtentList();
    for (const { vcn, lcn, length } of this.#table.runs) {
      const end = Math.min((vcn + length) * clusterSize, this.#table.initialisedSize);
      if (lcn !== undefined) written.add(vcn * clusterSize, end);
    }
    return written;
  }

  #look(raw: Uint8Array, number: number): void {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
    const flags = view.getUint16(0x16, true);
    if (!(flags & IN_USE)) return;
    const base = Number(view.getBigUint64(0x20, true) & 0xffffffffffffn) || number;
    let bytes = 0;
    for (const attribute of attributesOf(raw, this.#layout.clusters))
      if (attribute.kind === "non-resident") bytes += this.#badBytes(attribute);
    if (bytes === 0) return;
    const hit = this.#hits.get(base) ?? { bytes: 0, isFolder: false };
    hit.bytes += bytes;
    hit.isFolder ||= base === number && (flags & FOLDER) !== 0;
    this.#hits.set(base, hit);
  }

  /** Of a plain value only what its size covers counts: what follows in its last cluster is nobody's. */
  #badBytes({ runs, flags, lowestVcn, dataSize }: NonResidentAttribute): number {
    const { clusterSize } = this.#layout;
    const end = lowestVcn === 0 && (flags & 0x00ff) === 0 ? dataSize : Number.POSITIVE_INFINITY;
    let bytes = 0;
    for (const { vcn, lcn, length } of runs) {
      const used = Math.min(length * clusterSize, end - vcn * clusterSize);
      if (lcn !== undefined && used > 0)
        bytes += this.#findings.claim({ start: lcn * clusterSize, end: lcn * clusterSize + used });
    }
    return bytes;
  }

  async report(): Promise<void> {
    for (const [number, { bytes, isFolder }] of this.#hits) {
      const names = await this.#names(number);
      if (number < FIRST_USER_RECORD && number !== FILE.root) {
        const name = names[0]?.name ?? `file record ${number}`;
        this.#findings.note(`${bytes} bytes of its own structure ${name} could not be read: ${CHKDSK}`);
      } else if (names.length === 0) this.#findings.add(number === FILE.root ? "/" : `file record ${number}`, bytes);
      else for (const name of names) this.#findings.add(`${await this.#pathOf(name)}${isFolder ? "/" : ""}`, bytes);
    }
    if ((this.#hits.get(FILE.mft)?.bytes ?? 0) > 0)
      this.#findings.note(`files whose own records are in the part of $MFT that was lost cannot be named: ${CHKDSK}`);
  }

  async #pathOf({ parent, name }: FileName): Promise<string> {
    return `${await this.#folder(parent, 0)}/${name}`;
  }

  /** Without a slash at its end; the root is empty. */
  async #folder(number: number, depth: number): Promise<string> {
    if (number === FILE.root) return "";
    const known = this.#folders.get(number);
    if (known !== undefined) return known;
    const [name] = depth < MAX_DEPTH ? await this.#names(number) : [];
    const path = name ? `${await this.#folder(name.parent, depth + 1)}/${name.name}` : `?/folder ${number}`;
    this.#folders.set(number, path);
    return path;
  }

  /** The names of a file, without the short ones that DOS sees, unless there is no other. */
  async #names(number: number): Promise<FileName[]> {
    const { recordSize, clusters } = this.#layout;
    const raw = await this.#mft.read(this.#table, number * recordSize, recordSize);
    let values = attributesOf(raw, clusters).flatMap((a) =>
      a.kind === "resident" && a.type === FILE_NAME ? [a.value] : [],
    );
    if (values.length === 0) {
      const value = await unlessForeign(() => this.#mft.value(number, FILE_NAME));
      values = value?.kind === "resident" ? [value.bytes] : [];
    }
    const names = values.map(parseFileName).filter((name) => name !== undefined);
    const long = names.filter(({ namespace }) => namespace !== DOS_NAME);
    return long.length > 0 ? long : names;
  }
}

/** None when the record is damaged. */
function attributesOf(raw: Uint8Array, clusters: number): Attribute[] {
  try {
    return parseRecord(raw, clusters);
  } catch (error) {
    if (error instanceof RecordProblem || isUnreadable(error)) return [];
    throw error;
  }
}

interface FileName {
  /** Number of the folder's record. */
  readonly parent: number;
  readonly namespace: number;
  readonly name: string;
}

/** Made once: it costs more than to parse the name. */
const UTF16 = new TextDecoder("utf-16le");

/** libntfs-3g, include/ntfs-3g/layout.h, FILE_NAME_ATTR */
function parseFileName(value: Uint8Array): FileName | undefined {
  const length = (value[0x40] ?? 0) * 2;
  if (value.length < 0x42 + length) return undefined;
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  return {
    parent: Number(view.getBigUint64(0, true) & 0xffffffffffffn),
    namespace: view.getUint8(0x41),
    name: UTF16.decode(value.subarray(0x42, 0x42 + length)),
  };
}
