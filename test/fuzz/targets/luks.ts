import { createHash } from "node:crypto";
import { readLuks } from "#imaging/volume/luks/header.ts";
import { KIB, MIB, made } from "#test/fuzz/make-seed.ts";
import { MAP_ERRORS } from "#test/fuzz/promises.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";
import { type FuzzTarget, type JsonInput, promise } from "#test/fuzz/target.ts";

const format = (path: string, type: string, ...options: string[]) => {
  const pbkdf = ["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000", "--key-file", "/etc/hostname"];
  made(path, 20 * MIB, "cryptsetup", "luksFormat", "-q", "--type", type, ...pbkdf, ...options);
};

/** The area of the first header. */
const json: JsonInput = {
  read: (image) => new TextDecoder().decode(image.bytes(4 * KIB, 12 * KIB)).replace(/\0.*$/s, ""),
  write(image, text) {
    const area = new Uint8Array(12 * KIB);
    area.set(new TextEncoder().encode(text).subarray(0, area.length - 1));
    image.write(area, 4 * KIB);
  },
};

/** Where LUKS keeps its data and how it is encrypted; cryptsetup looks at the keys. */
export const target: FuzzTarget = {
  name: "luks",
  seeds: [
    { name: "luks1", make: (path) => format(path, "luks1") },
    { name: "luks2", make: (path) => format(path, "luks2", "--sector-size", "4096", "--label", "label") },
    { name: "luks2-64k", make: (path) => format(path, "luks2", "--luks2-metadata-size", "64k") },
  ],
  allowed: MAP_ERRORS,
  json,
  reseal,
  async parse(volume) {
    const found = await readLuks(volume);
    if ("reason" in found) return "reason given";
    const { payload, sectorSize, ivOffset } = found;
    promise(payload.start > 0 && payload.end <= volume.size, () => `payload ${payload.start} to ${payload.end}`);
    promise(payload.end > payload.start, () => `payload ${payload.start} to ${payload.end}`);
    promise((payload.end - payload.start) % sectorSize === 0, () => `half a sector of ${sectorSize}`);
    promise(Number.isSafeInteger(ivOffset) && ivOffset >= 0, () => `IV of ${ivOffset}`);
    return "accepted";
  },
};

const SUM = 448;

/** Both headers of LUKS2; the algorithm is the one that cryptsetup takes. */
function reseal(image: SparseImage): void {
  const size = Number(new DataView(image.bytes(8, 8).buffer).getBigUint64(0));
  if (size !== 16 * KIB && size !== 64 * KIB) return;
  for (const offset of [0, size]) {
    if (!image.isChanged(offset, size)) continue;
    const whole = image.bytes(offset, size);
    if (whole[6] !== 0 || whole[7] !== 2) continue;
    whole.fill(0, SUM, SUM + 64);
    image.write(createHash("sha256").update(whole).digest(), offset + SUM);
  }
}
