import { rm } from "node:fs/promises";
import { join } from "node:path";
import { proveFilesystem } from "./prove.ts";
import { type Peer, toolVersion } from "./side.ts";

export const ntfsclone: Peer = {
  name: "ntfsclone | zstd",
  subjects: ["ntfs"],
  async open({ disk, partitions }, folder) {
    const partition = partitions.find(({ filesystem }) => filesystem === "ntfs");
    if (!partition) throw new Error(`${disk} has no NTFS`);
    const image = join(folder, "image.zst");
    const target = join(folder, "target.img");
    return {
      name: this.name,
      version: `${await toolVersion("ntfsclone")}, zstd ${await toolVersion("zstd")}`,
      storedCheck: "stream",
      checks: "nothing of its own; zstd's checksum (32 bits of XXH64) of the stream, which `zstd -t` reads",
      image,
      targets: [target],
      actions: {
        capture: {
          command: `ntfsclone -q --save-image -o - ${partition.device} 2>/dev/null | zstd -q -T0 -3 -o '${image}'`,
          reads: [disk],
          writes: [image],
          prepare: () => rm(image, { force: true }),
        },
        restore: {
          command: `zstd -q -d -c '${image}' | ntfsclone -q --restore-image -o '${target}' - >/dev/null 2>&1`,
          reads: [image],
          writes: [target],
          prepare: () => rm(target, { force: true }),
          prove: () => proveFilesystem(target, "ntfs"),
        },
        verify: { command: `zstd -q -t '${image}'`, reads: [image], writes: [] },
      },
    };
  },
};
