import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lvm } from "#imaging/volume/lvm/driver.ts";
import { lvmCrc } from "#imaging/volume/lvm/structs.ts";
import { VolumeGroup } from "#test/engine/volume/volume-group.ts";
import { containerTarget } from "#test/fuzz/container-target.ts";
import { MIB } from "#test/fuzz/make-seed.ts";
import type { SparseImage } from "#test/fuzz/sparse-image.ts";

async function group(path: string, ...pvOptions: string[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-fuzz-"));
  try {
    await using made = await VolumeGroup.make(folder, [16 * MIB], ...pvOptions);
    await made.create("root", 3);
    await made.create("home", 2, [], [":6-7"]);
    await made.lvm("lvextend", "-l", "+2", "vg0/root");
    copyFileSync(made.files[0] ?? "", path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const target = containerTarget(lvm, {
  name: "lvm",
  seeds: [
    { name: "one-area", make: (path) => group(path) },
    { name: "two-areas", make: (path) => group(path, "--pvmetadatacopies", "2") },
  ],
  dictionary: [
    "9007199254740993",
    "-1",
    "0",
    '"striped"',
    '"pv0"',
    "segment2 {",
    "}",
    "[",
    "]",
    '"',
    "#",
    "stripe_count = 0",
    "\\",
  ],
  reseal,
});

/** The label, each metadata area's header, and the text that it names. */
function reseal(image: SparseImage): void {
  for (let at = 0; at < 2048; at += 512) {
    const sector = image.bytes(at, 512);
    if (String.fromCharCode(...sector.subarray(0, 8)) === "LABELONE") put(image, at + 16, lvmCrc(sector.subarray(20)));
  }
  for (const area of [4096, image.size - MIB]) {
    if (area < 0) continue;
    const head = image.bytes(area, 512);
    if (String.fromCharCode(...head.subarray(4, 9)) !== " LVM2") continue;
    const view = new DataView(head.buffer);
    const [offset, length] = [Number(view.getBigUint64(40, true)), Number(view.getBigUint64(48, true))];
    if (length <= MIB && offset < image.size) put(image, area + 56, lvmCrc(image.bytes(area + offset, length)));
    put(image, area, lvmCrc(image.bytes(area + 4, 508)));
  }
}

function put(image: SparseImage, at: number, value: number): void {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  image.write(bytes, at);
}
