import { guid } from "#base/struct.ts";

/** A partition as firmware names it (UEFI 2.10, 10.3.5.1, table 10-41, "Hard Drive Media Device Path"). */
export interface HardDrive {
  readonly partition: number;
  /** Sectors. */
  readonly start: number;
  readonly size: number;
  /** GPT: the partition's GUID, lower case. MBR: the disk signature as 8 hexadecimal digits. */
  readonly signature: string;
  readonly table: "gpt" | "mbr";
}

/** Value of a variable Boot#### (UEFI 2.10, 3.1.3, EFI_LOAD_OPTION). */
export interface LoadOption {
  readonly active: boolean;
  readonly hidden: boolean;
  /** All bits, as they are. */
  readonly attributes: number;
  readonly description: string;
  /** The volume and the file that it starts; undefined for anything else: a network card, a drive, the firmware's own programs. */
  readonly drive: HardDrive | undefined;
  /** "\EFI\debian\shimx64.efi" */
  readonly file: string | undefined;
  /** All nodes of the path, as they are. */
  readonly path: Uint8Array<ArrayBuffer>;
  /** What the program is told. */
  readonly data: Uint8Array<ArrayBuffer>;
}

const ACTIVE = 1;
const HIDDEN = 8;
const MEDIA = 4;
const HARD_DRIVE = 1;
const FILE_PATH = 4;
const END = [0x7f, 0xff, 4, 0] as const;
const HARD_DRIVE_BYTES = 42;
const FORMATS = { mbr: 1, gpt: 2 } as const;
/** What firmware has room for is far less. */
const MOST_BYTES = 1 << 16;

/** Undefined for what is none. */
export function parseLoadOption(bytes: Uint8Array): LoadOption | undefined {
  if (bytes.length < 8 || bytes.length > MOST_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const attributes = view.getUint32(0, true);
  const pathBytes = view.getUint16(4, true);
  let at = 6;
  while (at + 2 <= bytes.length && view.getUint16(at, true) !== 0) at += 2;
  if (at + 2 + pathBytes > bytes.length) return undefined;
  const description = wide(bytes.subarray(6, at));
  const path = new Uint8Array(bytes.subarray(at + 2, at + 2 + pathBytes));
  const data = new Uint8Array(bytes.subarray(at + 2 + pathBytes));
  return {
    ...{
      active: (attributes & ACTIVE) !== 0,
      hidden: (attributes & HIDDEN) !== 0,
      attributes,
      description,
      path,
      data,
    },
    ...readPath(path),
  };
}

/** The first instance of a path: what follows its end is for firmware that knows several ways. */
function readPath(path: Uint8Array<ArrayBuffer>): Pick<LoadOption, "drive" | "file"> {
  const view = new DataView(path.buffer, path.byteOffset, path.length);
  let drive: HardDrive | undefined;
  let file = "";
  for (let at = 0; at + 4 <= path.length; ) {
    const [type, subtype, length] = [view.getUint8(at), view.getUint8(at + 1), view.getUint16(at + 2, true)];
    if (length < 4 || at + length > path.length || type === END[0]) break;
    if (type === MEDIA && subtype === HARD_DRIVE && length >= HARD_DRIVE_BYTES) drive = readDrive(view, at);
    if (type === MEDIA && subtype === FILE_PATH) file += wide(path.subarray(at + 4, at + length));
    at += length;
  }
  return { drive, file: file === "" ? undefined : file };
}

function readDrive(view: DataView, at: number): HardDrive | undefined {
  const [start, size] = [view.getBigUint64(at + 8, true), view.getBigUint64(at + 16, true)];
  const kind = view.getUint8(at + 41);
  if (start > Number.MAX_SAFE_INTEGER || size > Number.MAX_SAFE_INTEGER || (kind !== 1 && kind !== 2)) return undefined;
  const isGpt = kind === 2;
  const signature = isGpt
    ? guid.read(view, at + 24)
    : view
        .getUint32(at + 24, true)
        .toString(16)
        .padStart(8, "0");
  return {
    ...{ partition: view.getUint32(at + 4, true), start: Number(start), size: Number(size) },
    ...{ signature, table: isGpt ? "gpt" : "mbr" },
  };
}

/** UTF-16 up to its end or a NUL. */
function wide(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length & ~1).toString("utf16le");
  const end = text.indexOf("\0");
  return end < 0 ? text : text.slice(0, end);
}

const nul = (text: string): Buffer => Buffer.from(`${text}\0`, "utf16le");

/** An option that starts a file of a partition. */
export function makeLoadOption(description: string, drive: HardDrive, file: string): Uint8Array<ArrayBuffer> {
  const path = Buffer.concat([driveNode(drive), fileNode(file), Uint8Array.from(END)]);
  const head = Buffer.alloc(6);
  head.writeUInt32LE(ACTIVE, 0);
  head.writeUInt16LE(path.length, 4);
  return new Uint8Array(Buffer.concat([head, nul(description), path]));
}

/** The same option with the attribute "active" set. */
export function activated(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  copy[0] = (copy[0] ?? 0) | ACTIVE;
  return copy;
}

function driveNode({ partition, start, size, signature, table }: HardDrive): Buffer {
  const node = Buffer.alloc(HARD_DRIVE_BYTES);
  const view = new DataView(node.buffer, node.byteOffset, node.length);
  node.set([MEDIA, HARD_DRIVE, HARD_DRIVE_BYTES, 0]);
  node.writeUInt32LE(partition, 4);
  node.writeBigUInt64LE(BigInt(start), 8);
  node.writeBigUInt64LE(BigInt(size), 16);
  if (table === "gpt") guid.write(view, 24, signature);
  else node.writeUInt32LE(Number.parseInt(signature, 16), 24);
  node[40] = FORMATS[table];
  node[41] = FORMATS[table]; // kind of signature: 1 of an MBR, 2 a GUID
  return node;
}

function fileNode(file: string): Buffer {
  const name = nul(file);
  const node = Buffer.alloc(4 + name.length);
  node.set([MEDIA, FILE_PATH]);
  node.writeUInt16LE(node.length, 2);
  name.copy(node, 4);
  return node;
}
