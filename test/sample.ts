import { test } from "vitest";

/** `make test` runs a sample of what each kind of test has, `make test-all` all of it. */
export const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";

/** @param few how many of the cases the sample has, the first ones; or the places of those that it has */
export const sample = <T>(cases: readonly T[], few: number | readonly number[]): readonly T[] => {
  if (FULL) return cases;
  return typeof few === "number" ? cases.slice(0, few) : few.map((place) => cases[place] as T);
};

/** Of cases that are seen in three ways each, those that the sample sees in the way number `way`: each case in one of them. */
export const rotated = <T>(cases: readonly T[], way: number): readonly T[] =>
  FULL ? cases : cases.filter((_, at) => at % 3 === way);

/** A test of `make test-all` alone. */
export const full = test.skipIf(!FULL);
