import type { SystemRule } from "#imaging/preflight/judge/context.ts";

/** Keys that lie in the old machine's TPM are not in this one's. */
export const encryption: SystemRule = ({ content, system }) => {
  const partition = content.partitions.find(({ number }) => number === system.partition);
  if (system.kind === "windows") {
    if (partition?.filesystem?.type !== "BitLocker") return [];
    return [
      {
        code: "BITLOCKER_KEY",
        severity: "change",
        text: "Windows is encrypted with BitLocker: on another machine, and when firmware or boot files change, it asks for the recovery key once",
        next: "Have the recovery key at hand (48 digits; aka.ms/myrecoverykey) before you begin",
        mend: "key",
      },
    ];
  }
  if (!system.unlocksByTpm) return [];
  return [
    {
      code: "LUKS_TPM_KEY",
      severity: "change",
      text: "It is opened by a key in the old machine's TPM: on another machine it asks for a pass phrase or recovery key",
      next: "Have one of them at hand before you begin",
      mend: "key",
    },
  ];
};
