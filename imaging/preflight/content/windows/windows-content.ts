/** What Windows has for one device. */
export interface WindowsDevice {
  readonly modalias: string;
  /** In the order in which Windows would take them. */
  readonly drivers: readonly WindowsDriver[];
}

export interface WindowsDriver {
  /** Name of the service: "storahci". */
  readonly service: string;
  /** 0 boot, 1 system, 2 automatic, 3 on demand, 4 disabled ("StartOverride" counts); undefined when there is no such service. */
  readonly start: number | undefined;
  /** Its file is where the service says. */
  readonly hasFile: boolean;
  /** Windows has written down that it is for this device; else it is by our own table of what Windows comes with. */
  readonly isBound: boolean;
}

export interface WindowsContent {
  readonly kind: "windows";
  /** "Windows 10 Pro". */
  readonly name: string;
  readonly partition: number;
  readonly inside: readonly string[];
  /** 6.1 of Windows 7, 10.0 of Windows 10 and 11; undefined when its registry could not be read. */
  readonly major: number | undefined;
  readonly minor: number | undefined;
  readonly build: number | undefined;
  readonly architecture: string | undefined;
  readonly devices: readonly WindowsDevice[];
  /** Windows\Boot\EFI\bootmgfw.efi: from it UEFI can be made to start this Windows. */
  readonly hasEfiFiles: boolean;
  /** Windows\Boot\PCAT\bootmgr: the same for a BIOS. */
  readonly hasBiosFiles: boolean;
  /** A BCD on an EFI system partition; one on the partition that a BIOS starts, or on its own. */
  readonly hasEfiBcd: boolean;
  readonly hasBiosBcd: boolean;
  /** Why its registry could not be read, in plain words. */
  readonly unread: string | undefined;
}
