import { bootMode, isRepaired, roomOf, type SystemContext, type SystemRule } from "#imaging/preflight/judge/context.ts";
import { type Advice, adviceOf, type Finding } from "#imaging/preflight/judge/verdict.ts";

const BIOS_SECTOR = 512;
/** GRUB manual, "BIOS installation". */
const BIOS_BOOT_TYPE = "21686148-6449-6e6f-744e-656564454649";
const BIOS_BOOT = 2 ** 20;

const REPAIR = {
  next: "Let it be repaired",
  command: "Let it be repaired: `lifeboat boot repair DISK`, which is a part of --universal",
};

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
        text: "The list of what Windows' boot manager starts (Boot\\BCD) was not found on this volume; it may be on the one that is marked active",
      },
    ];
  if (!isWhole)
    return [
      {
        code: "BOOT_CODE_BROKEN",
        severity: "change",
        text:
          kind === "grub"
            ? "GRUB's first sector is there, but not the part that it loads"
            : "No partition is marked active, so a BIOS finds nothing to start",
        ...REPAIR,
        mend: "boot-repair",
        planned: canBeRepaired(context),
      },
    ];
  const changed = changedBelow(context);
  if (changed.length > 0) return changed;
  const isOwn = isWindows ? kind === "windows" : kind === "grub" || kind === "syslinux";
  if (isOwn) return [];
  const text = `What a BIOS starts from this disk is ${kind === "other" ? "not known to Lifeboat" : `of ${kind}`}: whether it goes on with this system cannot be told`;
  return [{ code: "BOOT_CODE_UNKNOWN", severity: "unknown", text }];
}

/** What is built into boot code does not follow the partitions. */
function changedBelow(context: SystemContext): Finding[] {
  const { content, wish } = context;
  const tableType = wish.tableType ?? content.tableType;
  const planned = canBeRepaired(context);
  const mend = "boot-repair" as const;
  if (tableType !== content.tableType) {
    const text = "The partition table becomes another kind, and the boot code in front of it is for the old one";
    return [{ code: "BOOT_CODE_OLD_TABLE", severity: "change", text, ...REPAIR, mend, planned }];
  }
  if (!wish.newIds || content.bootCode.kind !== "grub") return [];
  const text = "A GRUB in a legacy boot area may have the old ids built in, and new ones are given";
  return [{ code: "BOOT_CODE_OLD_IDS", severity: "unknown", text, ...REPAIR, mend, planned }];
}

function uefiOnly(context: SystemContext): Finding {
  const { machine, system, wish } = context;
  const text =
    "It is made for UEFI: there is nothing on the disk that a BIOS, by which this machine was started, could run";
  const setting = machine.firmware.knowsUefi === false ? undefined : "set the firmware to start by UEFI";
  const conversion = toBios(context);
  const advice = adviceOf([conversion?.next, setting], [conversion?.command, setting]);
  const planned = wish.firmware === "bios";
  if (conversion?.isSure)
    return { code: "FIRMWARE_CONVERSION", severity: "change", text, ...advice, mend: "firmware-conversion", planned };
  if (machine.firmware.knowsUefi === true && !planned)
    return { code: "FIRMWARE_MODE_SETTING", severity: "change", text, ...advice, mend: "firmware-setting" };
  return {
    code: "FIRMWARE_NO_LOADER",
    // A boot repair brings its own GRUB, if it has one.
    severity: system.kind === "linux" ? "unknown" : "blocks",
    text,
    ...advice,
  };
}

/** Of a GPT, GRUB needs a partition of its own for a BIOS; Windows needs an MBR. */
function toBios(context: SystemContext): (Advice & { isSure: boolean }) | undefined {
  const { content, system, wish } = context;
  const tableType = wish.tableType ?? content.tableType;
  if (system.kind === "windows")
    return system.hasBiosFiles
      ? { next: TO_BIOS, command: "Use --firmware bios --table mbr", isSure: tableType === "mbr" }
      : undefined;
  const isThere = content.partitions.some(({ type }) => type === BIOS_BOOT_TYPE);
  const hasPlace = tableType === "mbr" || isThere || roomOf(context) >= BIOS_BOOT;
  const isSure = hasPlace && system.grubPlatforms.includes("i386-pc");
  return { next: TO_BIOS, command: "Use --firmware bios", isSure };
}

const TO_BIOS = "Let it be made to start by a BIOS";

function disk({ machine, target }: SystemContext): Finding[] {
  if (target.logicalSectorSize !== BIOS_SECTOR)
    return [
      {
        code: "BIOS_SECTORS",
        severity: "blocks",
        text: `A BIOS does not start from a disk with sectors of ${target.logicalSectorSize} bytes`,
        next: "Start by UEFI, or choose a disk with sectors of 512 bytes",
        command: "Start by UEFI (--firmware uefi), or choose a disk with sectors of 512 bytes",
        mend: "layout",
      },
    ];
  if (!machine.isVirtual && target.path?.some(({ class: code }) => code === "010802"))
    return [
      {
        code: "BIOS_NVME",
        severity: "unknown",
        text: "Many machines start from NVMe by UEFI alone; whether this one's BIOS can do it cannot be told",
        next: "Start by UEFI, if the machine can",
        command: "Start by UEFI (--firmware uefi), if the machine can",
      },
    ];
  return [];
}
