import { binary, dword, expandable, text, texts, type ValueData } from "#imaging/registry/value.ts";
import { guidBytes } from "#imaging/universal/windows/guid-bytes.ts";
import type { DriverValue } from "#imaging/universal/windows/inf/added-values.ts";
import type { DriverService } from "#imaging/universal/windows/inf/install-section.ts";
import type { WindowsArchitecture } from "#imaging/universal/windows/inf/target-system.ts";
import type { WindowsRegistry } from "#imaging/universal/windows/windows-registry.ts";
import { say } from "#imaging/words/say.ts";

/** What the registry has to say of a driver so that Windows loads it before it has a disk, and takes it for a device. */
export interface DriverBinding {
  /** "viostor.inf" */
  readonly inf: string;
  readonly classGuid: string;
  readonly architecture: WindowsArchitecture;
  readonly service: DriverService;
  /** Name of its install section. */
  readonly install: string;
  /** "PCI\VEN_1AF4&DEV_1001": with one backslash. */
  readonly ids: readonly string[];
}

const BOOT = 0;

/** The driver as a service that the boot loader loads, in every control set. */
export function addService(registry: WindowsRegistry, { service, inf }: DriverBinding): void {
  for (const set of registry.controlSets) {
    const key = `${set}\\Services\\${service.name}`;
    const why = say("windows.driver-loaded", { driver: service.name, inf });
    const put = (name: string, data: ValueData) => registry.set("SYSTEM", key, name, data, why);
    put("Type", dword(service.type));
    put("Start", dword(BOOT));
    put("ErrorControl", dword(service.errorControl));
    if (service.group !== undefined) put("Group", text(service.group));
    put("ImagePath", expandable(`system32\\drivers\\${service.binary}`));
    for (const override of registry.key("SYSTEM", `${key}\\StartOverride`)?.values() ?? [])
      if (override.number !== undefined)
        registry.set("SYSTEM", `${key}\\StartOverride`, override.name, dword(BOOT), why);
    for (const added of service.values) {
      const below = added.key === "" ? key : `${key}\\${added.key}`;
      registry.set("SYSTEM", below, added.name, dataOf(added.value), why);
    }
  }
}

function dataOf(value: DriverValue["value"]): ValueData {
  switch (value.type) {
    case "string":
      return text(value.text);
    case "expand-string":
      return expandable(value.text);
    case "strings":
      return texts(value.texts);
    case "dword":
      return dword(value.number);
    case "binary":
      return binary(Uint8Array.from(value.bytes));
  }
}

/** Whether Windows knows its drivers by a database in the SYSTEM hive: since Windows 8. */
export const hasDriverDatabase = (registry: WindowsRegistry): boolean =>
  registry.key("SYSTEM", "DriverDatabase") !== undefined;

/**
 * Up to Windows 7: CriticalDeviceDatabase names the driver for a device that is met before drivers can be installed.
 * @param replace also where another driver stands for a device
 */
export function bindCriticalDevices(registry: WindowsRegistry, binding: DriverBinding, replace: boolean): void {
  for (const set of registry.controlSets)
    for (const id of binding.ids) {
      const key = `${set}\\Control\\CriticalDeviceDatabase\\${id.replaceAll("\\", "#")}`;
      if (!replace && registry.value("SYSTEM", key, "Service")) continue;
      const why = say("windows.driven", { id, driver: binding.service.name });
      registry.set("SYSTEM", key, "Service", text(binding.service.name), why);
      registry.set("SYSTEM", key, "ClassGUID", text(binding.classGuid.toUpperCase()), why);
    }
}

/** Of a device id: this .inf, with a rank that loses against what Windows itself installs later. */
const DEVICE_RANK = Uint8Array.of(0x01, 0xff, 0x00, 0x00);
const PACKAGE_VERSION = Uint8Array.of(0x00, 0xff, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00);
const PACKAGE_VERSION_SIZE = 48;

/** Name of a package's key. Windows has a hash there; it is taken without one too. */
export const packageLabel = ({ inf, architecture }: Pick<DriverBinding, "inf" | "architecture">): string =>
  `${inf.toLowerCase()}_${architecture}_0000000000000000`;

/**
 * Since Windows 8: DriverDatabase names the .inf for a device, the package for the .inf, and the service in it. What is written is
 * what is known to be enough for Windows 8 to 11 (virt-v2v's way); a driver that is installed later replaces it.
 * @returns false when Windows knows another package by this name, which then stays
 */
export function bindInDriverDatabase(registry: WindowsRegistry, binding: DriverBinding): boolean {
  const label = packageLabel(binding);
  const inf = binding.inf.toLowerCase();
  const why = say("windows.bound", { count: binding.ids.length, driver: binding.service.name, inf });
  const infKey = `DriverDatabase\\DriverInfFiles\\${inf}`;
  const active = registry.value("SYSTEM", infKey, "Active")?.text;
  if (active !== undefined && active.toLowerCase() !== label) return false;
  const put = (key: string, name: string, data: ValueData) => registry.set("SYSTEM", key, name, data, why);
  put(infKey, "", texts([label]));
  put(infKey, "Active", text(label));
  // A package can have several, each with a driver of its own.
  const installs = registry.value("SYSTEM", infKey, "Configurations")?.texts ?? [];
  put(infKey, "Configurations", texts([...new Set([...installs, binding.install])]));
  for (const id of binding.ids) put(`DriverDatabase\\DeviceIds\\${id}`, inf, binary(DEVICE_RANK));
  const packageKey = `DriverDatabase\\DriverPackages\\${label}`;
  const version = new Uint8Array(PACKAGE_VERSION_SIZE);
  version.set(PACKAGE_VERSION);
  version.set(guidBytes(binding.classGuid), PACKAGE_VERSION.length);
  put(packageKey, "Version", binary(version));
  put(`${packageKey}\\Configurations\\${binding.install}`, "ConfigFlags", dword(0));
  put(`${packageKey}\\Configurations\\${binding.install}`, "Service", text(binding.service.name));
  for (const id of binding.ids) put(`${packageKey}\\Descriptors\\${id}`, "Configuration", text(binding.install));
  return true;
}
