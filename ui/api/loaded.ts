import { type Signal, signal } from "@preact/signals";
import type { Problem } from "#rescue/api/contract.ts";
import { toProblem } from "#ui/api/request.ts";

/** Something the server is asked for. The last value stays while a newer one is on its way. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly busy: boolean;
  readonly problem: Problem | undefined;
}

/** It was not asked for yet. */
export const NOTHING: Loaded<never> = { value: undefined, busy: false, problem: undefined };

export const loaded = <T>(): Signal<Loaded<T>> => signal<Loaded<T>>(NOTHING);

const newest = new WeakMap<object, symbol>();

/** Asks, and keeps the answer unless a newer question was put meanwhile. Resolves to the value, or undefined. */
export async function load<T>(into: Signal<Loaded<T>>, ask: () => Promise<T>): Promise<T | undefined> {
  const turn = Symbol("turn");
  newest.set(into, turn);
  into.value = { value: into.value.value, busy: true, problem: undefined };
  try {
    const value = await ask();
    if (newest.get(into) !== turn) return undefined;
    into.value = { value, busy: false, problem: undefined };
    return value;
  } catch (error) {
    if (newest.get(into) === turn) into.value = { value: undefined, busy: false, problem: toProblem(error) };
    return undefined;
  }
}
