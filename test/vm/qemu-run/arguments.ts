import { OVMF_CODE } from "./firmware.ts";
import type { DiskBus, DiskOptions, Firmware, NicOptions, RunFiles, VmOptions } from "./options.ts";

export const DEFAULT_DISPLAY_SIZE = { width: 1280, height: 800 };

/** In QEMU's option syntax a comma inside a value is written twice. */
const quote = (value: string): string => value.replaceAll(",", ",,");

/** The arguments of qemu-system-x86_64; no side effects. */
export function qemuArguments(options: VmOptions, files: RunFiles): string[] {
  const firmware = options.firmware ?? "bios";
  return [
    ...["-name", quote(options.name), "-nodefaults", "-no-user-config"],
    // KVM is never used: results must not depend on the machine that runs the tests.
    ...["-accel", "tcg,thread=multi", "-cpu", "max"],
    ...["-m", String(options.memoryMiB ?? 1024), "-smp", String(options.cpus ?? 2)],
    ...["-rtc", "base=utc", "-device", "virtio-rng-pci"],
    ...machine(firmware, files),
    ...["-display", "none", ...display(options)],
    ...["-chardev", `stdio,id=serial0,signal=off,logfile=${quote(files.serialLog)}`, "-serial", "chardev:serial0"],
    ...["-qmp", `unix:${quote(files.qmpSocket)},server=on,wait=off`],
    ...["-device", "qemu-xhci,id=xhci", "-device", "usb-tablet,bus=xhci.0"],
    ...((options.disks ?? []).some((disk) => disk.bus === "scsi") ? ["-device", "virtio-scsi-pci,id=scsi0"] : []),
    ...(options.disks ?? []).flatMap((disk, index) => diskArguments(disk, index, files)),
    ...cdrom(options),
    ...(options.nics ?? []).flatMap(nic),
    ...direct(options),
    ...(options.reboot ? [] : ["-no-reboot"]),
  ];
}

function machine(firmware: Firmware, files: RunFiles): string[] {
  if (firmware === "bios") return ["-machine", "q35"];
  if (files.variables === undefined) throw new Error(`${firmware} needs a variable store`);
  const flash = (unit: number, file: string, mode: string) =>
    `if=pflash,format=raw,unit=${unit},file=${quote(file)}${mode}`;
  const pflash = [
    ...["-drive", flash(0, OVMF_CODE[firmware], ",readonly=on")],
    ...["-drive", flash(1, files.variables, "")],
  ];
  if (firmware === "uefi") return ["-machine", "q35", ...pflash];
  // With `secure` the flash takes writes in SMM only, which is what makes Secure Boot's variables trustworthy.
  return ["-machine", "q35,smm=on", "-global", "driver=cfi.pflash01,property=secure,value=on", ...pflash];
}

function display(options: VmOptions): string[] {
  const kind = options.display ?? "std";
  if (kind === "none") return ["-vga", "none"];
  const { width, height } = options.displaySize ?? DEFAULT_DISPLAY_SIZE;
  const device = kind === "std" ? "VGA,edid=on" : "virtio-vga,edid=on";
  return ["-device", `${device},xres=${width},yres=${height}`];
}

const FIRST_DISK_BOOT_INDEX = 10;
const CDROM_BOOT_INDEX = 5;

function diskArguments(disk: DiskOptions, index: number, files: RunFiles): string[] {
  const overlay = files.overlays.get(index);
  const drive = [
    "if=none",
    `id=disk${index}`,
    `format=${overlay ? "qcow2" : disk.format}`,
    `file=${quote(overlay ?? disk.file)}`,
    "cache=unsafe",
    "discard=unmap",
    "detect-zeroes=unmap",
    ...(disk.readOnly ? ["readonly=on"] : []),
  ];
  // An NVMe controller refuses to start without a serial number.
  const serial = disk.serial ?? `LIFEBOAT-${index}`;
  const device = [
    frontEnd[disk.bus](index),
    `drive=disk${index}`,
    `serial=${quote(serial)}`,
    `bootindex=${disk.bootIndex ?? FIRST_DISK_BOOT_INDEX + index}`,
    ...(disk.sectorSize ? [`logical_block_size=${disk.sectorSize},physical_block_size=${disk.sectorSize}`] : []),
  ];
  return ["-drive", drive.join(","), "-device", device.join(",")];
}

const frontEnd: Record<DiskBus, (index: number) => string> = {
  virtio: () => "virtio-blk-pci",
  // ide.0 of q35 is the CD's, and its AHCI controller has six ports.
  ahci: (index) => {
    if (index > 4) throw new RangeError("an AHCI disk must be among the first five disks");
    return `ide-hd,bus=ide.${index + 1}`;
  },
  nvme: () => "nvme",
  scsi: () => "scsi-hd,bus=scsi0.0",
  usb: () => "usb-storage,bus=xhci.0,removable=on",
};

function cdrom({ cdrom }: VmOptions): string[] {
  if (cdrom === undefined) return [];
  const { file, bootIndex = CDROM_BOOT_INDEX } = typeof cdrom === "string" ? { file: cdrom } : cdrom;
  return [
    ...["-drive", `if=none,id=cd0,media=cdrom,format=raw,readonly=on,file=${quote(file)}`],
    ...["-device", `ide-cd,bus=ide.0,drive=cd0,bootindex=${bootIndex}`],
  ];
}

function nic(options: NicOptions, index: number): string[] {
  // Host port 0: the system chooses a free one, and QMP tells which (see forwarded-ports.ts).
  const forwards = (options.forward ?? []).map((port) => `,hostfwd=tcp:127.0.0.1:0-:${port}`).join("");
  const restrict = (options.restrict ?? true) ? "on" : "off";
  const mac = options.mac ?? `52:54:00:4c:42:${(0x10 + index).toString(16)}`;
  return [
    ...["-netdev", `user,id=net${index},restrict=${restrict}${forwards}`],
    ...["-device", `${options.model ?? "virtio-net-pci"},netdev=net${index},mac=${mac}`],
  ];
}

function direct({ direct }: VmOptions): string[] {
  if (direct === undefined) return [];
  return [
    ...["-kernel", direct.kernel],
    ...(direct.initrd === undefined ? [] : ["-initrd", direct.initrd]),
    ...(direct.append === undefined ? [] : ["-append", direct.append]),
  ];
}
