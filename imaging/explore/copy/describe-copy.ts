import { printable } from "#base/printable.ts";
import { formatBytes } from "#base/units.ts";
import type { CopyReport, Trouble } from "#imaging/explore/copy/copy-files.ts";

/** What was copied, and what was not or lacks something, in lines for people. */
export function describeCopy({ target, entries, bytes, losses, ...troubles }: CopyReport): string[] {
  const named = (what: string, list: readonly Trouble[]) =>
    list.map(({ name, reason }) => printable(`! ${what}: ${name} (${reason})`));
  return [
    printable(`Copied to ${target}: ${entries} files and folders, ${formatBytes(bytes)}`),
    ...losses.map(({ text, count, names }) =>
      printable(`! ${text}: ${count}, ${names.join(", ")}${count > names.length ? " ..." : ""}`),
    ),
    ...named("its copy lacks something", troubles.incomplete),
    ...named("damaged in the image, not copied", troubles.damaged),
    ...named("not copied", troubles.failed),
  ];
}
