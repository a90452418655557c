import { systemTree } from "#imaging/installed/system-tree.ts";
import { dword, text } from "#imaging/registry/value.ts";
import { hiveChanges } from "#imaging/universal/windows/hive-changes.ts";
import { describeWindows, type WindowsInstallation } from "#imaging/universal/windows/windows-installation.ts";
import {
  CONFIG,
  LOG_SUFFIXES,
  openWindowsRegistry,
  type WindowsRegistry,
} from "#imaging/universal/windows/windows-registry.ts";
import type { WimContent } from "../wim/wim-content.ts";
import type { Addition } from "./additions.ts";
import { type DriverReport, putInDrivers } from "./put-in-drivers.ts";

/** Megabytes that Windows PE may take of the memory for what is written to its drive X ("DISM /Set-ScratchSpace"). */
export const SCRATCH_SPACES = [32, 64, 128, 256, 512] as const;
export type ScratchSpace = (typeof SCRATCH_SPACES)[number];

export interface RegistryOptions {
  readonly scratchMb: ScratchSpace;
  readonly drivers: readonly string[];
}

export interface EditedRegistry {
  readonly windows: WindowsInstallation;
  /** Its hives as they become, and the drivers' files. */
  readonly additions: readonly Addition[];
  readonly drivers: readonly DriverReport[];
  readonly problems: readonly string[];
  /** "ControlSet001\Services\viostor, Start", each with its reason. */
  readonly changes: readonly { readonly key: string; readonly name: string; readonly reason: string }[];
}

const HIVES = ["SYSTEM", "SOFTWARE"].flatMap((name) =>
  ["", ...LOG_SUFFIXES].map((suffix) => `${CONFIG}/${name}${suffix}`),
);
const KERNEL = "/Windows/System32/ntoskrnl.exe";
const SHELL = "winpeshl.exe";

/**
 * Edits the registry of a Windows PE, which is in its WIM, in a folder of ours.
 * @throws WINDOWS_UNKNOWN, HIVE_DIRTY, HIVE_DAMAGED, NOT_A_HIVE, HIVE_UNSUPPORTED; WIM_DAMAGED
 */
export async function editRegistry(
  content: WimContent,
  scratch: string,
  options: RegistryOptions,
): Promise<EditedRegistry> {
  const paths = [...HIVES, KERNEL].map((path) => content.find(path)).filter((path) => path !== undefined);
  await content.extract(paths, scratch);
  const tree = systemTree(scratch, { ignoreCase: true });
  const registry = await openWindowsRegistry(tree);
  const windows = await describeWindows(tree, registry);
  setScratchSpace(registry, options.scratchMb);
  registry.set("SYSTEM", "Setup", "CmdLine", text(SHELL), { text: "Windows PE starts what its winpeshl.ini says" });
  const { additions, drivers, problems } = await putInDrivers(registry, tree, windows, options.drivers);
  const hives = (await hiveChanges(tree, registry)).filter((change) => change.op === "write");
  return {
    ...{ windows, drivers, problems },
    additions: [...additions, ...hives],
    changes: registry.changes.map(({ edit, text: reason }) => ({ key: edit.key, name: edit.name, reason })),
  };
}

/** Where DISM sets it: of the filter that lets X be written to, though it is the WIM in memory. */
function setScratchSpace(registry: WindowsRegistry, megabytes: number): void {
  const why = { text: `Windows PE may use ${megabytes} MB of memory for what is written to its drive` };
  for (const set of registry.controlSets)
    registry.set("SYSTEM", `${set}\\Services\\FBWF`, "WinPECacheThreshold", dword(megabytes), why);
}
