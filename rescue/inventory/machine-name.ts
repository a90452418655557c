import { describeMachine } from "#imaging/preflight/machine/describe-machine.ts";

/**
 * What people call this machine. It is asked once, in the background: the programs that know it take seconds on a slow machine.
 * @returns tells the name, or undefined as long as it is not known
 */
export function machineName(describe = describeMachine): () => string | undefined {
  let known: string | undefined;
  void describe().then(
    ({ name }) => {
      known = name;
    },
    () => {}, // then it has none
  );
  return () => known;
}
