import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { WindowsTestArguments } from "#test/windows/arguments.ts";
import { unattend, upScript } from "#test/windows/unattend.ts";

const MIB = 1 << 20;
/** FAT32 has no room for less than some 65,000 clusters. */
const LEAST = 64 * MIB;

/** A stick, as a raw disk, with the answers for Windows' set-up, our script, and the drivers. */
export async function makeAnswerMedium(path: string, given: WindowsTestArguments): Promise<void> {
  const size = LEAST + 2 * (given.drivers === undefined ? 0 : await bytesIn(given.drivers));
  writeFileSync(path, "");
  truncateSync(path, Math.ceil(size / MIB) * MIB + MIB);
  await runTool("sfdisk", ["--quiet", path], { input: "label: dos\nstart=2048, type=c\n" });
  await runTool("mkfs.vfat", [
    "-F",
    "32",
    "--offset",
    "2048",
    "-n",
    "ANSWERS",
    path,
    String((statSync(path).size - MIB) / 1024),
  ]);
  const image = `${path}@@1M`;
  const folder = mkdtempSync(join(tmpdir(), "lifeboat-answers-"));
  try {
    writeFileSync(join(folder, "autounattend.xml"), unattend(given));
    writeFileSync(join(folder, "lifeboat-up.cmd"), upScript());
    await runTool("mcopy", ["-i", image, join(folder, "autounattend.xml"), join(folder, "lifeboat-up.cmd"), "::/"]);
    if (given.drivers === undefined) return;
    await runTool("mmd", ["-i", image, "::/drivers"]);
    const names = await readdir(given.drivers);
    await runTool("mcopy", [
      "-s",
      "-i",
      image,
      ...names.map((name) => join(given.drivers as string, name)),
      "::/drivers/",
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
