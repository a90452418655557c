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

export interface PutInOptions {
  readonly windows: WindowsInstallation;
  readonly folders: readonly string[];
  readonly devices?: readonly (readonly string[])[];
  readonly note: (text: string) => void;
  readonly problem: (text: string) => void;
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
  for (const text of found.problems) problem(text);
  const chosen = chooseDrivers(found.packages, windows, devices);
  if (chosen.length === 0) {
    const counted = `${found.packages.length} for this Windows, ${found.others} for others`;
    note(`none of the drivers in the folders is for this ${devices ? "machine" : "Windows"} (${counted})`);
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
      problem(`${one.inf.name} is not installed later: ${missing.slice(0, 5).join(", ")} is missing or too large`);
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
  const text = "installs the drivers in \\Lifeboat\\Drivers when Windows starts, and removes itself";
  return [...changes, { op: "write", path: SCRIPT, content: script, text, access: "administrators" }];
}

async function unlessThere(tree: SystemTree, path: string, content: Uint8Array): Promise<SystemChange[]> {
  const before = await tree.read(path);
  if (before && Buffer.compare(before, content) === 0) return [];
  return [
    { op: "write", path, content, text: "puts a driver where Windows installs it from", access: "administrators" },
  ];
}
