import { type Sentence, sentenceOf } from "#base/sentence.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";

/** Said in a plan, and no reason to ask anybody: room that is left over. */
const HARMLESS = ["SPACE_UNUSED"];

/** What a person would be asked about: each of it stops what runs by itself. @param expected codes that are none of it here */
export function doubtsOf(
  { warnings, preflight }: Pick<RestorePlan, "warnings" | "preflight">,
  expected: readonly string[] = [],
): Sentence[] {
  const systems = preflight?.systems ?? [];
  return [
    ...warnings.filter(({ code }) => ![...HARMLESS, ...expected].includes(code)).map(sentenceOf),
    ...systems
      .filter(({ answer }) => answer === "will-not-boot")
      .map(({ name }) => say("says.will-not-start", { system: name })),
  ];
}
