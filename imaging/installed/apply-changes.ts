import { chmod, lstat, mkdir, open, rename, rm, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isOnNtfs, type NtfsAccess, setAccess } from "#imaging/installed/ntfs-access.ts";
import { runInSystem } from "#imaging/installed/run-in-system.ts";
import type { SystemChange, SystemChangeReport } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { keepNtfsSecurity } from "#imaging/registry/ntfs-security.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";
import { runTool } from "#imaging/system/run-tool.ts";

const PURPOSE = "change files of an installed system";

export interface ApplyOptions {
  /** Folder of the system for files as they were: "/var/lib/lifeboat/2026-11-29T12-00-00Z". Made when it is needed. */
  readonly keepIn: string;
  readonly signal: AbortSignal;
  /** Told of each change when it begins. */
  readonly onChange?: (change: SystemChange) => void;
}

/**
 * Does changes in their order. A file is as it was or as it will be, whenever this is killed, and its old content lies in
 * `keepIn`. The first that fails ends it.
 * @throws TOOL_FAILED when a program of the system says no; TOOL_MISSING; CREATE_FAILED
 */
export async function applyChanges(
  tree: SystemTree,
  changes: readonly SystemChange[],
  { keepIn, signal, onChange = () => {} }: ApplyOptions,
): Promise<SystemChangeReport> {
  const done: { text: string; path?: string }[] = [];
  let kept: string | undefined;
  // Of all volumes of a system only Windows' own is one, and its root is the tree's.
  const onNtfs = await isOnNtfs(tree.root);
  for (const change of changes) {
    signal.throwIfAborted();
    onChange(change);
    if (change.op === "run") {
      await runInSystem(tree, change.command, { signal, ...change });
      done.push({ text: change.text });
      continue;
    }
    const isKept = change.op !== "remove" || change.keep !== false;
    if (isKept && (await keep(tree, change, keepIn, onNtfs))) kept = keepIn;
    await apply(tree, change, onNtfs);
    done.push({ text: change.text, path: change.path });
  }
  return { done, kept };
}

type FileChange = Exclude<SystemChange, { op: "run" }>;

/** The place itself, not what a link there leads to, when the link is what changes. */
async function placeOf(tree: SystemTree, { op, path }: FileChange): Promise<string> {
  if (op === "write") return await tree.resolve(path);
  const names = path.split("/");
  const last = names.pop() ?? "";
  return join(await tree.resolve(names.join("/")), last);
}

async function apply(tree: SystemTree, change: FileChange, onNtfs: boolean): Promise<void> {
  const place = await placeOf(tree, change);
  await makeFolders(dirname(place), onNtfs && change.op === "write" ? change.access : undefined);
  if (change.op === "remove") await rm(place, { force: true });
  else {
    const beside = `${place}.lifeboat-new`;
    await rm(beside, { force: true });
    if (change.op === "link") await symlink(change.to, beside);
    else await writeBeside(place, beside, change, onNtfs);
    await rename(beside, place);
  }
  await flushFolder(dirname(place));
}

async function writeBeside(
  place: string,
  beside: string,
  { content, mode, access }: Extract<SystemChange, { op: "write" }>,
  onNtfs: boolean,
): Promise<void> {
  const before = await lstat(place).catch(() => undefined);
  // With what Node does not know of: ACLs, and what SELinux calls it.
  if (before?.isFile()) {
    await runTool("cp", ["--attributes-only", "--preserve=all", "--", place, beside], PURPOSE);
    if (onNtfs) await keepNtfsSecurity(place, beside);
  }
  await using file = await open(beside, before?.isFile() ? "r+" : "w", mode ?? 0o644);
  if (onNtfs && access && !before) await setAccess(beside, access); // before there is anything in it
  await file.writeFile(content);
  await file.sync();
  if (mode !== undefined) await chmod(beside, mode);
}

/** @returns whether there was something to keep */
async function keep(tree: SystemTree, change: FileChange, folder: string, onNtfs: boolean): Promise<boolean> {
  const place = await placeOf(tree, change);
  const found = await lstat(place).catch(() => undefined);
  if (!found || found.isDirectory()) return false;
  const copy = join(await tree.resolve(folder), place.slice(tree.root.length));
  if (await lstat(copy).catch(() => undefined)) return true; // changed twice: the first is what was there
  await makeFolders(dirname(copy), onNtfs ? "administrators" : undefined, 0o700);
  await runTool("cp", ["--archive", "--no-dereference", "--", place, copy], PURPOSE);
  if (onNtfs && found.isFile()) await keepNtfsSecurity(place, copy);
  return true;
}

/** A folder with those above it; new ones on NTFS are for whom their file is. */
async function makeFolders(folder: string, access: NtfsAccess | undefined, mode?: number): Promise<void> {
  const first = await mkdir(folder, { recursive: true, ...(mode !== undefined && { mode }) });
  if (first === undefined || access === undefined) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await setAccess(path, access, true);
}
