import { formatTime } from "#base/units.ts";
import { table } from "#cli/output.ts";
import type { FoundFile } from "#imaging/explore/find-files.ts";
import { modeText } from "#imaging/explore/mode-text.ts";

/** As `ls -l` prints them, with numbers for owners: their names are those of another machine. */
export const fileTable = (files: readonly FoundFile[]): string =>
  table(
    files.map((file) => [
      modeText(file),
      `${file.uid}:${file.gid}`,
      String(file.size),
      formatTime(new Date(file.modified * 1000).toISOString()),
      `${file.path}${file.type === "folder" ? "/" : ""}${file.type === "link" ? ` -> ${file.target}` : ""}`,
    ]),
  );
