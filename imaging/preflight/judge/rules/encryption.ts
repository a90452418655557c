import type { SystemRule } from "#imaging/preflight/judge/context.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Keys that lie in the old machine's TPM are not in this one's. */
export const encryption: SystemRule = ({ content, system }) => {
  const partition = content.partitions.find(({ number }) => number === system.partition);
  if (system.kind === "windows") {
    if (partition?.filesystem?.type !== "BitLocker") return [];
    return [
      {
        code: "BITLOCKER_KEY",
        severity: "change",
        ...say("verdict.bitlocker"),
        ...asNext(say("next.recovery-key")),
        mend: "key",
      },
    ];
  }
  if (!system.unlocksByTpm) return [];
  return [
    {
      code: "LUKS_TPM_KEY",
      severity: "change",
      ...say("verdict.luks-tpm"),
      ...asNext(say("next.pass-phrase")),
      mend: "key",
    },
  ];
};
