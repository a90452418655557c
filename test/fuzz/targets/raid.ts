import { linuxRaid } from "#imaging/volume/raid/driver.ts";
import { superblock0, superblock1 } from "#test/engine/volume/raid-member.ts";
import { containerTarget } from "#test/fuzz/container-target.ts";
import type { HotRange } from "#test/fuzz/hot-places.ts";
import { crafted, KIB } from "#test/fuzz/make-seed.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

const SIZE = 1024 * KIB;
const LAST = SIZE / 512 - 16;
const data = { size: 1024, dataOffset: 512 };

/** mdadm makes no array without a kernel that has md; it reads these as its own (test/engine/volume/raid.test.ts). */
export const target = containerTarget(linuxRaid, {
  name: "raid",
  seeds: [
    { name: "0.90", content: () => crafted(SIZE, [SIZE - 64 * KIB, superblock0(512)]) },
    {
      name: "1.0",
      content: () => crafted(SIZE, [LAST * 512, superblock1({ size: 1024, superOffset: LAST })]),
    },
    { name: "1.1", content: () => crafted(SIZE, [0, superblock1({ ...data, superOffset: 0 })]) },
    { name: "1.2", content: () => crafted(SIZE, [4 * KIB, superblock1({ ...data, superOffset: 8 })]) },
  ],
  reseal,
});

function reseal(image: SparseImage, reads: readonly HotRange[]): void {
  for (const { offset, length } of reads) {
    if (!image.isChanged(offset, length)) continue;
    const head = new DataView(image.bytes(offset, 256).buffer);
    const version1 = head.getUint32(4, true) === 1;
    const at = version1 ? 216 : 152;
    const bytes = image.bytes(offset, version1 ? 256 + (head.getUint32(220, true) & 0x7ff) * 2 : 4096);
    const view = new DataView(bytes.buffer);
    view.setUint32(at, 0, true);
    let sum = 0;
    for (let i = 0; i + 4 <= bytes.length; i += 4) sum += view.getUint32(i, true);
    if (bytes.length % 4 === 2) sum += view.getUint16(bytes.length - 2, true);
    view.setUint32(at, ((sum % 2 ** 32) + Math.floor(sum / 2 ** 32)) % 2 ** 32, true);
    image.write(bytes.subarray(at, at + 4), offset + at);
  }
}
