import { LifeboatError } from "#base/errors.ts";
import {
  bodyLength,
  readDescription,
  readDescriptionHead,
  writeDescription,
} from "#imaging/clone/remote/description.ts";
import { cloneDescription } from "#imaging/clone/remote/wire.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { Manifest } from "#imaging/image/manifest.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, type JsonInput, promise } from "#test/fuzz/target.ts";

const MIB = 1 << 20;
const EXTENTS = [
  ExtentList.of([{ start: 0, end: 34 * 512 }]),
  ExtentList.of([
    { start: 0, end: 4096 },
    { start: 3 * MIB, end: 5 * MIB },
  ]),
];
const MANIFEST: Manifest = {
  ...{ format: 2, imageId: "6a1f0c9e-3a52-4d0e-9b1c-0d2f8f5f9a01", createdAt: "2026-11-28T21:04:05Z", name: "disk" },
  ...{ note: "", level: "none", writer: { program: "lifeboat", version: "", platform: "linux x64" } },
  ...{ disk: { size: 16 * MIB, sectorSize: 512 }, table: { type: "gpt", problems: [] }, partitions: [] },
  regions: [
    { kind: "table", label: "table", start: 0, size: 34 * 512, usedBytes: 34 * 512, mode: "raw" },
    { kind: "volume", label: "one", partition: 1, start: MIB, size: 8 * MIB, usedBytes: 2 * MIB + 4096, mode: "raw" },
  ],
};
const SERVED = { id: "x", path: "/dev/x", kind: "block", machine: "", raw: false, leaveOutPageFiles: false } as const;
const fail = (problem: string) => new LifeboatError("PEER_INVALID", { peer: "peer", problem });

function seed(): Uint8Array {
  const regions = EXTENTS.map((extents, i) => ({ start: MANIFEST.regions[i]?.start ?? 0, extents }));
  const image = { rootHash: "ab".repeat(32), manifest: MANIFEST, regions, chunks: 4 };
  const { head, body } = writeDescription(image, SERVED);
  return Buffer.concat([cloneDescription.serialise(head), body]);
}

const TEXT_LENGTH = cloneDescription.fields.textLength.at;
const lengthOf = (image: SparseImage): number => new DataView(image.bytes(TEXT_LENGTH, 4).buffer).getUint32(0, true);

/** Its second line, with what follows moved to where the length then says. */
const MANIFEST_TEXT: JsonInput = {
  read: (image) => textOf(image).split("\n")[1] ?? "",
  write(image, text) {
    const end = cloneDescription.size + Math.min(lengthOf(image), image.size);
    const rest = image.bytes(end, Math.max(0, image.size - end));
    const bytes = Buffer.from(`${textOf(image).split("\n")[0]}\n${text}`);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length, true);
    image.write(length, TEXT_LENGTH);
    image.size = cloneDescription.size + bytes.length + rest.length;
    image.write(bytes, cloneDescription.size);
    image.write(rest, cloneDescription.size + bytes.length);
  },
};
const textOf = (image: SparseImage): string =>
  new TextDecoder().decode(image.bytes(cloneDescription.size, Math.min(lengthOf(image), 1 << 16)));

/** What a machine tells of the disk that it serves. */
export const target: FuzzTarget = {
  name: "clone-description",
  seeds: [{ name: "a disk", content: seed }],
  allowed: ["PEER_INVALID", "STRUCT_BAD_VALUE", "STRUCT_TRUNCATED"],
  json: MANIFEST_TEXT,
  async parse(device) {
    const head = readDescriptionHead(await readBytes(device, 0, Math.min(device.size, cloneDescription.size)), fail);
    const length = bodyLength(head);
    promise(length < 128 * MIB, () => `room for ${length} bytes`);
    if (cloneDescription.size + length > device.size) return "cut off";
    const found = readDescription(head, await readBytes(device, cloneDescription.size, length), fail);
    for (const [i, { start, extents }] of found.regions.entries()) {
      const { size } = found.manifest.regions[i] as Manifest["regions"][number];
      const end = extents.length === 0 ? 0 : extents.at(extents.length - 1).end;
      promise(end <= size && start + size <= head.size, () => `extents up to ${end} in a region of ${size}`);
    }
    return "accepted";
  },
};
