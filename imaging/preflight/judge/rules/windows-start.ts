import type { WindowsContent } from "#imaging/preflight/content/windows/windows-content.ts";
import { bootMode, type SystemContext, type SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";

/** What else Windows wants of a disk that it starts from. */
export const windowsStart: SystemRule<WindowsContent> = (context) => [
  ...table(context),
  ...newIds(context),
  ...olderByUefi(context),
  ...hibernation(context),
];

/** Windows' own rule: GPT with UEFI, MBR with a BIOS (Microsoft, "Windows and GPT FAQ"). */
function table(context: SystemContext<WindowsContent>): Finding[] {
  const { content, wish } = context;
  const after = wish.tableType ?? content.tableType;
  if (bootMode(context) === "uefi" && after === "mbr")
    return [
      {
        code: "WINDOWS_TABLE",
        severity: "unknown",
        text: "By UEFI, Windows is made to start from a disk with a GPT; this one has an MBR",
        next: "Let it be a GPT",
        command: "Use --table gpt",
        mend: "layout",
      },
    ];
  if (after === content.tableType) return [];
  return [
    {
      code: "WINDOWS_NEW_TABLE",
      severity: "change",
      text: "The partition table becomes another kind, and Windows' boot list (BCD) names partitions by it",
      next: "Let the names be corrected",
      command: "Use --universal: the names are corrected",
      mend: "universal",
      planned: wish.universal === true,
    },
  ];
}

function newIds({ wish }: SystemContext<WindowsContent>): Finding[] {
  if (!wish.newIds) return [];
  const text = "Disk and partitions get new ids, by which Windows' boot list (BCD) knows them";
  return [
    {
      code: "WINDOWS_NEW_IDS",
      severity: "change",
      text,
      next: "Let the list be corrected, or keep the identifiers",
      command: "Use --universal, or --keep-ids",
      mend: "universal",
      planned: wish.universal === true,
    },
  ];
}

/** Windows 7 draws by the video BIOS, which newer firmware has no more. */
function olderByUefi(context: SystemContext<WindowsContent>): Finding[] {
  const { major, minor = 0, name } = context.system;
  if (major === undefined || bootMode(context) !== "uefi" || major * 10 + minor > 61 || context.machine.isVirtual)
    return [];
  const text = `${name} stops at "Starting Windows" where UEFI has no BIOS part (CSM) for graphics; whether this machine has it cannot be told`;
  return [{ code: "WINDOWS_7_UEFI", severity: "unknown", text }];
}

function hibernation({ content, system, wish }: SystemContext<WindowsContent>): Finding[] {
  const warnings = content.partitions.find(({ number }) => number === system.partition)?.filesystem?.warnings ?? [];
  if (!warnings.some((text) => /hibernat|Fast Startup/i.test(text))) return [];
  if (wish.discardHibernation) return [];
  if (wish.universal)
    return [
      {
        code: "WINDOWS_HIBERNATED",
        severity: "change",
        text: "Windows was hibernated (Fast Startup): nothing is changed in it, so it is not made ready for other hardware",
        next: "Throw away its hibernated session, or shut it down with `shutdown /s /t 0` and capture it again",
        command: "Add --discard-hibernation, or shut it down with `shutdown /s /t 0` and capture it again",
        mend: "universal",
      },
    ];
  const text =
    "Windows was hibernated (Fast Startup): on other hardware it cannot go on where it was, and starts anew or asks";
  return [
    {
      code: "WINDOWS_HIBERNATED",
      severity: "warning",
      text,
      next: "Better: shut it down with `shutdown /s /t 0` and capture it again",
    },
  ];
}
