export type Firmware = "bios" | "uefi" | "uefi-secure-boot";
export type DiskBus = "virtio" | "ahci" | "nvme" | "scsi" | "usb";

export interface DiskOptions {
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
  /** Names the directory out/vm/<name>, where the serial log and the screenshots are kept. */
  readonly name: string;
  readonly memoryMiB?: number;
  readonly cpus?: number;
  readonly firmware?: Firmware;
  readonly disks?: readonly DiskOptions[];
  readonly cdrom?: string | { readonly file: string; readonly bootIndex?: number };
  readonly nics?: readonly NicOptions[];
  readonly display?: "std" | "virtio" | "none";
  readonly displaySize?: DisplaySize;
  readonly direct?: DirectBoot;
  /** Default false: a guest that reboots ends the VM. */
  readonly reboot?: boolean;
}

/** Host files that exist only for one run of a VM. */
export interface RunFiles {
  readonly serialLog: string;
  readonly qmpSocket: string;
  /** Private copy of the UEFI variables; absent for BIOS. */
  readonly variables?: string;
  /** By disk index. */
  readonly overlays: ReadonlyMap<number, string>;
}
