import type { DiskRule } from "#imaging/preflight/judge/context.ts";

/** A machine of which it is not known what starts it, and one that is to start by another kind of firmware than now. */
export const firmwareMode: DiskRule = ({ machine, wish }) => {
  const { mode, knowsUefi } = machine.firmware;
  if (mode === "bios" && (knowsUefi === undefined || !/^(x86_64|i\d86)$/.test(machine.processor.architecture)))
    return [
      {
        code: "FIRMWARE_UNSEEN",
        severity: "unknown",
        text: "This machine was not started by UEFI, and there is no sign of a BIOS: boards and some virtual machines start a system in ways of their own",
      },
    ];
  if (wish.firmware === undefined || wish.firmware === mode) return [];
  if (wish.firmware === "uefi" && knowsUefi === false)
    return [
      {
        code: "FIRMWARE_NO_UEFI",
        severity: "blocks",
        text: "This machine's firmware is a BIOS that does not know UEFI, and the system would be made for UEFI",
        next: "Let it start by a BIOS",
        command: "Leave --firmware out, or use --firmware bios",
      },
    ];
  const names = { bios: "BIOS (also called legacy or CSM)", uefi: "UEFI" } as const;
  return [
    {
      code: "FIRMWARE_MODE_SETTING",
      // Newer firmware has no BIOS mode any more, and does not say so.
      severity: wish.firmware === "bios" ? "unknown" : "change",
      text: `This machine was started by ${names[mode]} now; the system would be made for ${names[wish.firmware]}`,
      next: `Set the firmware to start by ${names[wish.firmware]}, if it can`,
      mend: "firmware-setting",
    },
  ];
};
