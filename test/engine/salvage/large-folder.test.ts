import { linkSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AffectedFiles } from "#imaging/salvage/affected/affected-files.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const NAMES = 60_000; // ext4 has at most 65,000 names for a file
const BLOCK = 4096;
/** More than the program and its modules need, and less than all names of the folder would. */
const HEAP_MIB = 16;

const SEARCH = `
  const [volume, start] = process.argv.slice(1);
  const { affectedFiles } = await import("#imaging/salvage/affected/affected-files.ts");
  const { openDevice } = await import("#imaging/device/file-device.ts");
  await using device = await openDevice(volume);
  const bad = [{ start: Number(start), end: Number(start) + 512 }];
  console.log(JSON.stringify(await affectedFiles(device, "ext4", bad)));`;

test("a folder of very many names does not fill the memory while one of them is looked for", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-folder-"));
  const [volume, mount] = [join(folder, "volume.img"), join(folder, "mount")];
  try {
    writeFileSync(volume, "");
    truncateSync(volume, 64 << 20);
    await runTool("mke2fs", ["-q", "-F", "-t", "ext4", "-b", String(BLOCK), volume]);
    mkdirSync(mount);
    {
      await using loop = await attachLoop(volume);
      await runTool("mount", [loop.path, mount]);
      try {
        mkdirSync(join(mount, "many"));
        const first = join(mount, "many", "first");
        writeFileSync(first, "");
        for (let i = 0; i < NAMES; i++) linkSync(first, join(mount, "many", `${i}`.padEnd(250, "x")));
        writeFileSync(join(mount, "many", "hit"), "y".repeat(BLOCK));
      } finally {
        await runTool("umount", [mount]);
      }
    }
    const { stdout: block } = await runTool("debugfs", ["-R", "blocks /many/hit", volume]);
    const node = [`--max-old-space-size=${HEAP_MIB}`, "--max-semi-space-size=1", "--input-type=module", "-e", SEARCH];
    const { stdout } = await runTool(process.execPath, [...node, volume, String(Number(block) * BLOCK)]);
    const { files } = JSON.parse(stdout) as AffectedFiles;
    expect(files).toEqual([{ path: "/many/hit", bytes: 512 }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
