import { createHash } from "node:crypto";
import type { Sentence } from "#base/sentence.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsNote } from "#imaging/universal/windows/windows-plan.ts";
import { say } from "#imaging/words/say.ts";

/** Of a list. */
export const LIST_VERSION = 1;

/** What a list says: for people's programs, and for the way back. Paths are those of the volume that it lies on. */
export interface ChangeList {
  readonly version: typeof LIST_VERSION;
  readonly windows: string;
  /** Files that were replaced or emptied, with the SHA-256 of what was written; their old content lies beside this list. */
  readonly replaced: readonly { readonly path: string; readonly sha256: string }[];
  /** Files that were not there before, with the SHA-256 of what was written. */
  readonly created: readonly { readonly path: string; readonly sha256: string }[];
  readonly removed: readonly { readonly path: string }[];
  readonly registry: readonly RegistryLine[];
  readonly notes: readonly ListedNote[];
  readonly problems: readonly ListedNote[];
}

/** In English alone: who reads the list has no page that could say it otherwise. */
type ListedNote = Pick<WindowsNote, "code" | "text" | "next">;

/** A value of the registry, or of the boot configuration, which is a hive too. */
export interface RegistryLine {
  readonly hive: "SYSTEM" | "SOFTWARE" | "BCD";
  readonly key: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string;
}

interface Listed {
  readonly windows: Pick<WindowsInstallation, "name" | "build" | "architecture">;
  readonly files: readonly SystemChange[];
  readonly notes: readonly WindowsNote[];
  readonly problems: readonly WindowsNote[];
}

export async function changeList(
  tree: SystemTree,
  registry: readonly RegistryLine[],
  { windows, files, notes, problems }: Listed,
): Promise<ChangeList> {
  const replaced: { path: string; sha256: string }[] = [];
  const created: { path: string; sha256: string }[] = [];
  const removed: { path: string }[] = [];
  for (const change of files) {
    if (change.op === "remove") removed.push({ path: await tree.real(change.path) });
    if (change.op !== "write") continue;
    const sha256 = createHash("sha256").update(change.content).digest("hex");
    const isThere = (await tree.kind(change.path)) !== undefined;
    (isThere ? replaced : created).push({ path: await tree.real(change.path), sha256 });
  }
  return {
    version: LIST_VERSION,
    windows: `${windows.name}, build ${windows.build}, ${windows.architecture}`,
    ...{ replaced, created, removed, registry, notes: notes.map(listed), problems: problems.map(listed) },
  };
}

const listed = ({ code, text, next }: WindowsNote): ListedNote => ({ code, text, ...(next !== undefined && { next }) });

/** The list for people: Windows' Notepad shows it. */
export function changeText(list: ChangeList): string {
  const lines = [`What Lifeboat has changed for ${list.windows}`, ""];
  lines.push(
    "Old files lie in this folder, by their paths. To take everything back: lifeboat universal DISK --undo, or copy them back.",
    "",
  );
  const section = (title: string, all: readonly string[]) => {
    if (all.length > 0) lines.push(title, ...all.map((line) => `  ${line}`), "");
  };
  section(
    "Problems",
    list.problems.map(({ text }) => text),
  );
  section(
    "Notes",
    list.notes.map(({ text }) => text),
  );
  section(
    "Files replaced",
    list.replaced.map(({ path }) => path),
  );
  section(
    "Files made",
    list.created.map(({ path }) => path),
  );
  section(
    "Files removed",
    list.removed.map(({ path }) => path),
  );
  let reason = "";
  for (const { hive, key, name, before, after, reason: why } of list.registry) {
    if (why !== reason) lines.push(`${why}:`);
    reason = why;
    lines.push(
      `  ${hive}\\${key}, ${name === "" ? "(default)" : name}: ${before ?? "not there"} -> ${after ?? "removed"}`,
    );
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** A file of values for Regedit. */
export interface RegFile {
  readonly hive: string;
  /** "undo-system.reg" */
  readonly file: string;
  readonly content: Uint8Array;
}

/** What lies in the folder of the way back, before anything is changed. @param name of the list: "changes" */
export function undoFiles(
  name: string,
  keepIn: string,
  list: ChangeList,
  regFiles: readonly RegFile[],
): SystemChange[] {
  const write = (file: string, content: Uint8Array | string, why: Sentence): SystemChange => ({
    ...{ op: "write", path: `${keepIn}/${file}`, content },
    ...why,
    access: "administrators",
  });
  return [
    write(`${name}.json`, `${JSON.stringify(list, undefined, 2)}\n`, say("windows.list-programs")),
    write(`${name}.txt`, changeText(list), say("windows.list-people")),
    ...regFiles.map(({ hive, file, content }) => write(file, content, say("windows.list-regedit", { hive }))),
  ];
}
