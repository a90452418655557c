import { formatBytes } from "#base/units.ts";
import type { BootProof } from "#imaging/prove/boot-proof.ts";
import { stageName } from "#imaging/prove/judge/explain.ts";
import type { Verdict } from "#imaging/prove/judge/stage.ts";

const HEADINGS: Readonly<Record<Verdict, string>> = {
  up: "It starts.",
  "no-boot-loader": "It does not start: no boot loader.",
  "boot-loader": "It does not start: it stops in the boot loader.",
  "no-kernel": "It does not start: there is no kernel.",
  kernel: "It does not start: the kernel stops.",
  initramfs: "It does not start: the kernel does not come to its root file system.",
  root: "It does not start: the system stops on its root file system.",
  unknown: "Whether it starts is not known.",
};
/** More of them are in the report. */
const SHOWN = 5;

/** A proof for people. */
export function describeProof(proof: BootProof): string {
  const { verdict, reason, next, reached, evidence, prepared, warnings, complaints, files, system } = proof;
  const others = complaints.filter((line) => line !== evidence).slice(0, SHOWN);
  return [
    HEADINGS[verdict],
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
  ].join("\n");
}

const list = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [heading, ...lines.map((line) => `  - ${line}`)];
