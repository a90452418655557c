import type { WindowsContent } from "#imaging/preflight/content/windows/windows-content.ts";
import { bootMode, type SystemContext, type SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";

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
        ...say("verdict.windows-mbr"),
        ...asNext(say("next.gpt"), "Use --table gpt"),
        mend: "layout",
      },
    ];
  if (after === content.tableType) return [];
  return [
    {
      code: "WINDOWS_NEW_TABLE",
      severity: "change",
      ...say("verdict.windows-new-table"),
      ...asNext(say("next.bcd"), "Use --universal: the names are corrected"),
      mend: "universal",
      planned: wish.universal === true,
    },
  ];
}

function newIds({ wish }: SystemContext<WindowsContent>): Finding[] {
  if (!wish.newIds) return [];
  return [
    {
      code: "WINDOWS_NEW_IDS",
      severity: "change",
      ...say("verdict.windows-new-ids"),
      ...asNext(say("next.ids"), "Use --universal, or --keep-ids"),
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
  return [{ code: "WINDOWS_7_UEFI", severity: "unknown", ...say("verdict.windows-7", { name }) }];
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
        ...say("verdict.hibernated-fixed"),
        ...asNext(
          say("next.discard"),
          "Add --discard-hibernation, or shut it down with `shutdown /s /t 0` and capture it again",
        ),
        mend: "universal",
      },
    ];
  return [
    {
      code: "WINDOWS_HIBERNATED",
      severity: "warning",
      ...say("verdict.hibernated"),
      ...asNext(say("next.shut-down")),
    },
  ];
}
