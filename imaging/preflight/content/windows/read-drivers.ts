import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { servicesFor, windowsIds } from "#imaging/preflight/content/windows/inbox-drivers.ts";
import type { WindowsDevice, WindowsDriver } from "#imaging/preflight/content/windows/windows-content.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import type { Key } from "#imaging/registry/key.ts";

const DISABLED = 4;
const ON_DEMAND = 3;
/** Of a device, and of what a package says of it. */
const MOST_DRIVERS = 32;

/** What Windows has for storage controllers, by its driver database (from Windows 8 on) or its critical devices (before). */
export async function readWindowsDrivers(
  { root }: Hive,
  tree: SystemTree,
  devices: readonly MachineDevice[],
  version: number,
): Promise<WindowsDevice[]> {
  const current = root.find("Select")?.value("Current")?.number ?? 1;
  const control = root.find(`ControlSet${String(current).padStart(3, "0")}`);
  const found: WindowsDevice[] = [];
  for (const device of devices) {
    const ids = windowsIds(device);
    const bound = [...new Set([...inDatabase(root, ids), ...critical(control, ids)])].slice(0, MOST_DRIVERS);
    const known = servicesFor(device, version).filter((name) => !bound.some((one) => same(one, name)));
    const drivers: WindowsDriver[] = [];
    for (const service of bound) drivers.push({ ...(await stateOf(control, tree, service)), isBound: true });
    for (const service of known) {
      const state = await stateOf(control, tree, service);
      if (state.start !== undefined || state.hasFile) drivers.push({ ...state, isBound: false });
    }
    found.push({ modalias: device.modalias, drivers });
  }
  return found;
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** From an id to the .inf files that name it, to what they install for it. */
function inDatabase(root: Key, ids: readonly string[]): string[] {
  const database = root.find("DriverDatabase");
  const services: string[] = [];
  for (const id of ids)
    for (const { name: inf } of database?.find(`DeviceIds\\PCI\\${id}`)?.values().slice(0, MOST_DRIVERS) ?? []) {
      const packages = database?.find(`DriverInfFiles\\${inf}`)?.value("");
      for (const label of (packages?.texts ?? [packages?.text ?? ""]).filter(Boolean).slice(0, MOST_DRIVERS)) {
        const folder = database?.find(`DriverPackages\\${label}`);
        const configuration = folder?.find(`Descriptors\\PCI\\${id}`)?.value("Configuration")?.text;
        const service = folder?.find(`Configurations\\${configuration ?? ""}`)?.value("Service")?.text;
        if (service) services.push(service);
      }
    }
  return services;
}

/** "PCI#VEN_8086&DEV_2922", "PCI#CC_0106" */
const critical = (control: Key | undefined, ids: readonly string[]): string[] =>
  ids.flatMap((id) => {
    const service = control?.find(`Control\\CriticalDeviceDatabase\\PCI#${id}`)?.value("Service")?.text;
    return service ? [service] : [];
  });

async function stateOf(
  control: Key | undefined,
  tree: SystemTree,
  service: string,
): Promise<Omit<WindowsDriver, "isBound">> {
  const key = control?.find(`Services\\${service}`);
  const start = key?.value("Start")?.number;
  // Of a driver that the installed machine did not need: not at the start of the system, whatever Start says.
  const override = key?.find("StartOverride")?.value("0")?.number ?? 0;
  const effective = start === 0 && override >= ON_DEMAND ? Math.min(override, DISABLED) : start;
  const path = key?.value("ImagePath")?.text ?? `System32\\drivers\\${service}.sys`;
  const inWindows = path
    .replaceAll("\\", "/")
    .replace(/^\/?(SystemRoot|%SystemRoot%)\//i, "")
    .replace(/^\/+/, "");
  return { service, start: effective, hasFile: (await tree.kind(`Windows/${inWindows}`)) === "file" };
}
