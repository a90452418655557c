import { basename, dirname } from "node:path";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import type { SysFiles } from "#imaging/preflight/machine/sys-files.ts";

const USB_HUB = "09";

/** All PCI functions and USB interfaces; hubs are left out. */
export async function readDevices(sys: SysFiles): Promise<MachineDevice[]> {
  const devices: MachineDevice[] = [];
  for (const bus of ["pci", "usb"])
    for (const name of await sys.list(`sys/bus/${bus}/devices`)) {
      const place = await sys.real(`sys/bus/${bus}/devices/${name}`);
      const device = place && (await readDevice(sys, place));
      if (device && !(bus === "usb" && device.class?.startsWith(USB_HUB))) devices.push(device);
    }
  return devices;
}

/** What a folder of sysfs describes; undefined for one that is no device which asks for a driver. */
export async function readDevice(sys: SysFiles, place: string): Promise<MachineDevice | undefined> {
  const modalias = await sys.text(`${place}/modalias`);
  if (modalias === undefined) return undefined;
  const bus = (await sys.linked(`${place}/subsystem`)) ?? modalias.split(":")[0] ?? "";
  const module = await sys.linked(`${place}/driver/module`);
  const driver = await sys.linked(`${place}/driver`);
  return {
    bus,
    address: basename(place),
    modalias,
    ...(bus === "usb" ? await usbIds(sys, place) : await pciIds(sys, place, bus)),
    ...(driver !== undefined && { driver }),
    ...(module !== undefined && { module }),
  };
}

async function pciIds(sys: SysFiles, place: string, bus: string) {
  if (bus !== "pci") return {};
  return {
    ...(await ids(sys, place, [
      ["vendor", "vendor"],
      ["device", "device"],
      ["subsystemVendor", "subsystem_vendor"],
      ["subsystemDevice", "subsystem_device"],
    ])),
    ...revisionOf(hex(await sys.text(`${place}/revision`))),
    ...classOf(hex(await sys.text(`${place}/class`))),
  };
}

async function usbIds(sys: SysFiles, place: string) {
  const parts = ["bInterfaceClass", "bInterfaceSubClass", "bInterfaceProtocol"];
  const codes = await Promise.all(parts.map((name) => sys.text(`${place}/${name}`)));
  return {
    ...(await ids(sys, dirname(place), [
      ["vendor", "idVendor"],
      ["device", "idProduct"],
    ])),
    ...classOf(codes.join("")),
  };
}

async function ids(sys: SysFiles, place: string, names: readonly (readonly [keyof MachineDevice, string])[]) {
  const found: Partial<Record<keyof MachineDevice, string>> = {};
  for (const [name, file] of names) {
    const value = hex(await sys.text(`${place}/${file}`));
    if (/^[0-9a-f]{4}$/.test(value)) found[name] = value;
  }
  return found;
}

const hex = (text: string | undefined): string => (text ?? "").replace(/^0x/, "").toLowerCase();

const revisionOf = (text: string) => (/^[0-9a-f]{2}$/.test(text) ? { revision: text } : {});

const classOf = (text: string) => (/^[0-9a-f]{6}$/.test(text) ? { class: text } : {});
