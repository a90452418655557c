import type { Sentence } from "#base/sentence.ts";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { stageName } from "#imaging/prove/judge/explain.ts";
import { hearProof } from "#imaging/words/hear.ts";
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
  return [
    say(`prove.${verdict}`),
    say("proved.reason", { reason: hearProof(reason) }),
    ...(evidence === undefined ? [] : [say("proved.evidence", { line: evidence })]),
    say("proved.reached", { stage: hearProof(stageName(reached)), seconds: Math.round(proof.seconds) }),
    ...(system === undefined
      ? []
      : [say("proved.system", { system: [system.host, system.state, ...system.targets].join(", ") })]),
    say("proved.next", { next: hearProof(next) }),
    say("proved.machine", {
      ...{ firmware: proof.firmware, because: hearProof(proof.firmwareBecause), bus: proof.bus },
      ...{ mib: proof.memoryMiB, isEmulated: proof.accelerator !== "kvm" },
    }),
    say("proved.disk", { bytes: proof.readBytes, used: proof.writtenBytes }),
    ...(files === undefined
      ? []
      : [say("proved.files", { files: [files.screen, files.serialLog, files.report].filter(Boolean).join(", ") })]),
    ...list(say("proved.said"), others),
    ...list(say("proved.added"), prepared.added),
    ...list(say("proved.left"), prepared.left),
    ...warnings.map((text) => say("line.warning", { text: hearProof(text) })),
  ];
}

const list = (heading: Sentence, lines: readonly string[]): Sentence[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((text) => say("line.item", { text: hearProof(text) }))];
