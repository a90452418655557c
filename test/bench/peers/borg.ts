import { rm } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "#test/fixtures/run-tool.ts";
import { proveEqual } from "./prove.ts";
import { type Peer, toolVersion } from "./side.ts";

/**
 * Every sector of the disk, cut where the content says so and stored once. Of Debian's two programs of this kind it is
 * the stronger: restic 0.14 took twice the CPU time for the same disk, because it always encrypts.
 */
export const borg: Peer = {
  name: "borg",
  subjects: ["whole"],
  async open({ disk, device }, folder) {
    const image = join(folder, "repository");
    const target = join(folder, "target.img");
    const base = join(folder, "base");
    const borgDoes = `BORG_BASE_DIR='${base}' BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK=yes borg`;
    return {
      name: this.name,
      version: await toolVersion("borg"),
      storedCheck: "pieces",
      checks: "SHA-256 of each chunk and CRC-32 of each entry; `check --verify-data` reads all of it",
      image,
      targets: [target],
      actions: {
        capture: {
          command: `${borgDoes} create --read-special --compression zstd,3 '${image}::disk' ${device}`,
          reads: [disk],
          writes: [image],
          async prepare() {
            // Its base directory holds a cache of the chunks: a second first backup would find all of them there.
            for (const path of [image, base]) await rm(path, { recursive: true, force: true });
            await runTool("bash", ["-c", `${borgDoes} init --encryption none '${image}'`]);
          },
        },
        restore: {
          command: `${borgDoes} extract --stdout '${image}::disk' | dd of='${target}' bs=1M iflag=fullblock conv=sparse status=none`,
          reads: [image],
          writes: [target],
          prepare: () => rm(target, { force: true }),
          prove: () => proveEqual(target, disk),
        },
        verify: { command: `${borgDoes} check --verify-data '${image}'`, reads: [image], writes: [] },
      },
    };
  },
};
