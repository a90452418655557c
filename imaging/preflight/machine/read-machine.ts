import { machine as ownArchitecture } from "node:os";
import { describeMachine, type MachineName } from "#imaging/preflight/machine/describe-machine.ts";
import type { MachineHardware, MachineNetwork } from "#imaging/preflight/machine/machine-hardware.ts";
import { readDevice, readDevices } from "#imaging/preflight/machine/read-devices.ts";
import { readDisks } from "#imaging/preflight/machine/read-disks.ts";
import { readFirmware } from "#imaging/preflight/machine/read-firmware.ts";
import { readProcessor } from "#imaging/preflight/machine/read-processor.ts";
import { storageControllers } from "#imaging/preflight/machine/storage-controller.ts";
import { type SysFiles, sysFiles } from "#imaging/preflight/machine/sys-files.ts";

export interface ReadMachineOptions {
  /** A folder in which `sys` and `proc` lie. */
  readonly root?: string;
  /** What people call it. */
  readonly describe?: () => Promise<MachineName>;
}

/** This machine, as it is now. Nothing but /sys and /proc is looked at, and nothing is asked of a device. */
export async function readMachine({
  root = "/",
  describe = describeMachine,
}: ReadMachineOptions = {}): Promise<MachineHardware> {
  const sys = sysFiles(root);
  const devices = await readDevices(sys);
  const disks = await readDisks(sys);
  const { name, isVirtual, processorName } = await describe();
  const tpm = await readTpm(sys);
  return {
    format: "lifeboat-machine/1",
    readAt: new Date().toISOString(),
    name,
    isVirtual,
    processor: { name: processorName, ...(await readProcessor(sys, ownArchitecture())) },
    memoryBytes: await memoryBytes(sys),
    firmware: await readFirmware(sys),
    ...(tpm && { tpm }),
    power: await readPower(sys),
    devices,
    controllers: storageControllers(devices, disks),
    disks,
    networks: await readNetworks(sys),
  };
}

async function memoryBytes(sys: SysFiles): Promise<number> {
  const [, kib] = /^MemTotal:\s+(\d+) kB/m.exec((await sys.text("proc/meminfo")) ?? "") ?? [];
  return Number(kib ?? 0) * 1024;
}

async function readTpm(sys: SysFiles): Promise<MachineHardware["tpm"]> {
  const [first] = await sys.list("sys/class/tpm");
  if (first === undefined) return undefined;
  const major = await sys.text(`sys/class/tpm/${first}/tpm_version_major`);
  return { version: major === "2" ? "2.0" : major === "1" ? "1.2" : "unknown" };
}

/** Batteries of mice and pens are not the machine's (Linux, Documentation/ABI/testing/sysfs-class-power). */
async function readPower(sys: SysFiles): Promise<MachineHardware["power"]> {
  const supplies = [];
  for (const name of await sys.list("sys/class/power_supply")) {
    const at = `sys/class/power_supply/${name}`;
    if ((await sys.text(`${at}/scope`)) === "Device") continue;
    supplies.push({ type: await sys.text(`${at}/type`), isOnline: (await sys.text(`${at}/online`)) === "1" });
  }
  const battery = supplies.some(({ type }) => type === "Battery");
  return { battery, onMains: !battery || supplies.some(({ type, isOnline }) => type !== "Battery" && isOnline) };
}

/** Bridges, tunnels and the like have no device. */
async function readNetworks(sys: SysFiles): Promise<MachineNetwork[]> {
  const networks: MachineNetwork[] = [];
  for (const name of await sys.list("sys/class/net")) {
    const at = `sys/class/net/${name}`;
    const place = await sys.real(`${at}/device`);
    const mac = await sys.text(`${at}/address`);
    if (place === undefined || mac === undefined) continue;
    const names = await sys.list(at);
    const device = await readDevice(sys, place);
    const wireless = names.includes("wireless") || names.includes("phy80211");
    networks.push({ name, mac, wireless, ...(device && { device }) });
  }
  return networks;
}
