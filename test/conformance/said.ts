import { expect } from "vitest";
import type { Said, Sentence } from "#base/sentence.ts";

interface Told extends Sentence {
  readonly next?: string | undefined;
  readonly nextSaid?: Said | undefined;
}

/** Steps and notes have keys, so that pages say them in each language. */
export function expectSaid(...all: readonly (readonly Told[])[]): void {
  const unsaid = all
    .flat()
    .flatMap(({ text, said, next, nextSaid }) => [said ? [] : text, next === undefined || nextSaid ? [] : next]);
  expect(unsaid.flat()).toEqual([]);
}
