import { createHash } from "node:crypto";
import * as z from "zod";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { LIST_VERSION } from "#imaging/universal/windows/undo/change-list.ts";
import { LOG_SUFFIXES } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

const Written = z.object({ path: z.string().startsWith("/"), sha256: z.string() });
/** What the way back needs of a ChangeList. It lies on somebody's disk. */
const UndoList = z.object({
  version: z.literal(LIST_VERSION),
  replaced: z.array(Written),
  created: z.array(Written),
  removed: z.array(z.object({ path: z.string().startsWith("/") })),
});
type UndoList = z.infer<typeof UndoList>;

/** Lists of what was done in a Windows, and of what starts it: several of them may have one boot configuration. */
const LIST = /^(changes|boot-\d+)\.json$/;
const HIVE = /\/(SYSTEM|SOFTWARE|BCD)$/i;
const TIME = /^\d{4}-[\w-]+$/;

/** Names of the folders of a volume that have lists, the newest first. @param parent "/Lifeboat/Undo" */
export async function undoTimes(tree: SystemTree, parent: string): Promise<string[]> {
  const times: string[] = [];
  for (const name of (await tree.list(parent)).filter((one) => TIME.test(one)))
    if ((await tree.list(`${parent}/${name}`)).some((one) => LIST.test(one))) times.push(name);
  return times.reverse();
}

/** What takes back all that was done at one time on one volume. */
export interface WayBack {
  /** None: it is as it was. */
  readonly changes: readonly SystemChange[];
  /** Files that are no longer as they were written: somebody else has changed them since. */
  readonly changed: readonly string[];
  /** What was removed, and is not kept. */
  readonly lost: readonly string[];
}

/**
 * Files get the content that they had, byte for byte, and new files go. The folders of ours stay, with the old files.
 * @param folder with the lists: "/Lifeboat/Undo/2026-11-29T12-00-00Z"
 * @returns undefined when no list is there, or none that can be read
 */
export async function undoChanges(tree: SystemTree, folder: string): Promise<WayBack | undefined> {
  const lists = await readLists(tree, folder);
  if (lists.length === 0) return undefined;
  const created = hashesOf(lists.flatMap((list) => list.created));
  const replaced = hashesOf(lists.flatMap((list) => [...list.replaced, ...list.created]));
  const changes: SystemChange[] = [];
  const changed: string[] = [];
  for (const [path, hashes] of replaced) {
    const now = await tree.read(path);
    const old = created.has(path) ? undefined : await tree.read(`${folder}${path}`);
    // Never reached when it was made, or gone already: it is as it was.
    if (old ? now && Buffer.compare(now, old) === 0 : !now || !created.has(path)) continue;
    if (now && !hashes.has(hash(now))) changed.push(path);
    if (old) changes.push({ op: "write", path, content: old, ...say("windows.undo-file") });
    if (old && HIVE.test(path)) changed.push(...(await newLogs(tree, path, replaced, changes)));
    if (!old) changes.push({ op: "remove", path, ...say("windows.undo-new") });
  }
  return { changes, changed, lost: lists.flatMap((list) => list.removed.map(({ path }) => path)) };
}

/** What Windows has noted beside a hive since, and would take over into the old one. */
async function newLogs(
  tree: SystemTree,
  path: string,
  known: ReadonlyMap<string, unknown>,
  changes: SystemChange[],
): Promise<string[]> {
  const found: string[] = [];
  for (const log of LOG_SUFFIXES.map((suffix) => path + suffix)) {
    const bytes = known.has(log) ? undefined : await tree.read(log);
    if (!bytes || bytes.length === 0) continue;
    changes.push({ op: "write", path: log, content: "", ...say("windows.undo-log") });
    found.push(log);
  }
  return found;
}

async function readLists(tree: SystemTree, folder: string): Promise<UndoList[]> {
  const lists: UndoList[] = [];
  for (const name of (await tree.list(folder)).filter((one) => LIST.test(one))) {
    const list = UndoList.safeParse(parsed((await tree.text(`${folder}/${name}`)) ?? ""));
    if (list.success) lists.push(list.data);
  }
  return lists;
}

/** By path, all that was written there. */
function hashesOf(files: UndoList["replaced"]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { path, sha256 } of files) found.set(path, (found.get(path) ?? new Set()).add(sha256));
  return found;
}

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
