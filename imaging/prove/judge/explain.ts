import type { Conclusion, DiskFacts, Observed } from "#imaging/prove/judge/conclude.ts";
import type { Cause, Stage } from "#imaging/prove/judge/stage.ts";
import type { DiskBus } from "#imaging/prove/qemu/options.ts";
import { proofWords } from "#imaging/words/proof-words.ts";

export interface Explained {
  /** Why it came no further, or what came up: one sentence or two. */
  readonly reason: string;
  /** What to do about it. */
  readonly next: string;
}

const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  nothing: proofWords["proof.stage-nothing"],
  firmware: proofWords["proof.stage-firmware"],
  "boot-loader": proofWords["proof.stage-boot-loader"],
  kernel: proofWords["proof.stage-kernel"],
  initramfs: proofWords["proof.stage-initramfs"],
  root: proofWords["proof.stage-root"],
  up: proofWords["proof.stage-up"],
};

export const stageName = (stage: Stage): string => STAGE_NAMES[stage];

/** A conclusion in plain words. @param bus that the disk was attached to */
export function explain(conclusion: Conclusion, seen: Observed, disk: DiskFacts, bus: DiskBus): Explained {
  if (conclusion.verdict === "up") return up(seen);
  const { cause, wanted } = conclusion;
  const told = cause && WORDS[cause]({ conclusion, seen, disk, bus, wanted: wanted ?? proofWords["proof.its-root"] });
  return told ?? { reason: proofWords["proof.unknown"], next: proofWords["proof.next-picture-log"] };
}

function up({ state }: Observed): Explained {
  const system = state.host ?? proofWords["proof.the-system"];
  const up = proofWords[state.display === undefined ? "proof.login" : "proof.desktop"]({ system });
  const services = state.failed.join(", ");
  return {
    reason: services === "" ? up : proofWords["proof.up-failed"]({ up, services }),
    next: state.failed.length > 0 ? proofWords["proof.next-services"] : proofWords["proof.next-nothing"],
  };
}

interface Told {
  readonly conclusion: Conclusion;
  readonly seen: Observed;
  readonly disk: DiskFacts;
  readonly bus: DiskBus;
  readonly wanted: string;
}

const REPAIR = proofWords["proof.next-repair"];
const LOOK = proofWords["proof.next-look"];

const WORDS: Readonly<Record<Cause, (told: Told) => Explained>> = {
  "nothing-to-start": ({ disk, conclusion }) => ({
    reason:
      disk.firmware === "uefi"
        ? proofWords["proof.no-efi-loader"]
        : conclusion.evidence?.startsWith("No bootable") || disk.hasBootCode
          ? proofWords["proof.bios-nothing"]
          : proofWords["proof.no-boot-program"],
    next: proofWords["proof.next-repair-or-other"],
  }),
  "loader-lost-root": () => ({
    reason: proofWords["proof.loader-lost-root"],
    next: REPAIR,
  }),
  "loader-no-menu": () => ({
    reason: proofWords["proof.loader-no-menu"],
    next: REPAIR,
  }),
  "loader-file-missing": () => ({
    reason: proofWords["proof.loader-file"],
    next: REPAIR,
  }),
  "loader-error": () => ({ reason: proofWords["proof.loader-error"], next: REPAIR }),
  "kernel-missing": () => ({
    reason: proofWords["proof.kernel-missing"],
    next: proofWords["proof.next-kernel"],
  }),
  "kernel-panic": () => ({ reason: proofWords["proof.kernel-panic"], next: LOOK }),
  "kernel-damaged": () => ({
    reason: proofWords["proof.kernel-damaged"],
    next: proofWords["proof.next-verify-kernel"],
  }),
  "initramfs-missing": () => ({
    reason: proofWords["proof.initramfs-missing"],
    next: proofWords["proof.next-initramfs"],
  }),
  "wrong-root": ({ wanted }) => ({
    reason: proofWords["proof.wrong-root"]({ wanted }),
    next: proofWords["proof.next-root-name"],
  }),
  "missing-driver": ({ wanted, bus }) => ({
    reason: proofWords["proof.missing-driver"]({ wanted, bus: BUS_NAMES[bus] }),
    next: proofWords["proof.next-drivers"],
  }),
  "root-missing": ({ wanted }) => ({
    reason: proofWords["proof.root-missing"]({ wanted }),
    next: proofWords["proof.next-look-root"],
  }),
  "root-not-mounted": () => ({
    reason: proofWords["proof.root-not-mounted"],
    next: proofWords["proof.next-check"],
  }),
  "asks-for-key": () => ({
    reason: proofWords["proof.asks-for-key"],
    next: proofWords["proof.next-itself"],
  }),
  "no-init": () => ({
    reason: proofWords["proof.no-init"],
    next: proofWords["proof.next-whole"],
  }),
  emergency: () => ({
    reason: proofWords["proof.emergency"],
    next: proofWords["proof.next-fstab"],
  }),
  "powered-off": () => ({ reason: proofWords["proof.powered-off"], next: LOOK }),
  restarts: () => ({ reason: proofWords["proof.restarts"], next: LOOK }),
  "time-over": ({ conclusion }) => ({
    reason: proofWords["proof.time-over"]({ stage: stageName(conclusion.reached) }),
    next: proofWords["proof.next-time"],
  }),
  silent: ({ seen, conclusion }) => ({
    reason: proofWords["proof.silent"]({
      seconds: Math.round(seen.quietSeconds),
      stage: stageName(conclusion.reached),
    }),
    next: LOOK,
  }),
  "still-picture": ({ seen }) => ({
    reason: proofWords["proof.still-picture"]({ seconds: Math.round(seen.quietSeconds) }),
    next: proofWords["proof.next-still"],
  }),
  "copy-full": () => ({
    reason: proofWords["proof.copy-full"],
    next: proofWords["proof.next-room"],
  }),
  "read-failed": () => ({
    reason: proofWords["proof.read-failed"],
    next: proofWords["proof.next-verify"],
  }),
};

const BUS_NAMES: Readonly<Record<DiskBus, string>> = {
  ahci: "SATA (AHCI)",
  nvme: "NVMe",
  virtio: "virtio disks",
  usb: "USB disks",
  scsi: "virtio SCSI",
  lsi: "LSI SCSI (sym53c8xx)",
  mptsas: "LSI SAS (mptsas)",
  megasas: "LSI MegaRAID (megaraid_sas)",
  pvscsi: "VMware SCSI (vmw_pvscsi)",
};
