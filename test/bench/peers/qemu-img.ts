import { rm } from "node:fs/promises";
import { join } from "node:path";
import { proveEqual } from "./prove.ts";
import { type Peer, toolVersion } from "./side.ts";

/** `qemu-img check` reads its tables only, so it has no verification of what it stores. */
export const qemuImg: Peer = {
  name: "qemu-img",
  subjects: ["whole"],
  async open({ disk, device }, folder) {
    const image = join(folder, "image.qcow2");
    const target = join(folder, "target.img");
    return {
      name: this.name,
      version: await toolVersion("qemu-img"),
      storedCheck: "none",
      checks: "nothing of the contents",
      image,
      targets: [target],
      actions: {
        capture: {
          command: `qemu-img convert -f raw -c -O qcow2 -o compression_type=zstd ${device} '${image}'`,
          reads: [disk],
          writes: [image],
          prepare: () => rm(image, { force: true }),
        },
        restore: {
          command: `qemu-img convert -f qcow2 -O raw '${image}' '${target}'`,
          reads: [image],
          writes: [target],
          prepare: () => rm(target, { force: true }),
          prove: () => proveEqual(target, disk),
        },
      },
    };
  },
};
