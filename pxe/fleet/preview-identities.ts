import type { Machine } from "../machines/machine.ts";
import { callMachine } from "../machines/machine.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { oneMachine } from "../machines/one-machine.ts";
import { say } from "../words/words.ts";
import type { IdentityList, IdentityPreview, Selection } from "./contract.ts";
import { nameOf } from "./hostname.ts";
import { matchIdentities } from "./match-identities.ts";
import { type ListProblem, parseIdentities } from "./read-identities.ts";

export interface PreviewDeps {
  readonly machines: Pick<MachineStore, "find">;
  readonly ofGroup: (group: string) => Promise<readonly Machine[]>;
}

/** Which machine would get which name, and what is wrong with a list: as a new deployment would have it. @throws PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
export async function previewIdentities(
  { list, machines: selection, hostnames }: IdentityList,
  deps: PreviewDeps,
): Promise<IdentityPreview> {
  const parsed = parseIdentities(list);
  const chosen = await chosenOf(selection, deps);
  const isNamed = selection !== undefined && "machines" in selection;
  const matched = await matchIdentities(
    parsed.lines.map(({ identity }) => identity),
    deps.machines,
    isNamed ? new Set(chosen?.map(({ id }) => id)) : undefined,
  );
  const own = new Map(matched.identities.map((one) => [one.machine, one]));
  const lineOf = (at: number | undefined) => (at === undefined ? undefined : parsed.lines[at]?.line);
  const machines = (chosen ?? matched.identities.map(({ of }) => of)).map((machine, at) => {
    const identity = own.get(machine.id);
    const [hostname, line] = [nameOf(identity?.hostname, hostnames, at + 1, machine), lineOf(identity?.at)];
    return {
      ...{ machine: machine.id, name: callMachine(machine) },
      ...(hostname !== undefined && { hostname }),
      ...(identity?.universal !== undefined && { universal: identity.universal }),
      ...(line !== undefined && { line }),
    };
  });
  const problems: ListProblem[] = [
    ...parsed.problems,
    ...matched.problems.map(({ at, ...sentence }) => ({ ...sentence, line: lineOf(at) })),
  ];
  // What the list itself has twice stands above, with its line.
  if (problems.length === 0) problems.push(...sameNames(machines).map((name) => say("list.same-name", { name })));
  const ids = new Set(chosen?.map(({ id }) => id));
  const others = chosen && !isGroup(selection) ? matched.identities.filter(({ machine }) => !ids.has(machine)) : [];
  const identities = matched.identities.map(({ of, at: _at, ...identity }) => ({ ...identity, machine: `#${of.id}` }));
  return { problems, machines, identities, others: others.map(({ machine }) => machine) };
}

const isGroup = (selection: Selection | undefined): boolean => selection !== undefined && "group" in selection;

/** Undefined: whoever comes. */
async function chosenOf(selection: Selection | undefined, deps: PreviewDeps): Promise<readonly Machine[] | undefined> {
  if (!selection || "next" in selection) return undefined;
  if ("group" in selection) return deps.ofGroup(selection.group);
  const chosen = new Map<number, Machine>();
  for (const text of selection.machines) {
    const machine = await oneMachine(deps.machines, text);
    chosen.set(machine.id, machine);
  }
  return [...chosen.values()];
}

/** Those that two machines would have. */
function sameNames(machines: readonly { readonly hostname?: string }[]): string[] {
  const names = machines.flatMap(({ hostname }) => (hostname === undefined ? [] : [hostname]));
  const byName = Map.groupBy(names, (name) => name.toLowerCase());
  return [...byName.values()].flatMap(([name = "", ...more]) => (more.length > 0 ? [name] : []));
}
