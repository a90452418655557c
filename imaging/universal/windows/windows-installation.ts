import { open } from "node:fs/promises";
import { type Hibernation, headerState } from "#imaging/filesystem/ntfs/hibernation.ts";
import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { readDriverFile } from "#imaging/universal/windows/driver-file.ts";
import type { TargetSystem, WindowsArchitecture } from "#imaging/universal/windows/inf/target-system.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";

/** What a Windows says of itself in its registry and its files. */
export interface WindowsInstallation extends TargetSystem {
  /** "Windows 11 Pro". */
  readonly name: string;
  /** "Professional", as EditionID has it. */
  readonly edition: string | undefined;
  /** "23H2"; of older ones a service pack. */
  readonly release: string | undefined;
  /** "C:\Windows". */
  readonly systemRoot: string;
  /** "C". */
  readonly letter: string;
  readonly controlSets: {
    readonly current: number;
    readonly default: number;
    readonly lastKnownGood: number;
  };
  readonly computerName: string | undefined;
  /** The domain or directory that it belongs to; undefined for a workgroup. */
  readonly domain: string | undefined;
  readonly hibernation: Hibernation;
  /** Whether shutting it down hibernates its kernel. */
  readonly fastStartup: boolean;
  /** Hives that were not written to their end, and are made whole from their logs. */
  readonly dirtyHives: readonly string[];
  /** Command that a set-up which is not finished goes on with. */
  readonly setupPending: string | undefined;
}

const VERSION = "Microsoft\\Windows NT\\CurrentVersion";
const ELEVEN = 22000;
const PRODUCTS: Readonly<Record<string, 1 | 2 | 3>> = { WinNT: 1, LanmanNT: 2, ServerNT: 3 };

/** Reads files and registry, and changes nothing. */
export async function describeWindows(tree: SystemTree, registry: WindowsRegistry): Promise<WindowsInstallation> {
  const set = registry.controlSets[0] as string;
  const software = (name: string) => registry.value("SOFTWARE", VERSION, name);
  const select = (name: string) => registry.value("SYSTEM", "Select", name)?.number ?? 0;
  const build = Number.parseInt(software("CurrentBuildNumber")?.text ?? software("CurrentBuild")?.text ?? "0", 10) || 0;
  const [major, minor] = versionOf(registry, software("CurrentVersion")?.text);
  const product = registry.value("SYSTEM", `${set}\\Control\\ProductOptions`, "ProductType")?.text ?? "";
  const productType = PRODUCTS[product] ?? 1;
  const systemRoot = software("SystemRoot")?.text ?? "C:\\Windows";
  return {
    ...{ major, minor, build, productType, systemRoot },
    architecture: await architectureOf(tree, registry, set),
    name: nameOf(software("ProductName")?.text ?? "Windows", build, productType),
    edition: software("EditionID")?.text,
    release: (software("DisplayVersion") ?? software("ReleaseId") ?? software("CSDVersion"))?.text,
    letter: /^([a-z]):/i.exec(systemRoot)?.[1]?.toUpperCase() ?? "C",
    controlSets: { current: select("Current"), default: select("Default"), lastKnownGood: select("LastKnownGood") },
    computerName: registry.value("SYSTEM", `${set}\\Control\\ComputerName\\ComputerName`, "ComputerName")?.text,
    domain: domainOf(registry, set),
    hibernation: await hibernationOf(tree),
    fastStartup: registry.value("SYSTEM", `${set}\\Control\\Session Manager\\Power`, "HiberbootEnabled")?.number === 1,
    dirtyHives: (["SYSTEM", "SOFTWARE"] as const).filter((name) => registry.before(name).state !== "clean"),
    setupPending: registry.value("SYSTEM", "Setup", "CmdLine")?.text || undefined,
  };
}

/** CurrentVersion has stood still at 6.3 since Windows 8.1. */
function versionOf(registry: WindowsRegistry, text = ""): [number, number] {
  const number = (name: string) => registry.value("SOFTWARE", VERSION, name)?.number;
  const [major = 0, minor = 0] = text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  return [number("CurrentMajorVersionNumber") ?? major, number("CurrentMinorVersionNumber") ?? minor];
}

/** Windows 11 calls itself Windows 10 there. */
const nameOf = (name: string, build: number, productType: number): string =>
  build >= ELEVEN && productType === 1 ? name.replace(/^Windows 10\b/, "Windows 11") : name;

const ENVIRONMENT: Readonly<Record<string, WindowsArchitecture>> = {
  x86: "x86",
  amd64: "amd64",
  arm: "arm",
  arm64: "arm64",
};

async function architectureOf(tree: SystemTree, registry: WindowsRegistry, set: string): Promise<WindowsArchitecture> {
  const kernel = await tree.read("/Windows/System32/ntoskrnl.exe");
  const key = `${set}\\Control\\Session Manager\\Environment`;
  const said = registry.value("SYSTEM", key, "PROCESSOR_ARCHITECTURE")?.text?.toLowerCase() ?? "";
  return (kernel && readDriverFile(kernel)?.architecture) ?? ENVIRONMENT[said] ?? "amd64";
}

/** A member of a domain logs on over Netlogon; one of a cloud directory is listed with how it joined. */
function domainOf(registry: WindowsRegistry, set: string): string | undefined {
  const parameters = `${set}\\Services\\Tcpip\\Parameters`;
  const domain = ["NV Domain", "Domain"].map((name) => registry.value("SYSTEM", parameters, name)?.text).find(Boolean);
  const isMember = registry.value("SYSTEM", `${set}\\Services\\Netlogon`, "Start")?.number === 2;
  if (isMember) return domain ?? "a domain";
  const joined = registry.key("SYSTEM", `${set}\\Control\\CloudDomainJoin\\JoinInfo`)?.subkeys() ?? [];
  return joined.length > 0 ? "a cloud directory (Entra ID)" : undefined;
}

export const HIBERNATION_FILE = "/hiberfil.sys";
const HEADER = 4096;

export async function hibernationOf(tree: SystemTree): Promise<Hibernation> {
  if ((await tree.kind(HIBERNATION_FILE)) !== "file") return "none";
  await using file = await open(await tree.resolve(HIBERNATION_FILE)); // as large as the memory: never read whole
  const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER), 0, HEADER, 0);
  return bytesRead < HEADER ? "elsewhere" : headerState(buffer);
}
