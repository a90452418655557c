import type { Sentence } from "#base/sentence.ts";
import type { GrubSkill } from "#imaging/boot/grub/open-luks.ts";

/** Where a kernel that starts finds a driver. */
export type DriverPlace = "built-in" | "initramfs" | "modules";

/** What a kernel has for one device. */
export interface DeviceDrivers {
  readonly modalias: string;
  /** The one that the machine uses now, if the kernel has it; else each that claims the device. With the place where it is found first. */
  readonly drivers: readonly {
    readonly module: string;
    readonly place: DriverPlace;
    /**
     * It is part of the kernel and has the name of the driver that this machine uses, but which devices it knows is not
     * written anywhere: kernels before 6.18 keep no list of that.
     */
    readonly byNameOnly?: true;
  }[];
}

export interface InitramfsFacts {
  /** Path in the system; undefined for one that is in one file with its kernel. */
  readonly path: string | undefined;
  /** Why not all of it could be read, in plain words. */
  readonly unread: string | undefined;
  /** It holds modules of this kernel; one without any may be for another kernel. */
  readonly hasModules: boolean;
  /** Programs for what a root may lie in. */
  readonly tools: { readonly lvm: boolean; readonly cryptsetup: boolean; readonly mdadm: boolean };
}

export interface KernelContent {
  /** As uname(1) says it; the name of the file when it does not tell. */
  readonly version: string;
  readonly path: string;
  readonly architecture: string | undefined;
  /** Common names in its signatures; undefined when it is not signed. */
  readonly signers: readonly string[] | undefined;
  readonly hash: string | undefined;
  readonly initramfs: InitramfsFacts | undefined;
  /** It was in a menu that the initramfs is to be loaded, and it is not there. */
  readonly missingInitramfs: string | undefined;
  /** Its folder of modules is there. */
  readonly hasModules: boolean;
  readonly devices: readonly DeviceDrivers[];
  /** The kernel's arguments, as a menu has them; "" when none names this kernel. */
  readonly options: string;
}

/** How a system names what it mounts. */
export interface MountReference {
  /** "/", "/boot"; "swap"; "root=" for the kernel's argument. */
  readonly folder: string;
  /** "UUID=...", "/dev/sda2". */
  readonly device: string;
  /** The system starts without it (fstab(5), nofail and noauto). */
  readonly isOptional: boolean;
  /** Whether a volume of the disk has that UUID or label; undefined for other names. */
  readonly isFound: boolean | undefined;
}

export interface LinuxContent {
  readonly kind: "linux";
  readonly name: string;
  /** Number of the partition that the root is, or lies in, and the names of the volumes that it lies in there. */
  readonly partition: number;
  readonly inside: readonly string[];
  /** As os-release(5) has them: "debian", "12"; "" when it does not say. */
  readonly distribution: string;
  readonly versionId: string;
  /** Of its programs. */
  readonly architecture: string | undefined;
  readonly kernels: readonly KernelContent[];
  /** Place in `kernels` of the one that starts by itself; undefined when that cannot be told. */
  readonly defaultKernel: number | undefined;
  /** The program that makes its initramfs: "update-initramfs", "dracut", "mkinitcpio". */
  readonly initramfsTool: string | undefined;
  readonly references: readonly MountReference[];
  /** What it names and could not be mounted, in plain words. */
  readonly missing: readonly Sentence[];
  /** What is encrypted opens by a key in the old machine's TPM (crypttab(5), tpm2-device). */
  readonly unlocksByTpm: boolean;
  /** Names of network interfaces that its settings are for. */
  readonly interfaces: readonly string[];
  /** GRUB, and the partition whose LUKS its own files lie in, which it has to open itself; undefined where they lie in none. */
  readonly grubInLuks: (GrubSkill & { readonly partition: number }) | undefined;
  /** Kinds of GRUB that could be installed from it: "i386-pc", "x86_64-efi", "x86_64-efi-signed". */
  readonly grubPlatforms: readonly string[];
}

/** A device of the machine that the system is to start on. */
export interface DeviceQuestion {
  readonly modalias: string;
  readonly driver?: string | undefined;
  readonly module?: string | undefined;
}
