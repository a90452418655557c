import type { RestorePlan } from "#imaging/plan/plan.ts";

/** Said in a plan, and no reason to ask anybody: room that is left over. */
const HARMLESS = ["SPACE_UNUSED"];

/** What a person would be asked about: each of it stops what runs by itself. @param expected codes that are none of it here */
export function doubtsOf(
  { warnings, preflight }: Pick<RestorePlan, "warnings" | "preflight">,
  expected: readonly string[] = [],
): string[] {
  const systems = preflight?.systems ?? [];
  return [
    ...warnings.filter(({ code }) => ![...HARMLESS, ...expected].includes(code)).map(({ text }) => text),
    ...systems.filter(({ answer }) => answer === "will-not-boot").map(({ name }) => `${name} will not start here`),
  ];
}
