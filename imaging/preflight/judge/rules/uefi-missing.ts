import type { Sentence } from "#base/sentence.ts";
import type { EfiLoader } from "#imaging/preflight/content/boot/efi-loaders.ts";
import type { SystemContent } from "#imaging/preflight/content/disk-content.ts";
import { roomOf, type SystemContext } from "#imaging/preflight/judge/context.ts";
import { adviceOf, type Finding } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";

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
      ...say("verdict.no-room", { why, least: LEAST_ESP }),
      ...asNext(say("next.larger-disk"), "Choose a larger disk, or --layout shrink"),
      mend: "layout",
    };
  const legacy = context.machine.firmware.mode === "uefi" && !isForeign ? [LEGACY] : [];
  if (canBeMade(system, wanted.architecture)) {
    const advice = adviceOf([{ way: say("next.make-uefi"), typed: "use --firmware uefi" }, ...legacy]);
    return {
      ...{ code: "FIRMWARE_CONVERSION", severity: "change", ...why, ...advice },
      ...{ mend: "firmware-conversion", planned },
    };
  }
  return {
    code: "FIRMWARE_NO_LOADER",
    // A boot repair brings its own GRUB, if it has one for this firmware.
    severity: system.kind === "linux" && !isForeign ? "unknown" : "blocks",
    ...say("verdict.no-parts", { why }),
    ...adviceOf(legacy),
    mend: "firmware-setting",
  };
}

const LEGACY = { way: say("next.set-bios") };

function whyNone(
  { content, system }: SystemContext,
  { architecture, startsIt }: Wanted,
): { why: Sentence; isForeign: boolean } {
  const others = content.loaders.filter((one) => startsIt(one, system) && one.architecture !== architecture);
  const kinds = [...new Set(others.map((one) => one.architecture ?? "unknown"))];
  const isForeign = kinds.length > 0;
  if (isForeign)
    return {
      isForeign,
      why: say("verdict.loader-foreign", { kinds: kinds.join(", "), own: architecture }),
    };
  return { isForeign, why: say(content.efiPartitions.length === 0 ? "verdict.no-esp" : "verdict.no-loader") };
}

function canBeMade(system: SystemContent, architecture: string): boolean {
  if (system.kind === "windows") return system.hasEfiFiles && system.architecture === architecture;
  const grub = GRUB[architecture] ?? "";
  return system.grubPlatforms.includes(grub) || system.grubPlatforms.includes(`${grub}-signed`);
}
