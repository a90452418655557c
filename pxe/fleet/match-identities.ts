import type { Sentence } from "#base/sentence.ts";
import { callMachine, type Machine } from "../machines/machine.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { say } from "../words/words.ts";
import type { Identity } from "./contract.ts";
import type { MachineIdentity } from "./deployment.ts";

export interface MatchedIdentities {
  readonly identities: readonly (MachineIdentity & { readonly of: Machine; readonly at: number })[];
  /** `at`: of which identity, from 0. */
  readonly problems: readonly (Sentence & { readonly at: number })[];
}

/**
 * Whose the identities are. Each machine has one, each name is that of one machine.
 * @param machines ids of those that they are for; undefined: whoever comes
 */
export async function matchIdentities(
  wanted: readonly Identity[],
  store: Pick<MachineStore, "find">,
  machines: ReadonlySet<number> | undefined,
): Promise<MatchedIdentities> {
  const problems: (Sentence & { at: number })[] = [];
  const identities: (MachineIdentity & { of: Machine; at: number })[] = [];
  const seen = new Set<number>();
  const names = new Set<string>();
  for (const [at, { machine: text, ...own }] of wanted.entries()) {
    const wrong = (sentence: Sentence) => problems.push({ at, ...sentence });
    const [of, ...others] = await store.find(text);
    if (!of) wrong(say("list.unknown", { machine: text }));
    else if (others.length > 0)
      wrong(
        say("list.ambiguous", { machine: text, found: [of, ...others].map(({ id, macs }) => `#${id} ${macs[0]}`) }),
      );
    if (!of || others.length > 0) continue;
    const machine = callMachine(of);
    if (seen.has(of.id)) wrong(say("list.twice", { machine }));
    if (machines && !machines.has(of.id)) wrong(say("list.not-chosen", { machine }));
    const name = own.hostname?.toLowerCase();
    if (name !== undefined && names.has(name)) wrong(say("list.same-name", { name: own.hostname ?? "" }));
    seen.add(of.id);
    if (name !== undefined) names.add(name);
    identities.push({ at, of, machine: of.id, ...own });
  }
  return { identities, problems };
}
