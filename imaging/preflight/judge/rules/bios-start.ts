import type { Sentence } from "#base/sentence.ts";
import { bootMode, isRepaired, roomOf, type SystemContext, type SystemRule } from "#imaging/preflight/judge/context.ts";
import { adviceOf, type Finding } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";

const BIOS_SECTOR = 512;
/** GRUB manual, "BIOS installation". */
const BIOS_BOOT_TYPE = "21686148-6449-6e6f-744e-656564454649";
const BIOS_BOOT = 2 ** 20;

const REPAIR = asNext(
  say("next.repair"),
  "Let it be repaired: `lifeboat boot repair DISK`, which is a part of --universal",
);

/** GRUB's code is made of the system's own GRUB; Windows' is there in any case. */
const canBeRepaired = ({ system, wish }: SystemContext): boolean =>
  isRepaired(wish) && (system.kind === "windows" || system.grubPlatforms.includes("i386-pc"));

/** Whether a BIOS finds something to start, and that something the system. */
export const biosStart: SystemRule = (context) => {
  if (bootMode(context) !== "bios") return [];
  return [...start(context), ...disk(context)];
};

function start(context: SystemContext): Finding[] {
  const { content, system, wish } = context;
  const { kind, isWhole } = content.bootCode;
  const tableType = wish.tableType ?? content.tableType;
  // Windows' own way to start by a BIOS needs an MBR.
  const isWindows = system.kind === "windows";
  if (kind === "none" || (isWindows && tableType === "gpt")) return [uefiOnly(context)];
  if (isWindows && !system.hasBiosBcd && kind === "windows" && content.bootCode.active === system.partition)
    return [
      {
        code: "BCD_MISSING",
        severity: "unknown",
        ...say("verdict.bcd-elsewhere"),
      },
    ];
  if (!isWhole)
    return [
      {
        code: "BOOT_CODE_BROKEN",
        severity: "change",
        ...say(kind === "grub" ? "verdict.grub-half" : "verdict.no-active"),
        ...REPAIR,
        mend: "boot-repair",
        planned: canBeRepaired(context),
      },
    ];
  const changed = changedBelow(context);
  if (changed.length > 0) return changed;
  const isOwn = isWindows ? kind === "windows" : kind === "grub" || kind === "syslinux";
  if (isOwn) return [];
  const sentence = kind === "other" ? say("verdict.boot-code-unknown") : say("verdict.boot-code-other", { name: kind });
  return [{ code: "BOOT_CODE_UNKNOWN", severity: "unknown", ...sentence }];
}

/** What is built into boot code does not follow the partitions. */
function changedBelow(context: SystemContext): Finding[] {
  const { content, wish } = context;
  const tableType = wish.tableType ?? content.tableType;
  const planned = canBeRepaired(context);
  const repair = { ...REPAIR, mend: "boot-repair", planned } as const;
  if (tableType !== content.tableType)
    return [{ code: "BOOT_CODE_OLD_TABLE", severity: "change", ...say("verdict.boot-code-old-table"), ...repair }];
  if (!wish.newIds || content.bootCode.kind !== "grub") return [];
  return [{ code: "BOOT_CODE_OLD_IDS", severity: "unknown", ...say("verdict.boot-code-old-ids"), ...repair }];
}

function uefiOnly(context: SystemContext): Finding {
  const { machine, system, wish } = context;
  const sentence = say("verdict.uefi-only");
  const conversion = toBios(context);
  const advice = adviceOf([
    ...(conversion ? [conversion] : []),
    ...(machine.firmware.knowsUefi === false ? [] : [{ way: say("next.set-uefi") }]),
  ]);
  const planned = wish.firmware === "bios";
  if (conversion?.isSure)
    return {
      ...{ code: "FIRMWARE_CONVERSION", severity: "change", ...sentence, ...advice },
      ...{ mend: "firmware-conversion", planned },
    };
  if (machine.firmware.knowsUefi === true && !planned)
    return { code: "FIRMWARE_MODE_SETTING", severity: "change", ...sentence, ...advice, mend: "firmware-setting" };
  return {
    code: "FIRMWARE_NO_LOADER",
    // A boot repair brings its own GRUB, if it has one.
    severity: system.kind === "linux" ? "unknown" : "blocks",
    ...sentence,
    ...advice,
  };
}

/** Of a GPT, GRUB needs a partition of its own for a BIOS; Windows needs an MBR. */
function toBios(context: SystemContext): { way: Sentence; typed: string; isSure: boolean } | undefined {
  const { content, system, wish } = context;
  const tableType = wish.tableType ?? content.tableType;
  if (system.kind === "windows")
    return system.hasBiosFiles
      ? { way: say("next.make-bios"), typed: "use --firmware bios --table mbr", isSure: tableType === "mbr" }
      : undefined;
  const isThere = content.partitions.some(({ type }) => type === BIOS_BOOT_TYPE);
  const hasPlace = tableType === "mbr" || isThere || roomOf(context) >= BIOS_BOOT;
  return {
    way: say("next.make-bios"),
    typed: "use --firmware bios",
    isSure: hasPlace && system.grubPlatforms.includes("i386-pc"),
  };
}

function disk({ machine, target }: SystemContext): Finding[] {
  if (target.logicalSectorSize !== BIOS_SECTOR)
    return [
      {
        code: "BIOS_SECTORS",
        severity: "blocks",
        ...say("verdict.bios-sectors", { sectorSize: target.logicalSectorSize }),
        ...asNext(
          say("next.uefi-or-512"),
          "Start by UEFI (--firmware uefi), or choose a disk with sectors of 512 bytes",
        ),
        mend: "layout",
      },
    ];
  if (!machine.isVirtual && target.path?.some(({ class: code }) => code === "010802"))
    return [
      {
        code: "BIOS_NVME",
        severity: "unknown",
        ...say("verdict.bios-nvme"),
        ...asNext(say("next.uefi-if"), "Start by UEFI (--firmware uefi), if the machine can"),
      },
    ];
  return [];
}
