import type { Sentence } from "#base/sentence.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { chooseDrivers, isBootClass } from "#imaging/universal/windows/choose-drivers.ts";
import { MOST_STAGED, packageFiles } from "#imaging/universal/windows/driver-files.ts";
import { findDriverPackages } from "#imaging/universal/windows/find-driver-packages.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";
import { injectDriver } from "#imaging/universal/windows/inject-driver.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import type { Addition } from "./additions.ts";
import { DRIVER_FOLDER } from "./start-files.ts";

/** What became of one driver of the user's folders. */
export interface DriverReport {
  /** "viostor.inf" */
  readonly inf: string;
  readonly className: string | undefined;
  /** DriverVer as it is written. */
  readonly version: string | undefined;
  /** boot: Windows PE has it before its shell starts; start: drvload loads it, when the shell starts. */
  readonly loaded: "boot" | "start";
}

export interface PutIn {
  readonly additions: readonly Addition[];
  readonly drivers: readonly DriverReport[];
  /** In plain words: drivers for other systems, files that are missing, and why one is not put in. */
  readonly problems: readonly string[];
}

/**
 * Drivers of folders that the user names, for any machine: of each the newest one for this Windows. Those of disk controllers are
 * entered into its registry too, as universal restore does it; all of them are loaded by drvload when it starts.
 */
export async function putInDrivers(
  registry: WindowsRegistry,
  tree: SystemTree,
  windows: TargetSystem,
  folders: readonly string[],
): Promise<PutIn> {
  if (folders.length === 0) return { additions: [], drivers: [], problems: [] };
  const found = await findDriverPackages(folders, windows);
  const problems = found.problems.map(({ text }) => text);
  const problem = (text: string) => void problems.push(text);
  const additions: Addition[] = [];
  const drivers: DriverReport[] = [];
  let room = MOST_STAGED;
  for (const driver of chooseDrivers(found.packages, windows)) {
    const { inf, description } = driver.package;
    const { files, missing } = await packageFiles(driver.package, windows, room);
    if (missing.length > 0) {
      problem(`${inf.name} is left out: ${missing.slice(0, 5).join(", ")} is missing or too large`);
      continue;
    }
    room -= files.reduce((sum, { content }) => sum + content.length, 0);
    const folder = `${DRIVER_FOLDER}/${inf.name.replace(/\.inf$/i, "")}`;
    additions.push(...files.map(({ path, content }) => ({ path: `${folder}/${path}`, content })));
    const before = registry.changes.length;
    if (isBootClass(description.classGuid, false)) {
      const said = ({ text }: Sentence) => problem(text);
      const options = { target: windows, isMatched: false, problem: said, note: said };
      for (const change of await injectDriver(registry, tree, driver, options))
        if (change.op === "write") additions.push(change);
    }
    const loaded = registry.changes.length > before ? "boot" : "start";
    drivers.push({ inf: inf.name, className: description.className, version: description.version, loaded });
  }
  if (found.others > 0) problem(`${found.others} .inf files are for other systems than this Windows PE`);
  if (drivers.length === 0) problem("no driver in the folders is for this Windows PE");
  return { additions, drivers, problems };
}
