import type { Sentence } from "#base/sentence.ts";
import type { SystemChange } from "#imaging/installed/system-change.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { type ChosenDriver, chooseDrivers, isBootClass } from "#imaging/universal/windows/choose-drivers.ts";
import { MOST_STAGED, packageFiles } from "#imaging/universal/windows/driver-files.ts";
import { findDriverPackages } from "#imaging/universal/windows/find-driver-packages.ts";
import {
  addFirstStart,
  DRIVER_FOLDER,
  extendDevicePath,
  firstStartScript,
  SCRIPT,
} from "#imaging/universal/windows/first-boot.ts";
import { injectDriver } from "#imaging/universal/windows/inject-driver.ts";
import type { WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

export interface PutInOptions {
  readonly windows: WindowsInstallation;
  readonly folders: readonly string[];
  readonly devices?: readonly (readonly string[])[];
  readonly note: (of: Sentence) => void;
  readonly problem: (of: Sentence) => void;
  readonly signal?: AbortSignal;
}

/**
 * Drivers from folders of the user: those of disk controllers so that Windows starts with them, all that are wanted so that
 * Windows installs them when it runs.
 */
export async function putInDrivers(
  registry: WindowsRegistry,
  tree: SystemTree,
  { windows, folders, devices, note, problem, signal }: PutInOptions,
): Promise<SystemChange[]> {
  if (folders.length === 0) return [];
  const found = await findDriverPackages(folders, windows, signal);
  for (const one of found.problems) problem(one);
  const chosen = chooseDrivers(found.packages, windows, devices);
  if (chosen.length === 0) {
    const { packages, others } = found;
    note(say("windows.drivers-unfit", { isMachine: devices !== undefined, count: packages.length, others }));
    return [];
  }
  const changes: SystemChange[] = [];
  for (const driver of chosen) {
    signal?.throwIfAborted();
    const guid = driver.package.description.classGuid;
    const inject = { target: windows, isMatched: devices !== undefined, note, problem };
    if (isBootClass(guid, devices !== undefined)) changes.push(...(await injectDriver(registry, tree, driver, inject)));
  }
  return [...changes, ...(await stage(registry, tree, chosen, { windows, note, problem }))];
}

/** Copies whole packages, and has Windows install them at its first start. */
async function stage(
  registry: WindowsRegistry,
  tree: SystemTree,
  chosen: readonly ChosenDriver[],
  { windows, problem }: Pick<PutInOptions, "windows" | "note" | "problem">,
): Promise<SystemChange[]> {
  const changes: SystemChange[] = [];
  const folders: string[] = [];
  let room = MOST_STAGED;
  for (const { package: one } of chosen) {
    const { files, missing } = await packageFiles(one, windows, room);
    if (missing.length > 0) {
      problem(say("windows.not-installed", { inf: one.inf.name, list: missing.slice(0, 5) }));
      continue;
    }
    room -= files.reduce((sum, { content }) => sum + content.length, 0);
    const folder = `${DRIVER_FOLDER}/${one.inf.name.replace(/\.inf$/i, "")}`;
    folders.push(folder);
    for (const { path, content } of files) changes.push(...(await unlessThere(tree, `${folder}/${path}`, content)));
  }
  if (folders.length === 0) return changes;
  extendDevicePath(registry, folders, windows.letter);
  if (changes.length === 0) return [];
  addFirstStart(registry, windows);
  const script = firstStartScript(windows);
  const why = say("windows.script");
  return [...changes, { op: "write", path: SCRIPT, content: script, ...why, access: "administrators" }];
}

async function unlessThere(tree: SystemTree, path: string, content: Uint8Array): Promise<SystemChange[]> {
  const before = await tree.read(path);
  if (before && Buffer.compare(before, content) === 0) return [];
  return [{ op: "write", path, content, ...say("windows.staged"), access: "administrators" }];
}
