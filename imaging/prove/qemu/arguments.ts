import { OVMF_CODE } from "#imaging/prove/qemu/firmware-files.ts";
import type { DiskBus, DiskOptions, Firmware, NicOptions, RunFiles, VmOptions } from "#imaging/prove/qemu/options.ts";

/** The open file on which QEMU's monitor speaks: qemu-process.ts. */
export const MONITOR_FD = 4;
export const DEFAULT_DISPLAY_SIZE = { width: 1280, height: 800 };

/** In QEMU's option syntax a comma inside a value is written twice. */
const quote = (value: string): string => value.replaceAll(",", ",,");

const ACCELERATION = {
  tcg: ["-accel", "tcg,thread=multi", "-cpu", "max"],
  // Four nanoseconds an instruction, however long that takes here; an idle processor waits as long as it should. With fewer,
  // firmware that waits in a loop for a time to pass takes minutes; with more, what a system waits for takes too long.
  "steady-tcg": ["-accel", "tcg,thread=single", "-cpu", "max", "-icount", "shift=2,align=off,sleep=on"],
  kvm: ["-accel", "kvm", "-cpu", "host"],
} as const;

const logFile = ({ serialLog }: RunFiles): string => (serialLog === undefined ? "" : `,logfile=${quote(serialLog)}`);

/** The arguments of qemu-system-x86_64; no side effects. */
export function qemuArguments(options: VmOptions, files: RunFiles): string[] {
  const firmware = options.firmware ?? "bios";
  return [
    ...["-name", quote(options.name), "-nodefaults", "-no-user-config"],
    ...ACCELERATION[options.accelerator ?? "tcg"],
    // What a guest may bring QEMU to do, at the most (qemu(1), -sandbox).
    ...["-sandbox", "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny"],
    ...["-m", String(options.memoryMiB ?? 1024), "-smp", String(options.cpus ?? 2)],
    ...["-rtc", "base=utc", "-device", "virtio-rng-pci"],
    ...machine(firmware, files),
    ...["-display", "none", ...display(options)],
    ...["-chardev", `stdio,id=serial0,signal=off${logFile(files)}`, "-serial", "chardev:serial0"],
    ...(files.serialPort === undefined ? [] : ["-fw_cfg", `name=etc/sercon-port,file=${quote(files.serialPort)}`]),
    ...["-chardev", `socket,id=monitor,fd=${MONITOR_FD}`, "-mon", "chardev=monitor,mode=control"],
    ...["-device", "qemu-xhci,id=xhci", "-device", "usb-tablet,bus=xhci.0"],
    ...controllers(options.disks ?? []),
    ...(options.disks ?? []).flatMap((disk, index) => diskArguments(disk, index, files)),
    ...cdrom(options),
    ...(options.nics ?? []).flatMap((options, index) => nic(options, index, firmware)),
    ...sound(options),
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
    // Otherwise QEMU opens it for reading alone until somebody writes, which an open file that it was given is not.
    ...(disk.file.startsWith("/dev/fdset/") ? ["auto-read-only=off"] : []),
  ];
  // An NVMe controller refuses to start without a serial number.
  const serial = `serial=${quote(disk.serial ?? `LIFEBOAT-${index}`)}`;
  const isLarge = disk.bus === "usb" && disk.sectorSize === 4096;
  const device = [
    isLarge ? `scsi-hd,bus=usb${index}.0,lun=0,removable=on` : frontEnd[disk.bus](index),
    `drive=disk${index}`,
    serial,
    `bootindex=${disk.bootIndex ?? FIRST_DISK_BOOT_INDEX + index}`,
    ...(disk.sectorSize ? [`logical_block_size=${disk.sectorSize},physical_block_size=${disk.sectorSize}`] : []),
  ];
  // QEMU 7.2 shows sectors of 512 bytes to the guest, whatever its usb-storage is told; that is these two in one.
  const adapter = isLarge ? ["-device", `usb-bot,bus=xhci.0,id=usb${index},${serial}`] : [];
  return ["-drive", drive.join(","), ...adapter, "-device", device.join(",")];
}

/** Of the buses that a disk cannot be attached to without one. */
const CONTROLLERS: Partial<Record<DiskBus, string>> = {
  scsi: "virtio-scsi-pci",
  lsi: "lsi53c895a",
  mptsas: "mptsas1068",
  megasas: "megasas",
  pvscsi: "pvscsi",
};

const controllers = (disks: readonly DiskOptions[]): string[] =>
  Object.entries(CONTROLLERS)
    .filter(([bus]) => disks.some((disk) => disk.bus === bus))
    .flatMap(([bus, controller]) => ["-device", `${controller},id=${bus}0`]);

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
  lsi: () => "scsi-hd,bus=lsi0.0",
  mptsas: () => "scsi-hd,bus=mptsas0.0",
  megasas: () => "scsi-hd,bus=megasas0.0",
  pvscsi: () => "scsi-hd,bus=pvscsi0.0",
};

function cdrom({ cdrom }: VmOptions): string[] {
  if (cdrom === undefined) return [];
  const { file, bootIndex = CDROM_BOOT_INDEX } = typeof cdrom === "string" ? { file: cdrom } : cdrom;
  return [
    ...["-drive", `if=none,id=cd0,media=cdrom,format=raw,readonly=on,file=${quote(file)}`],
    ...["-device", `ide-cd,bus=ide.0,drive=cd0,bootindex=${bootIndex}`],
  ];
}

/**
 * UEFI starts a virtio card by its own driver and network stack, as a computer's firmware does, not by QEMU's iPXE ROM: that
 * one leaves the length of a file it fetched for shim as the buffer's, and shim calls GRUB malformed.
 */
function bootRom(model: string, firmware: Firmware): string {
  return model === "virtio-net-pci" && firmware.startsWith("uefi") ? ",romfile=" : "";
}

function nic(options: NicOptions, index: number, firmware: Firmware): string[] {
  const { netboot, tap } = options;
  const mac = options.mac ?? `52:54:00:4c:42:${(0x10 + index).toString(16)}`;
  const model = options.model ?? "virtio-net-pci";
  const first = netboot || tap !== undefined ? `,bootindex=${index}${bootRom(model, firmware)}` : "";
  return [
    ...["-netdev", tap === undefined ? ownNetwork(options, index) : tapNetwork(tap, index)],
    ...["-device", `${model},netdev=net${index},mac=${mac}${first}`],
  ];
}

const tapNetwork = (tap: string, index: number): string =>
  `tap,id=net${index},ifname=${quote(tap)},script=no,downscript=no`;

function ownNetwork({ forward, restrict, netboot }: NicOptions, index: number): string {
  // Host port 0: the system chooses a free one, and QMP tells which (see forwarded-ports.ts).
  const forwards = (forward ?? []).map((port) => `,hostfwd=tcp:127.0.0.1:0-:${port}`).join("");
  const tftp = netboot ? `,tftp=${quote(netboot.folder)},bootfile=${quote(netboot.file)}` : "";
  return `user,id=net${index},restrict=${(restrict ?? true) ? "on" : "off"}${forwards}${tftp}`;
}

const sound = ({ sound: file }: VmOptions): string[] =>
  file === undefined
    ? []
    : [
        ...["-audiodev", `wav,id=sound0,path=${quote(file)}`],
        ...["-device", "intel-hda", "-device", "hda-output,audiodev=sound0"],
      ];

function direct({ direct }: VmOptions): string[] {
  if (direct === undefined) return [];
  return [
    ...["-kernel", direct.kernel],
    ...(direct.initrd === undefined ? [] : ["-initrd", direct.initrd]),
    ...(direct.append === undefined ? [] : ["-append", direct.append]),
  ];
}
