import { isLifeboatError } from "#base/errors.ts";
import type { InstalledSystem } from "#imaging/installed/installed-system.ts";
import { type SystemTree, systemTree } from "#imaging/installed/system-tree.ts";
import { readPe } from "#imaging/preflight/content/boot/pe-image.ts";
import { readWindowsDrivers } from "#imaging/preflight/content/windows/read-drivers.ts";
import { readHive } from "#imaging/preflight/content/windows/read-hive.ts";
import type { WindowsContent } from "#imaging/preflight/content/windows/windows-content.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import type { Hive } from "#imaging/registry/hive.ts";

/** What a Windows has for a machine's storage controllers. Only reads. @param tree without regard to case */
export async function readWindows(
  system: InstalledSystem,
  tree: SystemTree,
  devices: readonly MachineDevice[],
): Promise<WindowsContent> {
  const root = system.mounts[0]?.volume;
  const kernel = await tree.read("Windows/System32/ntoskrnl.exe");
  const base = {
    kind: "windows" as const,
    name: system.name,
    partition: root?.partition ?? 0,
    inside: root?.inside ?? [],
    architecture: kernel && readPe(kernel)?.architecture,
    hasBiosFiles: (await tree.kind("Windows/Boot/PCAT/bootmgr")) === "file",
    hasEfiFiles: (await tree.kind("Windows/Boot/EFI/bootmgfw.efi")) === "file",
    ...(await findBcd(system, tree)),
  };
  try {
    const registry = await readHive(tree, "SYSTEM");
    const version = versionOf(await readHive(tree, "SOFTWARE"));
    const number = (version.major ?? 10) + (version.minor ?? 0) / 10;
    const drivers = await readWindowsDrivers(registry, tree, devices, number);
    return { ...base, ...version, name: version.name ?? base.name, devices: drivers, unread: undefined };
  } catch (error) {
    if (!isLifeboatError(error)) throw error;
    return { ...base, major: undefined, minor: undefined, build: undefined, devices: [], unread: error.text };
  }
}

interface Version {
  readonly name: string | undefined;
  readonly major: number | undefined;
  readonly minor: number | undefined;
  readonly build: number | undefined;
}

function versionOf(software: Hive): Version {
  const key = software.root.find("Microsoft\\Windows NT\\CurrentVersion");
  const text = (name: string) => key?.value(name)?.text;
  // "6.3" stands there in all later ones, which have two values of their own.
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(text("CurrentVersion") ?? "") ?? [];
  const build = Number(text("CurrentBuildNumber") ?? text("CurrentBuild"));
  const whole = (found: string | undefined) => (found === undefined ? undefined : Number(found));
  return {
    name: productName(text("ProductName"), build),
    major: key?.value("CurrentMajorVersionNumber")?.number ?? whole(major),
    minor: key?.value("CurrentMinorVersionNumber")?.number ?? whole(minor),
    build: Number.isInteger(build) && build > 0 ? build : undefined,
  };
}

/** Windows 11 still calls itself 10 there. */
const FIRST_WINDOWS_11 = 22000;

const productName = (name: string | undefined, build: number): string | undefined =>
  build >= FIRST_WINDOWS_11 ? name?.replace(/^Windows 10/, "Windows 11") : name;

async function findBcd(
  { efi }: InstalledSystem,
  tree: SystemTree,
): Promise<Pick<WindowsContent, "hasEfiBcd" | "hasBiosBcd">> {
  let hasEfiBcd = false;
  for (const { root } of efi)
    hasEfiBcd ||= (await systemTree(root, { ignoreCase: true }).kind("EFI/Microsoft/Boot/BCD")) === "file";
  return { hasEfiBcd, hasBiosBcd: (await tree.kind("Boot/BCD")) === "file" };
}
