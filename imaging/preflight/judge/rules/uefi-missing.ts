import { formatBytes } from "#base/units.ts";
import type { EfiLoader } from "#imaging/preflight/content/boot/efi-loaders.ts";
import type { SystemContent } from "#imaging/preflight/content/disk-content.ts";
import { roomOf, type SystemContext } from "#imaging/preflight/judge/context.ts";
import { adviceOf, type Finding } from "#imaging/preflight/judge/verdict.ts";

/** Bytes of an EFI system partition that is added. */
const LEAST_ESP = 40 * 2 ** 20;
/** As GRUB names its platforms. */
const GRUB: Readonly<Record<string, string>> = {
  x86_64: "x86_64-efi",
  i686: "i386-efi",
  aarch64: "arm64-efi",
  riscv64: "riscv64-efi",
};

export interface Wanted {
  /** Of the programs that firmware runs. */
  readonly architecture: string;
  readonly startsIt: (loader: EfiLoader, system: SystemContent) => boolean;
}

/** Where UEFI has nothing to start: from what is in the system a loader can be made, or it cannot. */
export function withoutLoader(context: SystemContext, wanted: Wanted): Finding {
  const { content, system, wish } = context;
  const { why, isForeign } = whyNone(context, wanted);
  const planned = wish.firmware === "uefi";
  const isBare = content.efiPartitions.length === 0;
  if (!isForeign && isBare && roomOf(context) < LEAST_ESP)
    return {
      code: "FIRMWARE_NO_ROOM",
      severity: "unknown",
      text: `${why}, and behind the last partition there is no room for one (${formatBytes(LEAST_ESP)})`,
      next: "Choose a larger disk, or let partitions become smaller",
      command: "Choose a larger disk, or --layout shrink",
      mend: "layout",
    };
  const legacy = context.machine.firmware.mode === "uefi" && !isForeign ? LEGACY : undefined;
  if (canBeMade(system, wanted.architecture)) {
    const advice = adviceOf(["let it be made to start by UEFI", legacy], ["use --firmware uefi", legacy]);
    return {
      code: "FIRMWARE_CONVERSION",
      severity: "change",
      text: why,
      ...advice,
      mend: "firmware-conversion",
      planned,
    };
  }
  return {
    code: "FIRMWARE_NO_LOADER",
    // A boot repair brings its own GRUB, if it has one for this firmware.
    severity: system.kind === "linux" && !isForeign ? "unknown" : "blocks",
    text: `${why}, and the system does not have what one is made of`,
    ...adviceOf([legacy], [legacy]),
    mend: "firmware-setting",
  };
}

const LEGACY = "set the firmware to BIOS (legacy, CSM) mode, if it has one";

function whyNone(
  { content, system }: SystemContext,
  { architecture, startsIt }: Wanted,
): { why: string; isForeign: boolean } {
  const others = content.loaders.filter((one) => startsIt(one, system) && one.architecture !== architecture);
  const kinds = [...new Set(others.map((one) => one.architecture ?? "unknown"))];
  const isForeign = kinds.length > 0;
  if (isForeign)
    return {
      isForeign,
      why: `It has a UEFI boot loader for ${kinds.join(", ")}; this machine's firmware runs programs of ${architecture}`,
    };
  const lacking = content.efiPartitions.length === 0 ? "EFI system partition" : "boot loader";
  return {
    isForeign,
    why: `There is no ${lacking} for this system that UEFI, by which this machine starts, could use`,
  };
}

function canBeMade(system: SystemContent, architecture: string): boolean {
  if (system.kind === "windows") return system.hasEfiFiles && system.architecture === architecture;
  const grub = GRUB[architecture] ?? "";
  return system.grubPlatforms.includes(grub) || system.grubPlatforms.includes(`${grub}-signed`);
}
