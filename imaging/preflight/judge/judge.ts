import type { DiskContent, SystemContent } from "#imaging/preflight/content/disk-content.ts";
import type { LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import type { WindowsContent } from "#imaging/preflight/content/windows/windows-content.ts";
import type {
  JudgeContext,
  PreflightWish,
  SystemContext,
  SystemRule,
  TargetDisk,
} from "#imaging/preflight/judge/context.ts";
import { biosStart } from "#imaging/preflight/judge/rules/bios-start.ts";
import { diskFit } from "#imaging/preflight/judge/rules/disk-fit.ts";
import { encryption } from "#imaging/preflight/judge/rules/encryption.ts";
import { firmwareMode } from "#imaging/preflight/judge/rules/firmware-mode.ts";
import { grubLocked } from "#imaging/preflight/judge/rules/grub-lock.ts";
import { linuxNames } from "#imaging/preflight/judge/rules/linux-names.ts";
import { linuxNetwork } from "#imaging/preflight/judge/rules/linux-network.ts";
import { linuxStorage } from "#imaging/preflight/judge/rules/linux-storage.ts";
import { memory } from "#imaging/preflight/judge/rules/memory.ts";
import { processor } from "#imaging/preflight/judge/rules/processor.ts";
import { secureBoot } from "#imaging/preflight/judge/rules/secure-boot.ts";
import { uefiStart } from "#imaging/preflight/judge/rules/uefi-start.ts";
import { windowsStart } from "#imaging/preflight/judge/rules/windows-start.ts";
import { windowsStorage } from "#imaging/preflight/judge/rules/windows-storage.ts";
import { answerOf, type Finding, type SystemVerdict, type Verdict, worst } from "#imaging/preflight/judge/verdict.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

const FOR_ALL: readonly SystemRule[] = [processor, uefiStart, biosStart, secureBoot, encryption, memory];
const FOR_LINUX: readonly SystemRule<LinuxContent>[] = [grubLocked, linuxStorage, linuxNames, linuxNetwork];
const FOR_WINDOWS: readonly SystemRule<WindowsContent>[] = [windowsStorage, windowsStart];

/**
 * Whether what an image holds will start on a machine, from one of its disks. Pure: the same input gives the same verdict.
 * Where it cannot be known, it says so.
 */
export function judge(
  machine: MachineHardware,
  all: DiskContent,
  target: TargetDisk,
  wish: PreflightWish = {},
): Verdict {
  const content = onlyKept(all, wish.kept);
  const context = { machine, content, target, wish };
  const findings = byImportance([...diskFit(context), ...firmwareMode(context), ...nothingThere(content)]);
  const systems = content.systems.map((system) => judgeSystem(context, system, findings));
  return {
    answer: worst([answerOf(findings), ...systems.map(({ answer }) => answer)]),
    machine: machine.name,
    target: target.name,
    systems,
    findings,
  };
}

/** What is left out of a restore does not start anything. */
function onlyKept(content: DiskContent, kept: readonly number[] | undefined): DiskContent {
  if (!kept) return content;
  const isKept = ({ partition }: { readonly partition: number }) => kept.includes(partition);
  return {
    ...content,
    partitions: content.partitions.filter(({ number }) => kept.includes(number)),
    loaders: content.loaders.filter(isKept),
    efiPartitions: content.efiPartitions.filter((number) => kept.includes(number)),
    systems: content.systems.filter(isKept),
  };
}

function judgeSystem(context: JudgeContext, system: SystemContent, ofDisk: readonly Finding[]): SystemVerdict {
  const findings = FOR_ALL.flatMap((rule) => rule({ ...context, system }));
  if (system.kind === "linux") findings.push(...runAll(FOR_LINUX, { ...context, system }));
  else findings.push(...runAll(FOR_WINDOWS, { ...context, system }));
  return {
    name: system.name,
    kind: system.kind,
    partition: system.partition,
    answer: answerOf([...ofDisk, ...findings]),
    findings: byImportance(findings),
  };
}

const runAll = <S extends SystemContent>(rules: readonly SystemRule<S>[], context: SystemContext<S>): Finding[] =>
  rules.flatMap((rule) => rule(context));

function nothingThere({ systems, closed }: DiskContent): Finding[] {
  const unseen = closed.map(
    (text): Finding => ({
      code: "VOLUME_UNSEEN",
      severity: systems.length === 0 ? "unknown" : "info",
      ...say("verdict.unseen", { what: hear(text) }),
    }),
  );
  if (systems.length > 0) return unseen;
  const none: Finding = {
    code: "NO_SYSTEM",
    severity: closed.length > 0 ? "unknown" : "blocks",
    ...say("verdict.no-system"),
    ...(closed.length > 0 && { command: "Give the keys of encrypted partitions with --unlock" }),
  };
  return [none, ...unseen];
}

const ORDER: readonly Finding["severity"][] = ["blocks", "unknown", "change", "warning", "info"];

/** What stands in the way first; what will be done after what nobody does yet. Each thing is said once. */
function byImportance(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, planned }: Finding) => ORDER.indexOf(severity) * 2 + (planned ? 1 : 0);
  const once = new Map(findings.map((finding) => [`${finding.code} ${finding.text}`, finding]));
  return [...once.values()].sort((a, b) => rank(a) - rank(b));
}
