import * as z from "zod";
import { Said, type Sentence, sentenceFields } from "#base/sentence.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** What is said before anything is wiped: whether what is restored will start. No node: import, the user interface reads it too. */

/** "unknown": it cannot be known from here, and why is said. */
export const Answer = z.enum(["will-boot", "will-boot-after", "will-not-boot", "unknown"]);
export type Answer = z.infer<typeof Answer>;

/** What would mend it. */
export const Mend = z.enum([
  /** Lifeboat changes the installed system: --universal. */
  "universal",
  /** With drivers from a folder: --drivers. */
  "drivers",
  /** Lifeboat makes it start by the other kind of firmware: --firmware. */
  "firmware-conversion",
  /** Lifeboat repairs what starts it: loaders, entries of the firmware, boot code. */
  "boot-repair",
  /** Somebody changes a setting of the firmware. */
  "firmware-setting",
  /** Another layout, or another disk. */
  "layout",
  /** Somebody types a key at the first start. */
  "key",
]);
export type Mend = z.infer<typeof Mend>;

export const Finding = z.object({
  code: z.string(),
  /**
   * blocks: it does not start; unknown: it may not, and that cannot be known; change: it starts when this is done; the others
   * do not bear on whether it starts.
   */
  severity: z.enum(["blocks", "unknown", "change", "warning", "info"]),
  ...sentenceFields,
  /** What to do about it, in plain words, and wherever it is done. */
  next: z.string().optional(),
  nextSaid: Said.optional(),
  /** The same for who types commands, with the options that do it. */
  command: z.string().optional(),
  mend: Mend.optional(),
  /** It is part of what was asked for, and will be done. */
  planned: z.boolean().optional(),
});
export type Finding = z.infer<typeof Finding>;
export type Advice = Pick<Finding, "next" | "nextSaid" | "command">;

export const SystemVerdict = z.object({
  /** "Debian GNU/Linux 12 (bookworm)". */
  name: z.string(),
  kind: z.enum(["linux", "windows"]),
  partition: z.int().nonnegative(),
  answer: Answer,
  findings: z.array(Finding),
});
export type SystemVerdict = z.infer<typeof SystemVerdict>;

export const Verdict = z.object({
  /** Of the system that is worst off. */
  answer: Answer,
  machine: z.string(),
  target: z.string(),
  systems: z.array(SystemVerdict),
  /** Of the disk as a whole; they count for every system. */
  findings: z.array(Finding),
});
export type Verdict = z.infer<typeof Verdict>;

const BY_SEVERITY: Readonly<Record<Finding["severity"], Answer>> = {
  blocks: "will-not-boot",
  unknown: "unknown",
  change: "will-boot-after",
  warning: "will-boot",
  info: "will-boot",
};
/** What makes it not start outweighs what cannot be known, and that what can be mended. */
const WORST: readonly Answer[] = ["will-not-boot", "unknown", "will-boot-after", "will-boot"];

export const worst = (answers: readonly Answer[]): Answer =>
  WORST.find((answer) => answers.includes(answer)) ?? "will-boot";

/** What was asked for and will be done no longer stands in the way. */
export const answerOf = (findings: readonly Finding[]): Answer =>
  worst(findings.filter(({ planned }) => planned !== true).map(({ severity }) => BY_SEVERITY[severity]));

/** Of several ways, of which each is enough: each a sentence, and how it is typed. */
export function adviceOf(ways: readonly { readonly way: Sentence; readonly typed?: string }[]): Advice {
  if (ways.length === 0) return {};
  const typed = ways.map(({ way, typed }) => typed ?? way.text).join("; or ");
  const next = say("next.either", { parts: ways.map(({ way }) => way) });
  const command = `${typed.charAt(0).toUpperCase()}${typed.slice(1)}`;
  return asNext(next, command === next.text ? undefined : command);
}
