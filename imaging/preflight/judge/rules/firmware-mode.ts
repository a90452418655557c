import type { DiskRule } from "#imaging/preflight/judge/context.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** A machine of which it is not known what starts it, and one that is to start by another kind of firmware than now. */
export const firmwareMode: DiskRule = ({ machine, wish }) => {
  const { mode, knowsUefi } = machine.firmware;
  if (mode === "bios" && (knowsUefi === undefined || !/^(x86_64|i\d86)$/.test(machine.processor.architecture)))
    return [
      {
        code: "FIRMWARE_UNSEEN",
        severity: "unknown",
        ...say("verdict.firmware-unseen"),
      },
    ];
  if (wish.firmware === undefined || wish.firmware === mode) return [];
  if (wish.firmware === "uefi" && knowsUefi === false)
    return [
      {
        code: "FIRMWARE_NO_UEFI",
        severity: "blocks",
        ...say("verdict.no-uefi"),
        ...asNext(say("next.no-uefi"), "Leave --firmware out, or use --firmware bios"),
      },
    ];
  return [
    {
      code: "FIRMWARE_MODE_SETTING",
      // Newer firmware has no BIOS mode any more, and does not say so.
      severity: wish.firmware === "bios" ? "unknown" : "change",
      ...say(`verdict.made-for-${wish.firmware}`),
      ...asNext(say(`next.set-${wish.firmware}-if`)),
      mend: "firmware-setting",
    },
  ];
};
