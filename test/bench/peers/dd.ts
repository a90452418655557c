import { rm } from "node:fs/promises";
import { join } from "node:path";
import { proveEqual } from "./prove.ts";
import { type Peer, toolVersion } from "./side.ts";

/** Every sector of the disk, used or not. */
export const dd: Peer = {
  name: "dd | zstd",
  subjects: ["whole"],
  async open({ disk, device }, folder) {
    const image = join(folder, "image.zst");
    const target = join(folder, "target.img");
    return {
      name: this.name,
      version: `${await toolVersion("dd")}, zstd ${await toolVersion("zstd")}`,
      storedCheck: "stream",
      checks: "zstd's checksum (32 bits of XXH64) of the stream, which `zstd -t` reads",
      image,
      targets: [target],
      actions: {
        capture: {
          command: `dd if=${device} bs=1M status=none | zstd -q -T0 -3 -o '${image}'`,
          reads: [disk],
          writes: [image],
          prepare: () => rm(image, { force: true }),
        },
        restore: {
          command: `zstd -q -d -c '${image}' | dd of='${target}' bs=1M iflag=fullblock conv=sparse status=none`,
          reads: [image],
          writes: [target],
          prepare: () => rm(target, { force: true }),
          prove: () => proveEqual(target, disk),
        },
        verify: { command: `zstd -q -t '${image}'`, reads: [image], writes: [] },
      },
    };
  },
};
