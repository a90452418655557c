import type { Cause, Stage, Verdict } from "#imaging/prove/judge/stage.ts";

/** What a line tells. The texts are those of the programs themselves, which do not translate them this early. */
export interface Sign {
  readonly pattern: RegExp;
  /** Only once it has come so far, or no farther: other programs print the same words. */
  readonly from?: Stage;
  readonly until?: Stage;
  /** It has come so far, at least. */
  readonly reached?: Stage;
  readonly stop?: Stop;
  /** It may stand at the end, in a line that has not ended. */
  readonly isPrompt?: true;
}

export interface Stop {
  readonly verdict: Verdict;
  readonly cause: Cause;
  /** It goes no further from here. Otherwise only when nothing follows. */
  readonly isSure: boolean;
}

const sure = (verdict: Verdict, cause: Cause): Stop => ({ verdict, cause, isSure: true });
const maybe = (verdict: Verdict, cause: Cause): Stop => ({ verdict, cause, isSure: false });

const FIRMWARE: readonly Sign[] = [
  { pattern: /SeaBIOS \(version/, reached: "firmware" },
  { pattern: /^Booting from (?:Hard Disk|DVD|Floppy)/, reached: "firmware" },
  { pattern: /^BdsDxe: loading/, reached: "firmware" },
  // The shell is the firmware's own, for when it finds nothing.
  { pattern: /^BdsDxe: starting (?!.*"EFI Internal Shell")/, reached: "boot-loader", until: "firmware" },
  { pattern: /^Boot failed: /, stop: maybe("no-boot-loader", "nothing-to-start") },
  { pattern: /^No bootable device/, stop: sure("no-boot-loader", "nothing-to-start") },
  {
    pattern: /^BdsDxe: failed to (?:load|start) /,
    until: "firmware",
    stop: maybe("no-boot-loader", "nothing-to-start"),
  },
  { pattern: /^BdsDxe: No bootable option/, stop: sure("no-boot-loader", "nothing-to-start") },
  { pattern: /^Shell>/, isPrompt: true, until: "boot-loader", stop: sure("no-boot-loader", "nothing-to-start") },
];

/** GRUB 2.12 puts "../../grub-core/fs/fshelp.c:257:" in front of what it complains of. */
const grub = (text: string): RegExp => new RegExp(`^error: (?:[\\w./-]{1,80}:\\d{1,6}: ?)?${text}`);

const LOADERS: readonly Sign[] = [
  { pattern: /^GRUB loading|^Welcome to GRUB|^Booting [`']|GNU GRUB +version/, reached: "boot-loader" },
  { pattern: /^(?:SYSLINUX|EXTLINUX|ISOLINUX) \d|^LILO /, reached: "boot-loader" },
  {
    pattern: /^grub rescue>|^Entering rescue mode/,
    isPrompt: true,
    reached: "boot-loader",
    stop: maybe("boot-loader", "loader-error"),
  },
  { pattern: grub("no such device: \\S"), until: "boot-loader", stop: maybe("boot-loader", "loader-lost-root") },
  { pattern: grub("no such partition"), until: "boot-loader", stop: maybe("boot-loader", "loader-lost-root") },
  {
    pattern: grub("file [`'][^'`]*(?:vmlinu|bzImage|/kernel|/linux)[^'`]*' not found"),
    until: "boot-loader",
    stop: maybe("no-kernel", "kernel-missing"),
  },
  {
    pattern: grub("you need to load the kernel first"),
    until: "boot-loader",
    stop: maybe("no-kernel", "kernel-missing"),
  },
  {
    pattern: grub("file [`'][^'`]*' not found"),
    until: "boot-loader",
    stop: maybe("boot-loader", "loader-file-missing"),
  },
  { pattern: grub("\\S"), until: "boot-loader", stop: maybe("boot-loader", "loader-error") },
  { pattern: /Minimal BASH-like line editing/, until: "boot-loader", stop: maybe("boot-loader", "loader-no-menu") },
  { pattern: /^grub>/, isPrompt: true, until: "boot-loader", stop: maybe("boot-loader", "loader-no-menu") },
  {
    pattern:
      /Missing operating system|Operating system not found|Error loading operating system|Invalid partition table/,
    until: "boot-loader",
    stop: maybe("no-boot-loader", "nothing-to-start"),
  },
  {
    pattern: /(?:BOOTMGR|NTLDR) is (?:missing|compressed)|An operating system wasn't found/,
    until: "boot-loader",
    reached: "boot-loader",
    stop: maybe("boot-loader", "loader-file-missing"),
  },
  {
    pattern: /^boot: ?$|Could not find kernel image/,
    isPrompt: true,
    until: "boot-loader",
    stop: maybe("no-kernel", "kernel-missing"),
  },
  {
    pattern: /Geom Error|Hard Disk Error|Read Error/,
    until: "boot-loader",
    stop: maybe("boot-loader", "loader-error"),
  },
];

const KERNEL: readonly Sign[] = [
  { pattern: /^(?:\[ *\d+\.\d+\] )?Linux version \d|^EFI stub: |^Decompressing Linux/, reached: "kernel" },
  { pattern: /-- System halted$/, stop: sure("kernel", "kernel-damaged") },
  { pattern: /VFS: Unable to mount root fs on unknown-block/, stop: sure("initramfs", "initramfs-missing") },
  { pattern: /Kernel panic - not syncing: No (?:working )?init found/, stop: sure("root", "no-init") },
  { pattern: /Kernel panic - not syncing: /, reached: "kernel", stop: sure("kernel", "kernel-panic") },
];

const INITRAMFS: readonly Sign[] = [
  { pattern: /Run \/init as init process/, reached: "initramfs" },
  { pattern: /Run \/sbin\/init as init process/, reached: "root" },
  {
    pattern: /^Begin: |^Loading, please wait|dracut(?:-cmdline|-pre-udev|-initqueue|\[|:)/,
    from: "kernel",
    reached: "initramfs",
  },
  {
    pattern: /^:: running (?:early )?hook|Running in initrd\b|Welcome to .*\(Initramfs\)/i,
    from: "kernel",
    reached: "initramfs",
  },
  { pattern: /ALERT! +\S.* does not exist/, reached: "initramfs", stop: sure("initramfs", "root-missing") },
  { pattern: /^Gave up waiting for root/, reached: "initramfs", stop: maybe("initramfs", "root-missing") },
  {
    pattern: /Warning: "?\/dev\/\S+"? does not exist/,
    until: "initramfs",
    reached: "initramfs",
    stop: sure("initramfs", "root-missing"),
  },
  {
    pattern: /ERROR: (?:device|Failed to mount) '[^']+'/,
    until: "initramfs",
    reached: "initramfs",
    stop: maybe("initramfs", "root-missing"),
  },
  {
    pattern: /Timed out waiting for device/,
    from: "kernel",
    until: "initramfs",
    stop: maybe("initramfs", "root-missing"),
  },
  {
    pattern: /mount: mounting \S+ on \/(?:root|sysroot|new_root)\b.* failed|Failed to mount \S*\/?(?:sysroot|new_root)/,
    from: "kernel",
    until: "initramfs",
    stop: maybe("initramfs", "root-not-mounted"),
  },
  { pattern: /^No root device specified/, from: "kernel", stop: maybe("initramfs", "root-missing") },
  {
    isPrompt: true,
    pattern: /(?:Please (?:unlock disk|enter passphrase for disk)|Enter passphrase for) \S/i,
    from: "kernel",
    stop: maybe("initramfs", "asks-for-key"),
  },
  {
    pattern:
      /Target filesystem doesn't have requested|run-init: .*(?:No such file|not found)|^No init found\. Try passing init=/,
    from: "kernel",
    stop: sure("root", "no-init"),
  },
  {
    isPrompt: true,
    pattern:
      /^\(initramfs\)|emergency recovery shell launched|dropped into an emergency shell|^Press Enter for maintenance/,
    from: "kernel",
    until: "initramfs",
    stop: sure("initramfs", "root-missing"),
  },
  {
    pattern: /Entering emergency mode|rdsosreport\.txt/,
    from: "kernel",
    until: "initramfs",
    stop: sure("initramfs", "root-missing"),
  },
];

const ROOT: readonly Sign[] = [
  { pattern: /Switching root|^INIT: version|^ *OpenRC \d/, from: "kernel", reached: "root" },
  { pattern: /^Welcome to (?!GRUB|emergency|rescue)(?!.*initramfs).*!$/i, from: "kernel", reached: "root" },
  { pattern: /You are in (?:emergency|rescue) mode/, from: "kernel", reached: "root", stop: sure("root", "emergency") },
  {
    pattern: /Cannot open access to console, the root account is locked/,
    from: "root",
    stop: sure("root", "emergency"),
  },
  { pattern: /^Give root password for maintenance/, isPrompt: true, from: "root", stop: sure("root", "emergency") },
];

const ALL: readonly Sign[] = [...FIRMWARE, ...LOADERS, ...KERNEL, ...INITRAMFS, ...ROOT];

/** In the order in which they are looked for: the first that a line has is what it tells. An end comes before a way. */
export const SIGNS: readonly Sign[] = [...ALL.filter(({ stop }) => stop), ...ALL.filter(({ stop }) => !stop)];

/** Lines that say why, before somebody says that it is over. */
export const COMPLAINTS =
  /^error: |Timed out waiting for device|\[ *(?:FAILED|DEPEND|TIME) *\]|Failed to mount|Initramfs unpacking failed|Warning: .* does not exist|does not exist\.? +Dropping|I\/O error|EXT4-fs error|XFS .*(?:[Cc]orrupt|failed)|BTRFS (?:error|critical)|FAILED to load/;

/** A login on the serial port, which the system puts there by itself when the kernel prints there. */
export const LOGIN = /^\S{1,64} login: ?$/;
