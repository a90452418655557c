import { printable } from "#base/printable.ts";
import type { Answer, Finding, SystemVerdict, Verdict } from "#imaging/preflight/judge/verdict.ts";

const ANSWERS: Readonly<Record<Answer, string>> = {
  "will-boot": "will boot",
  "will-boot-after": "will boot after these changes",
  "will-not-boot": "will not boot",
  unknown: "may boot: it cannot be known",
};
const MARKS: Readonly<Record<Finding["severity"], string>> = {
  blocks: "x",
  unknown: "?",
  change: "!",
  warning: "!",
  info: "-",
};

/** A verdict in words, for a terminal, a log, or a plan: what stands in the way first. */
export function describeVerdict(verdict: Verdict): string {
  const { machine, target, systems, findings, answer } = verdict;
  const lines = [
    `On ${machine}, disk ${target}: ${ANSWERS[answer]}`,
    ...findings.flatMap((finding) => findingLines(finding, "  ")),
    ...systems.flatMap(systemLines),
  ];
  return lines.map(printable).join("\n");
}

const systemLines = ({ name, partition, answer, findings }: SystemVerdict): string[] => [
  `  ${name} (partition ${partition}): ${ANSWERS[answer]}`,
  ...findings.flatMap((finding) => findingLines(finding, "    ")),
];

function findingLines({ severity, text, planned, ...advice }: Finding, indent: string): string[] {
  if (planned) return [`${indent}+ ${text}`, `${indent}  This will be done.`];
  const next = advice.command ?? advice.next;
  return [
    `${indent}${MARKS[severity]} ${text}`,
    ...(next === undefined ? [] : [`${indent}  ${next.replace(/\.$/, "")}.`]),
  ];
}
