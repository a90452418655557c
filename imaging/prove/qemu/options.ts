export type Firmware = "bios" | "uefi" | "uefi-secure-boot";
/**
 * `steady-tcg`: the guest's clock counts what its processor does (qemu: docs/devel/tcg-icount.rst). On a slow or busy machine
 * it is slow too, so that what the guest waits for comes in time.
 */
export type Accelerator = "tcg" | "steady-tcg" | "kvm";
/** `scsi` is virtio's; `lsi`, `mptsas`, `megasas` and `pvscsi` are controllers that real and virtual machines have. */
export const DISK_BUSES = ["ahci", "nvme", "virtio", "usb", "scsi", "lsi", "mptsas", "megasas", "pvscsi"] as const;
export type DiskBus = (typeof DISK_BUSES)[number];

export interface DiskOptions {
  /** A path; `/dev/fdset/1` is the file that the process was started with (RunFiles, LaunchOptions). */
  readonly file: string;
  readonly format: "raw" | "qcow2";
  readonly bus: DiskBus;
  readonly serial?: string;
  readonly readOnly?: boolean;
  /** Writes go to a throw-away qcow2 that is deleted with the VM; `file` stays as it is. */
  readonly overlay?: boolean;
  /** Logical and physical sector size in bytes. */
  readonly sectorSize?: 512 | 4096;
  /** Lower boots first. Without it: cdrom, then disks in their order. */
  readonly bootIndex?: number;
}

export interface NicOptions {
  /** Guest TCP ports that are reachable on a free port of 127.0.0.1, see `Vm.forwardedPort`. */
  readonly forward?: readonly number[];
  /** Default true: the guest reaches nothing but the host's forwards. */
  readonly restrict?: boolean;
  readonly model?: "virtio-net-pci" | "e1000e";
  readonly mac?: string;
  /** The firmware starts from this card, first: DHCP names the file, and TFTP offers the folder. */
  readonly netboot?: { readonly folder: string; readonly file: string };
  /** Instead of QEMU's own network: an interface of the host (TAP), see `LaunchOptions.network`. The firmware starts from this card. */
  readonly tap?: string;
}

export interface DisplaySize {
  readonly width: number;
  readonly height: number;
}

export interface DirectBoot {
  readonly kernel: string;
  readonly initrd?: string;
  readonly append?: string;
}

export interface VmOptions {
  readonly name: string;
  /** Default TCG: results then do not depend on the machine that runs it. */
  readonly accelerator?: Accelerator;
  readonly memoryMiB?: number;
  readonly cpus?: number;
  readonly firmware?: Firmware;
  readonly disks?: readonly DiskOptions[];
  readonly cdrom?: string | { readonly file: string; readonly bootIndex?: number };
  readonly nics?: readonly NicOptions[];
  readonly display?: "std" | "virtio" | "none";
  readonly displaySize?: DisplaySize;
  readonly direct?: DirectBoot;
  /** A sound card (Intel HD Audio), and the WAV file that what it plays goes to. */
  readonly sound?: string;
  /** Default false: a guest that reboots ends the VM. */
  readonly reboot?: boolean;
  /** SeaBIOS prints on the serial port too, and so does what prints by its services (seabios: docs/Runtime_config). */
  readonly firmwareOnSerial?: boolean;
}

/** Host files that exist only for one run of a VM. */
export interface RunFiles {
  /** Written by QEMU, without an end; absent: what is printed comes on its standard output alone. */
  readonly serialLog?: string;
  /** Private copy of the UEFI variables; absent for BIOS. */
  readonly variables?: string;
  /** Holds the number of the serial port for SeaBIOS: two bytes. With `firmwareOnSerial`. */
  readonly serialPort?: string;
  /** By disk index. */
  readonly overlays: ReadonlyMap<number, string>;
}
