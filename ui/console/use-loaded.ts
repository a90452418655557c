import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Problem } from "#pxe/console/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { toProblem } from "#ui/api/request.ts";

/** Asks when the page is shown, and again whenever one of `turns` changes. */
export function useLoaded<T>(ask: () => Promise<T>, turns: readonly unknown[]): Signal<Loaded<T>> {
  const into = useSignal<Loaded<T>>(NOTHING);
  useEffect(() => void load(into, ask), turns);
  return into;
}

export interface Doing {
  readonly busy: Signal<boolean>;
  readonly problem: Signal<Problem | undefined>;
  /** Does it, unless something is being done already. Resolves to whether it was. */
  readonly run: (act: () => Promise<unknown>) => Promise<boolean>;
}

/** Something that people do: one thing at a time, and what kept it from being done. */
export function useDoing(): Doing {
  const busy = useSignal(false);
  const problem = useSignal<Problem | undefined>(undefined);
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    if (busy.value) return false;
    busy.value = true;
    problem.value = undefined;
    try {
      await act();
      return true;
    } catch (error) {
      problem.value = toProblem(error);
      return false;
    } finally {
      busy.value = false;
    }
  };
  return { busy, problem, run };
}
