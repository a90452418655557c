import { guid } from "#base/struct.ts";
import {
  BLOCK_DISK,
  BLOCK_FILE,
  BLOCK_RAMDISK,
  DEVICE_BLOCK_IO,
  DEVICE_BOOT,
  DEVICE_LOCATE,
  DEVICE_PARTITION,
  DEVICE_SIZE,
  deviceHead,
  filePath,
  gptPartition,
  locate,
  mbrPartition,
  OPTIONS_SIZE,
  ramdiskHead,
  STYLE_GPT,
  STYLE_MBR,
} from "#imaging/bcd/device-format.ts";
import { checkPartition, type PartitionId } from "#imaging/bcd/partition-id.ts";

/** A device on which something lies. Whatever is not understood is "other", and stays as it is. */
export type BcdDevice =
  /** Where the boot manager came from. */
  | { readonly kind: "boot" }
  | { readonly kind: "partition"; readonly id: PartitionId }
  /** Looked for when it is needed: by a path, or by the path that an element of the object names. */
  | { readonly kind: "locate"; readonly path?: string; readonly element?: number }
  /** A file on another device that is read into memory, or that is a disk itself. */
  | { readonly kind: "ramdisk" | "file"; readonly parent: BcdDevice; readonly path: string }
  | { readonly kind: "other"; readonly type: number };

/** An element's device, with the object that has more options for it. */
export interface DeviceElement {
  readonly device: BcdDevice;
  /** GUID; undefined where there is none. */
  readonly options?: string;
}

const NO_OPTIONS = "00000000-0000-0000-0000-000000000000";
/** A file on a RAM disk on a partition is as deep as it gets. */
const MOST_LEVELS = 8;
const PATH_HEAD = filePath.size;

/** @returns undefined when the bytes are too few to be a device */
export function decodeDevice(bytes: Uint8Array): DeviceElement | undefined {
  if (bytes.length < OPTIONS_SIZE + deviceHead.size) return undefined;
  const options = guid.read(new DataView(bytes.buffer, bytes.byteOffset, OPTIONS_SIZE), 0);
  const device = decodeBody(bytes.subarray(OPTIONS_SIZE), 0);
  return { device, ...(options !== NO_OPTIONS && { options }) };
}

function decodeBody(bytes: Uint8Array, level: number): BcdDevice {
  if (bytes.length < deviceHead.size) return { kind: "other", type: -1 };
  const { type, size } = deviceHead.parse(bytes);
  const other: BcdDevice = { kind: "other", type };
  if (size < deviceHead.size || size > bytes.length || level > MOST_LEVELS) return other;
  const body = bytes.subarray(0, size);
  if (type === DEVICE_BOOT) return { kind: "boot" };
  if (type === DEVICE_PARTITION) return decodePartition(body) ?? other;
  if (type === DEVICE_LOCATE) return decodeLocate(body) ?? other;
  if (type === DEVICE_BLOCK_IO) return decodeBlockIo(body, level) ?? other;
  return other;
}

/** @param body from the head on */
export function partitionIn(body: Uint8Array): PartitionId | undefined {
  if (body.length < DEVICE_SIZE) return undefined;
  const view = new DataView(body.buffer, body.byteOffset, DEVICE_SIZE);
  const { block, style } = gptPartition.fields;
  if (block.read(view, block.at) !== BLOCK_DISK) return undefined;
  if (style.read(view, style.at) === STYLE_GPT) {
    const { disk, partition } = gptPartition.fields;
    return { style: "gpt", disk: disk.read(view, disk.at), partition: partition.read(view, partition.at) };
  }
  if (style.read(view, style.at) !== STYLE_MBR) return undefined;
  const { offset, signature } = mbrPartition.fields;
  const start = view.getBigUint64(offset.at, true);
  if (start > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return { style: "mbr", signature: signature.read(view, signature.at), offset: Number(start) };
}

function decodePartition(body: Uint8Array): BcdDevice | undefined {
  const id = partitionIn(body);
  return id && { kind: "partition", id };
}

function decodeLocate(body: Uint8Array): BcdDevice | undefined {
  if (body.length < deviceHead.size + locate.size) return undefined;
  const { kind, element } = locate.parse(body.subarray(deviceHead.size));
  if (kind === 0) return { kind: "locate", element };
  return { kind: "locate", path: pathIn(body.subarray(deviceHead.size + locate.size)) };
}

function decodeBlockIo(body: Uint8Array, level: number): BcdDevice | undefined {
  const rest = body.subarray(deviceHead.size);
  if (rest.length < 4) return undefined;
  const block = new DataView(rest.buffer, rest.byteOffset, 4).getUint32(0, true);
  if (block !== BLOCK_RAMDISK && block !== BLOCK_FILE) return undefined;
  const file = rest.subarray(4 + (block === BLOCK_RAMDISK ? ramdiskHead.size : 0));
  if (file.length < PATH_HEAD + deviceHead.size) return undefined;
  const { length, type } = filePath.parse(file);
  if (type !== 5 || length > file.length || length < PATH_HEAD + deviceHead.size) return undefined;
  const inner = file.subarray(PATH_HEAD, length);
  const parent = decodeBody(inner, level + 1);
  const { size } = deviceHead.parse(inner);
  if (size > inner.length) return undefined;
  return { kind: block === BLOCK_RAMDISK ? "ramdisk" : "file", parent, path: pathIn(inner.subarray(size)) };
}

function pathIn(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length & ~1).toString("utf16le");
  return text.split("\0", 1)[0] as string;
}

/** @throws RangeError for a device that is not understood: its bytes are all there is of it */
export function encodeDevice({ device, options = NO_OPTIONS }: DeviceElement): Uint8Array<ArrayBuffer> {
  const body = encodeBody(device);
  const bytes = new Uint8Array(OPTIONS_SIZE + body.length);
  guid.write(new DataView(bytes.buffer), 0, options);
  bytes.set(body, OPTIONS_SIZE);
  return bytes;
}

function encodeBody(device: BcdDevice): Uint8Array<ArrayBuffer> {
  if (device.kind === "boot") return withHead(DEVICE_BOOT, 0, DEVICE_SIZE);
  if (device.kind === "partition") {
    const bytes = withHead(DEVICE_PARTITION, 0, DEVICE_SIZE);
    putPartition(bytes, device.id);
    return bytes;
  }
  if (device.kind === "locate") return encodeLocate(device);
  if (device.kind === "other") throw new RangeError(`a device of type ${device.type}`);
  return encodeFile(device);
}

function withHead(type: number, flags: number, size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  bytes.set(deviceHead.serialise({ type, flags, size, pad: 0 }));
  return bytes;
}

/** Writes a partition into a device of that type, over another one's id. @param body from the head on @throws RangeError */
export function putPartition(body: Uint8Array, id: PartitionId): void {
  checkPartition(id);
  const view = new DataView(body.buffer, body.byteOffset, DEVICE_SIZE);
  body.fill(0, gptPartition.fields.partition.at, DEVICE_SIZE);
  const { style, disk, partition } = gptPartition.fields;
  if (id.style === "gpt") {
    style.write(view, style.at, STYLE_GPT);
    disk.write(view, disk.at, id.disk);
    partition.write(view, partition.at, id.partition);
    return;
  }
  const { offset, signature } = mbrPartition.fields;
  style.write(view, style.at, STYLE_MBR);
  offset.write(view, offset.at, id.offset);
  signature.write(view, signature.at, id.signature);
}

function encodeLocate({ path, element }: Extract<BcdDevice, { kind: "locate" }>): Uint8Array<ArrayBuffer> {
  const name = path === undefined ? new Uint8Array(2) : Buffer.from(`${path}\0`, "utf16le");
  const bytes = withHead(DEVICE_LOCATE, 0, deviceHead.size + locate.size + name.length);
  bytes.set(locate.serialise({ kind: path === undefined ? 0 : 1, element: element ?? 0, parent: 0 }), deviceHead.size);
  bytes.set(name, deviceHead.size + locate.size);
  return bytes;
}

function encodeFile(device: Extract<BcdDevice, { kind: "ramdisk" | "file" }>): Uint8Array<ArrayBuffer> {
  const parent = encodeBody(device.parent);
  const name = Buffer.from(`${device.path}\0`, "utf16le");
  const length = PATH_HEAD + parent.length + name.length;
  const extra = device.kind === "ramdisk" ? ramdiskHead.size : 0;
  // "Not said further": bcdedit sets this flag for files.
  const bytes = withHead(DEVICE_BLOCK_IO, 1, deviceHead.size + 4 + extra + length);
  const start = deviceHead.size + 4 + extra;
  new DataView(bytes.buffer).setUint32(deviceHead.size, device.kind === "ramdisk" ? BLOCK_RAMDISK : BLOCK_FILE, true);
  bytes.set(filePath.serialise({ version: 1, length, type: 5 }), start);
  bytes.set(parent, start + PATH_HEAD);
  bytes.set(name, start + PATH_HEAD + parent.length);
  return bytes;
}
