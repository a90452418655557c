import type { Guest } from "./iso-guest.ts";
import type { Vm } from "./qemu-run/vm.ts";

/** A raw file as a USB disk that is plugged into a running VM, and pulled. */
export interface UsbDisk {
  /** Names it in QEMU, and is the serial number that the guest sees. */
  readonly serial: string;
  readonly file: string;
  readonly readOnly?: boolean;
  /** Every read of this sector (512 bytes) fails with EIO, by QEMU's blkdebug (qemu: docs/devel/blkdebug.rst). */
  readonly badSector?: number;
}

/** What QEMU reads and writes; it stays when the disk is pulled, as the content of a real one does. */
export async function makeUsbDisk(vm: Vm, disk: UsbDisk): Promise<void> {
  const file = { driver: "file", filename: disk.file };
  const injected = { event: "read_aio", errno: 5, sector: disk.badSector, once: false };
  const faulty = { driver: "blkdebug", image: file, "inject-error": [injected] };
  await vm.qmp("blockdev-add", {
    "node-name": disk.serial,
    driver: "raw",
    "read-only": disk.readOnly ?? false,
    // Another disk of this VM may be the same file, as long as nobody writes to it meanwhile.
    ...(disk.readOnly ? { "force-share": true } : {}),
    file: disk.badSector === undefined ? file : faulty,
  });
}

/** @returns the device that the guest has made of it */
export async function plug(vm: Vm, guest: Guest, { serial }: UsbDisk): Promise<string> {
  await vm.qmp("device_add", { driver: "usb-storage", id: serial, drive: serial, serial, bus: "xhci.0" });
  const find = `lsblk --nodeps --noheadings --output PATH,SERIAL | awk '$2 == "${serial}" { print $1 }'`;
  return await guest.run(`until [ "$(${find})" ]; do sleep 1; done; ${find}`, 120);
}

export async function pull(vm: Vm, guest: Guest, { serial }: UsbDisk): Promise<void> {
  await vm.qmp("device_del", { id: serial });
  await guest.run(`while lsblk --nodeps --noheadings --output SERIAL | grep -qx "${serial}"; do sleep 1; done`, 120);
}
