import type { Sentence } from "#base/sentence.ts";
import { formatBytes } from "#base/units.ts";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { stageName } from "#imaging/prove/judge/explain.ts";
import { say } from "#imaging/words/say.ts";

/** More of them are in the report. */
const SHOWN = 5;

/** A proof for people. */
export const describeProof = (proof: BootProof): string =>
  proofLines(proof)
    .map(({ text }) => text)
    .join("\n");

export function proofLines(proof: BootProof): Sentence[] {
  const { verdict, reason, next, reached, evidence, prepared, warnings, complaints, files, system } = proof;
  const others = complaints.filter((line) => line !== evidence).slice(0, SHOWN);
  const lines = [
    `  ${reason}`,
    ...(evidence === undefined ? [] : [`  Shown by:  ${evidence}`]),
    `  Reached:   ${stageName(reached)}, after ${Math.round(proof.seconds)} s`,
    ...(system === undefined ? [] : [`  System:    ${[system.host, system.state, ...system.targets].join(", ")}`]),
    `  Next:      ${next}`,
    `  Machine:   ${proof.firmware} (${proof.firmwareBecause}), disk on ${proof.bus}, ${proof.memoryMiB} MiB, ${proof.accelerator === "kvm" ? "KVM" : "emulated"}, no network`,
    `  Disk:      ${formatBytes(proof.readBytes)} read; ${formatBytes(proof.writtenBytes)} written, to the throw-away copy alone`,
    ...(files === undefined
      ? []
      : [`  Files:     ${[files.screen, files.serialLog, files.report].filter(Boolean).join(", ")}`]),
    ...list("Said on the way:", others),
    ...list("Added to the throw-away copy:", prepared.added),
    ...list("Left as it is:", prepared.left),
    ...warnings.map((text) => `! ${text}`),
  ];
  return [say(`prove.${verdict}`), ...lines.map((text) => ({ text }))];
}

const list = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  - ${line}`)];
