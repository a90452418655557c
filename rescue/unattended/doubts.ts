import type { RestorePlan } from "#imaging/plan/plan.ts";

/** What a person would be asked about: each of it stops what runs by itself. */
export function doubtsOf({ warnings, preflight }: Pick<RestorePlan, "warnings" | "preflight">): string[] {
  const systems = preflight?.systems ?? [];
  return [
    ...warnings.map(({ text }) => text),
    ...systems.filter(({ answer }) => answer === "will-not-boot").map(({ name }) => `${name} will not start here`),
  ];
}
