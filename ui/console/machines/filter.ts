import type { Machine } from "#pxe/console/contract.ts";

export interface Wanted {
  /** Words that are all in what is known of it: name, group, note, MACs, address, serial number, UUID, model. */
  readonly search: string;
  /** "": any. */
  readonly group: string;
}

const plain = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** What a machine is called in a list: its name, else its first MAC, else its UUID. */
export const callMachine = ({ name, macs, uuid, id }: Pick<Machine, "name" | "macs" | "uuid" | "id">): string =>
  name !== "" ? name : (macs[0] ?? uuid ?? `#${id}`);

export const modelOf = ({ vendor, product }: Pick<Machine, "vendor" | "product">): string =>
  [vendor, product].filter((word) => word !== undefined && word !== "").join(" ");

function isMeant(machine: Machine, { search, group }: Wanted): boolean {
  if (group !== "" && machine.group !== group) return false;
  const { name, note, macs, address = "", serial = "", uuid = "", id } = machine;
  const known = plain(
    [name, machine.group, note, ...macs, address, serial, uuid, modelOf(machine), `#${id}`].join("\n"),
  );
  // A MAC is also typed with dashes, as Windows shows it.
  return plain(search)
    .split(/\s+/)
    .every((word) => known.includes(word) || (word.length >= 5 && known.includes(word.replaceAll("-", ":"))));
}

export const filterMachines = (machines: readonly Machine[], wanted: Wanted): Machine[] =>
  machines.filter((machine) => isMeant(machine, wanted));

export const groupsOf = (machines: readonly Machine[]): string[] =>
  [...new Set(machines.map(({ group }) => group))]
    .filter((group) => group !== "")
    .toSorted((a, b) => a.localeCompare(b));
