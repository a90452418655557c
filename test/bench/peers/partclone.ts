import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Subject } from "../subject.ts";
import { proveFilesystem } from "./prove.ts";
import { type Peer, toolVersion } from "./side.ts";

const PROGRAMS: Readonly<Record<string, string>> = {
  ext4: "partclone.extfs",
  ntfs: "partclone.ntfs",
  vfat: "partclone.fat",
};

/** A 10 MiB buffer is partclone's best; nothing is logged. */
const OPTIONS = "-q -z 10485760 -L /dev/null";

/** Which partclone takes which partition; the others (swap, boot areas, the table) it leaves out, to its advantage. */
export function partclonePartitions({ partitions }: Subject) {
  return partitions.flatMap((partition) => {
    const program = PROGRAMS[partition.filesystem ?? ""];
    return program ? [{ ...partition, program }] : [];
  });
}

/** partclone on every file system of the disk, one after the other, as Clonezilla and Rescuezilla run it. */
export const partclone: Peer = {
  name: "partclone | zstd",
  subjects: ["whole", "ext4", "ntfs"],
  async open(subject, folder) {
    const image = join(folder, "image");
    const parts = partclonePartitions(subject).map((partition) => ({
      ...partition,
      file: join(image, `${partition.number}.zst`),
      target: join(folder, `target-${partition.number}.img`),
    }));
    const targets = parts.map(({ target }) => target);
    const all = (command: (part: (typeof parts)[number]) => string) => parts.map(command).join("; ");
    return {
      name: this.name,
      version: `${await toolVersion("partclone.info", "-v")}, zstd ${await toolVersion("zstd")}`,
      storedCheck: "pieces",
      checks: "CRC-32 of each run of blocks, and zstd's of the stream; partclone.chkimg reads all of it",
      image,
      targets,
      actions: {
        capture: {
          command: `mkdir -p '${image}'; ${all((p) => `${p.program} -N -F ${OPTIONS} -c -s ${p.device} -o - 2>/dev/null | zstd -q -T0 -3 -o '${p.file}'`)}`,
          reads: [subject.disk],
          writes: [image],
          prepare: () => rm(image, { recursive: true, force: true }),
        },
        restore: {
          // -C and -W: no check of the target's size, and a file is written as a device is.
          command: all(
            (p) =>
              `zstd -q -d -c '${p.file}' | partclone.restore ${OPTIONS} -C -W -s - -o '${p.target}' >/dev/null 2>&1`,
          ),
          reads: [image],
          writes: targets,
          async prepare() {
            for (const target of targets) await rm(target, { force: true });
          },
          async prove() {
            for (const { target, filesystem } of parts) await proveFilesystem(target, filesystem);
          },
        },
        verify: {
          // chkimg knows no -q, and ends with status 0 even where it only prints its usage.
          command: all(
            (p) =>
              `zstd -q -d -c '${p.file}' | partclone.chkimg -z 10485760 -L /dev/null -s - 2>&1 | grep 'Checked successfully' >/dev/null`,
          ),
          reads: [image],
          writes: [],
        },
      },
    };
  },
};
