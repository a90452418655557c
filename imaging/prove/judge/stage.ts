/** How far a start came, in the order of things. */
export const STAGES = ["nothing", "firmware", "boot-loader", "kernel", "initramfs", "root", "up"] as const;
export type Stage = (typeof STAGES)[number];

export const isBefore = (stage: Stage, other: Stage): boolean => STAGES.indexOf(stage) < STAGES.indexOf(other);

/** Where a start ends. The code is the API; the words are in explain.ts. */
export const VERDICTS = [
  "no-boot-loader",
  "boot-loader",
  "no-kernel",
  "kernel",
  "initramfs",
  "root",
  "up",
  "unknown",
] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What keeps it from going on. */
export const CAUSES = [
  /** Firmware found nothing that it can start. */
  "nothing-to-start",
  /** The boot loader misses the file system that it was installed for. */
  "loader-lost-root",
  /** It has no menu. */
  "loader-no-menu",
  /** It misses a file that is no kernel. */
  "loader-file-missing",
  "loader-error",
  "kernel-missing",
  "kernel-panic",
  "kernel-damaged",
  /** The boot loader gave the kernel no initramfs. */
  "initramfs-missing",
  /** The root is not there. `wrong-root`: nor is it on the disk. `missing-driver`: the disk is not seen at all. */
  "root-missing",
  "wrong-root",
  "missing-driver",
  /** It is there and cannot be mounted. */
  "root-not-mounted",
  /** It asks for the pass phrase of an encrypted volume. */
  "asks-for-key",
  /** The root holds nothing that begins the system. */
  "no-init",
  /** The system gave up, and asks for somebody to help it. */
  "emergency",
  "powered-off",
  "restarts",
  "time-over",
  "silent",
  "still-picture",
  /** There was no more room for what it writes. */
  "copy-full",
  /** Its disk could not be read. */
  "read-failed",
] as const;
export type Cause = (typeof CAUSES)[number];
