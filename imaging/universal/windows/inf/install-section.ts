import { addedValues, type DriverValue } from "#imaging/universal/windows/inf/added-values.ts";
import { installSectionNames } from "#imaging/universal/windows/inf/decoration.ts";
import type { Inf, InfLine } from "#imaging/universal/windows/inf/parse-inf.ts";
import { sourceOf } from "#imaging/universal/windows/inf/source-disks.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";

/** Files and services of one install section. A driver has a handful of each. */
const MOST_FILES = 2000;
const MOST_SERVICES = 64;

/** A file that an install section copies. */
export interface DriverFile {
  /** What it is called on the system. */
  readonly name: string;
  /** Place in the package: "viostor.sys", "amd64\viostor.sys". */
  readonly source: string;
  /** Number of the folder, as .inf files count them: 12 is System32\drivers, 13 the package's own; with its subfolder. */
  readonly folder: { readonly id: number; readonly sub: string };
}

/** A service that an install section makes: the driver itself, for what is looked at here. */
export interface DriverService {
  readonly name: string;
  /** Whether it is the driver of the device, and not a helper or a filter. */
  readonly isOfDevice: boolean;
  /** Numbers as the registry has them: type 1 is a kernel driver, start 0 is by the boot loader. */
  readonly type: number;
  readonly start: number;
  readonly errorControl: number;
  readonly group: string | undefined;
  readonly displayName: string | undefined;
  /** Its file's name: "viostor.sys". */
  readonly binary: string;
  readonly values: readonly DriverValue[];
}

export interface DriverInstallation {
  readonly files: readonly DriverFile[];
  readonly services: readonly DriverService[];
  /** Other .inf files, of Windows itself, whose sections it goes on with. */
  readonly needs: readonly string[];
}

const SPSVCINST_ASSOCSERVICE = 2;
const KERNEL_DRIVER = 1;
const ON_DEMAND = 3;
const NORMAL_ERROR = 1;

/**
 * What installing a model does, as far as the boot needs it: files and services ("INF DDInstall Section", "INF
 * DDInstall.Services Section", "INF AddService Directive", Microsoft).
 * @param install as the model names it
 * @throws INF_INVALID
 */
export function readInstallSection(inf: Inf, install: string, target: TargetSystem): DriverInstallation {
  const names = installSectionNames(install, target);
  const section = names.find((name) => inf.section(name));
  const services = names.map((name) => `${name}.Services`).find((name) => inf.section(name));
  return {
    files: section === undefined ? [] : copiedFiles(inf, section, target),
    services: services === undefined ? [] : addedServices(inf, services),
    needs: section === undefined ? [] : inf.values(section, "Include"),
  };
}

type Copied = Omit<DriverFile, "source"> & { readonly from?: string };

function copiedFiles(inf: Inf, section: string, target: TargetSystem): DriverFile[] {
  const files: Copied[] = [];
  for (const list of new Set(inf.values(section, "CopyFiles")))
    files.push(...listedFiles(inf, list).slice(0, MOST_FILES - files.length));
  return files.map(({ from, ...file }) => ({ ...file, source: sourceOf(inf, from ?? file.name, target) }));
}

/** `CopyFiles = @file` or the name of a section of files. */
function listedFiles(inf: Inf, list: string): Copied[] {
  if (list.startsWith("@")) return [{ name: list.slice(1).trim(), folder: destination(inf, "DefaultDestDir") }];
  const folder = destination(inf, list);
  return (inf.section(list) ?? []).slice(0, MOST_FILES).map((line) => ({ ...copied(inf, line), folder }));
}

/** `destination-file-name[,source-file-name][,unused][,flag]` */
function copied(inf: Inf, { values }: InfLine): { name: string; from?: string } {
  const [name = "", from = ""] = values.map((value) => inf.text(value).trim());
  return { name, ...(from !== "" && { from }) };
}

const DRIVERS = 12;

/** `file-list-section = dirid[,subdir]` of [DestinationDirs]. */
function destination(inf: Inf, list: string): DriverFile["folder"] {
  const [id = "", sub = ""] =
    [list, "DefaultDestDir"].map((key) => inf.values("DestinationDirs", key)).find((found) => found.length > 0) ?? [];
  return { id: Number.parseInt(id, 10) || DRIVERS, sub };
}

function addedServices(inf: Inf, section: string): DriverService[] {
  const lines = (inf.section(section) ?? []).filter(({ key }) => key?.toLowerCase() === "addservice");
  return lines.slice(0, MOST_SERVICES).flatMap(({ values }) => {
    const [name = "", flags = "", install = ""] = values.map((value) => inf.text(value).trim());
    const binary = fileName(inf.value(install, "ServiceBinary") ?? "");
    if (name === "" || binary === "") return [];
    const number = (key: string, otherwise: number) => numberOf(inf.value(install, key)) ?? otherwise;
    return [
      {
        name,
        isOfDevice: ((numberOf(flags) ?? 0) & SPSVCINST_ASSOCSERVICE) !== 0,
        type: number("ServiceType", KERNEL_DRIVER),
        start: number("StartType", ON_DEMAND),
        errorControl: number("ErrorControl", NORMAL_ERROR),
        group: inf.value(install, "LoadOrderGroup"),
        displayName: inf.value(install, "DisplayName"),
        binary,
        values: addedValues(inf, inf.values(install, "AddReg")),
      },
    ];
  });
}

const fileName = (path: string): string => path.split(/[\\/]/).at(-1)?.trim() ?? "";

/** "0x1", "3"; undefined for what is no number that a registry value can hold. */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  const number = Number(text.trim());
  return Number.isInteger(number) && number >= 0 && number <= 0xffff_ffff ? number : undefined;
}
