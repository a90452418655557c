import { labelHeader, lvmCrc, MDA_MAGIC, mdaHeader, pvHeader } from "#imaging/volume/lvm/structs.ts";

const MIB = 1 << 20;
export const PV_UUID = "0123456789abcdefghijklmnopqrstuv";

export interface LvmOptions {
  readonly size?: number;
  /** The description of the group; a text that ends the metadata area goes on behind its header. */
  readonly text: string;
  readonly textAt?: number;
}

/** A physical volume with one metadata area from 4 KiB to 1 MiB, as `pvcreate` lays it out. */
export function lvmVolume({ size = 8 * MIB, text, textAt = 512 }: LvmOptions): Uint8Array<ArrayBuffer> {
  const disk = new Uint8Array(size);
  const view = new DataView(disk.buffer);
  const pv = 512 + labelHeader.size;
  disk.set(pvHeader.serialise({ uuid: PV_UUID, deviceSize: size }), pv);
  view.setBigUint64(pv + 40, BigInt(MIB), true);
  view.setBigUint64(pv + 72, 4096n, true);
  view.setBigUint64(pv + 80, BigInt(MIB - 4096), true);
  disk.set(labelHeader.serialise({ id: "LABELONE", sector: 1, crc: 0, offset: 32, type: "LVM2 001" }), 512);
  view.setUint32(512 + 16, lvmCrc(disk.subarray(532, 1024)), true);

  const bytes = new TextEncoder().encode(`${text}\0`);
  const area = MIB - 4096;
  for (const [i, byte] of bytes.entries()) {
    const at = textAt + i;
    disk[4096 + (at < area ? at : at - area + 512)] = byte;
  }
  const magic = new TextEncoder().encode(MDA_MAGIC);
  const place = { start: 4096, size: area, textOffset: textAt, textSize: bytes.length, textCrc: lvmCrc(bytes) };
  disk.set(mdaHeader.serialise({ crc: 0, magic, version: 1, flags: 0, ...place }), 4096);
  view.setUint32(4096, lvmCrc(disk.subarray(4100, 4096 + 512)), true);
  return disk;
}

const DASHED = PV_UUID.replace(/^(.{6})(.{4})(.{4})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-$5-$6-");

/** A group of one physical volume with extents of 1 MiB. @param fields more lines of the group, or of the volume */
export const groupText = (
  volumes: string,
  { peStart = 2048, peCount = 7, fields = "", pvFields = "" } = {},
): string => `
contents = "Text Format Volume Group"
version = 1 # of the format
vg0 { id = "x" seqno = 7 format = "lvm2" status = ["RESIZEABLE", "READ", "WRITE"] flags = [] extent_size = 2048 ${fields}
  physical_volumes { pv0 { id = "${DASHED}" device = "/dev/\\"odd\\"" status = ["ALLOCATABLE"] ${pvFields}
    pe_start = ${peStart} pe_count = ${peCount} } }
  logical_volumes { ${volumes} } }`;

export const linearText = (name: string, ...segments: readonly (readonly [count: number, first: number])[]): string => {
  let start = 0;
  const lines = segments.map(([count, first], i) => {
    start += count;
    return `segment${i + 1} { start_extent = ${start - count} extent_count = ${count} type = "striped" stripe_count = 1 stripes = ["pv0", ${first}] }`;
  });
  return `${name} { id = "y" status = ["READ", "WRITE", "VISIBLE"] segment_count = ${segments.length} ${lines.join(" ")} }`;
};
