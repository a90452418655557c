import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";

export interface Asked<T> {
  readonly value: T | undefined;
  readonly busy: boolean;
  /** Of the question, or of what was done last. */
  readonly problem: Loaded<T>["problem"];
  read(): Promise<T | undefined>;
  /** Something that changes it, and answers as it is then. What is refused leaves on the page what was there. */
  act(change: () => Promise<T>): Promise<T | undefined>;
}

/** A state of the machine that is shown, and changed from the same place. */
export function useAsked<T>(ask: () => Promise<T>, onRead: (value: T) => void = () => {}): Asked<T> {
  const state: Signal<Loaded<T>> = useSignal<Loaded<T>>(NOTHING);
  const acted: Signal<Loaded<T>> = useSignal<Loaded<T>>(NOTHING);
  const read = async () => {
    acted.value = NOTHING;
    const value = await load(state, ask);
    if (value !== undefined) onRead(value);
    return value;
  };
  useEffect(() => void read(), []);
  return {
    value: state.value.value,
    busy: state.value.busy || acted.value.busy,
    problem: acted.value.problem ?? state.value.problem,
    read,
    async act(change) {
      const value = await load(acted, change);
      if (value !== undefined) state.value = { value, busy: false, problem: undefined };
      return value;
    },
  };
}
