import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { NewNames } from "#imaging/identity/new-names.ts";
import { replaceNames } from "#imaging/identity/replace-names.ts";
import { withPrivateFolder } from "#imaging/resize/private-mount.ts";
import type { VolumeFile } from "#imaging/resize/resizer.ts";
import { runSurely } from "#imaging/resize/run-to-end.ts";

const PURPOSE = "change how a system calls its partitions";
/** As rebuild-fat.ts: names are letters of Unicode, and a disk of any geometry is taken. */
const environment = { MTOOLS_SKIP_CHECK: "1", LC_ALL: "C.UTF-8" };
/** Bytes. Larger ones are no configuration. */
const MOST_BYTES = 4 << 20;

/** By mtools, which need no mount. @returns paths of the files that were changed. @throws TOOL_MISSING, TOOL_FAILED */
export function patchFat(
  { path }: VolumeFile,
  names: NewNames,
  isWanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const mtools = (tool: string, args: readonly string[]) =>
    runSurely(tool, ["-i", path, ...args], { purpose: PURPOSE, signal, environment });
  return withPrivateFolder(async (folder) => {
    const changed: string[] = [];
    const list = await mtools("mdir", ["-b", "-/", "::/"]);
    const copy = join(folder, "file");
    for (const name of list.split("\n").filter((line) => isWanted(line.trim()))) {
      await mtools("mcopy", ["-n", "-m", name.trim(), copy]);
      const before = await readFile(copy, "latin1");
      if (before.length > MOST_BYTES) continue;
      const after = replaceNames(before, names);
      if (after === before) continue;
      await writeFile(copy, after, "latin1");
      await mtools("mcopy", ["-o", "-m", copy, name.trim()]);
      changed.push(name.trim().replace(/^::\//, ""));
    }
    return changed;
  });
}
