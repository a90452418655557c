import { rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { proveFilesystem } from "./prove.ts";
import { emptyFile, type Peer, toolVersion } from "./side.ts";

/** It stores files, not blocks: a restore makes a new file system on a device and fills it. */
export const fsarchiver: Peer = {
  name: "fsarchiver",
  subjects: ["ext4"],
  async open({ disk, partitions }, folder) {
    const partition = partitions.find(({ filesystem }) => filesystem === "ext4");
    if (!partition) throw new Error(`${disk} has no ext4`);
    const image = join(folder, "image.fsa");
    const target = join(folder, "target.img");
    const threads = `-j${availableParallelism()}`;
    // The loop device belongs to the command: a restore ends when it is detached and its file is flushed.
    const restore =
      `loop=$(losetup --find --show '${target}'); trap 'losetup --detach "$loop"' EXIT; ` +
      `fsarchiver restfs ${threads} '${image}' id=0,dest="$loop" >/dev/null; sync "$loop"`;
    return {
      name: this.name,
      version: await toolVersion("fsarchiver", "-V"),
      storedCheck: "pieces",
      checks: "a 32-bit checksum of each block and MD5 of each file; read only by a restore, there is no verification",
      image,
      targets: [target],
      actions: {
        capture: {
          command: `fsarchiver savefs -Z3 ${threads} '${image}' ${partition.device} >/dev/null`,
          reads: [disk],
          writes: [image],
          prepare: () => rm(image, { force: true }),
        },
        restore: {
          command: restore,
          reads: [image],
          writes: [target],
          prepare: () => emptyFile(target, partition.size),
          prove: () => proveFilesystem(target, "ext4"),
        },
      },
    };
  },
};
