import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";

export interface PeerCommands {
  readonly description: string;
  readonly capture: string;
  readonly restore: string;
  readonly verify: string;
  imageSize(): Promise<number>;
  removeTargets(): Promise<void>;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  ext4: "partclone.extfs",
  ntfs: "partclone.ntfs",
  vfat: "partclone.fat",
};
/** A 10 MiB buffer is partclone's best; -C and -W skip size and write checks; nothing is logged. */
const OPTIONS = "-q -z 10485760 -L /dev/null";

/** partclone on every file system of the disk, one after the other, as Clonezilla and Rescuezilla run it. */
export async function partcloneCommands(
  disk: string,
  folder: string,
  resources: AsyncDisposableStack,
): Promise<PeerCommands> {
  const parts: { program: string; device: string; image: string; target: string }[] = [];
  for (const { number, filesystem, offset, size } of await readPartitions(disk)) {
    const program = PROGRAMS[filesystem ?? ""];
    if (!program) continue;
    const device = resources.use(await attachLoop(disk, { offset, size, readOnly: true })).path;
    parts.push({
      program,
      device,
      image: join(folder, `peer-${number}.zst`),
      target: join(folder, `peer-${number}.img`),
    });
  }
  const all = (command: (part: (typeof parts)[number]) => string) => parts.map(command).join(" && ");
  return {
    description: parts.map(({ program }) => program).join(", "),
    capture: all(
      (p) => `${p.program} -N -F ${OPTIONS} -c -s ${p.device} -o - 2>/dev/null | zstd -q -f -T0 -3 -o ${p.image}`,
    ),
    restore: all(
      (p) => `zstd -q -d -c ${p.image} | partclone.restore ${OPTIONS} -C -W -s - -o ${p.target} >/dev/null 2>&1`,
    ),
    // chkimg knows no -q, and ends with status 0 even where it only prints its usage.
    verify: all(
      (p) =>
        `zstd -q -d -c ${p.image} | partclone.chkimg -z 10485760 -L /dev/null -s - 2>&1 | grep -q 'Checked successfully'`,
    ),
    async imageSize() {
      const sizes = await Promise.all(parts.map(async ({ image }) => (await stat(image)).size));
      return sizes.reduce((sum, size) => sum + size, 0);
    },
    async removeTargets() {
      for (const { target } of parts) await rm(target, { force: true });
    },
  };
}
