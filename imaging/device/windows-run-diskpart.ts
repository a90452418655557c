import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { windowsCommand } from "#imaging/system/windows-command.ts";

/** Runs lines of diskpart's and returns what it printed. Another one in tests. */
export type RunDiskpart = (lines: readonly string[]) => Promise<string>;

const PURPOSE = "find and hold the disks of this machine";

/**
 * By diskpart(1) of Windows, which reads lines from a file. It prints in the console's code page, so that is set to UTF-8 first.
 * A line that fails ends it with a status, unless "noerr" stands behind it. @throws TOOL_MISSING, TOOL_FAILED
 */
export const runDiskpart: RunDiskpart = async (lines) => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-diskpart-"));
  try {
    const script = join(folder, "script.txt");
    await writeFile(script, lines.map((line) => `${line}\r\n`).join(""));
    return await windowsCommand("cmd.exe", ["/d", "/s", "/c", `"chcp 65001 >nul & diskpart /s "${script}""`], PURPOSE);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
