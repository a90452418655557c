import type { NewIdentity } from "#imaging/layout/identity.ts";
import { mappedName } from "#imaging/volume/lvm/mapped-name.ts";

/** Old names to new ones, by the forms that they have in configuration files. */
export interface NewNames {
  /** UUIDs and serial numbers in lower case; UUIDs without dashes too, as GRUB's cryptomount takes them. */
  readonly ids: ReadonlyMap<string, string>;
  /** UUIDs of LVM, with their dashes and without. */
  readonly lvmIds: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, string>;
  /** "vg0/root" */
  readonly volumes: ReadonlyMap<string, string>;
  /** "vg0-root", as device mapper calls it. */
  readonly mapped: ReadonlyMap<string, string>;
}

export function newNames({ references, groups = [] }: Pick<NewIdentity, "references" | "groups">): NewNames {
  const ids = references.map(({ from, to }): [string, string] => [from.toLowerCase(), to]);
  const lvmIds = groups.flatMap((group) => group.ids.map(({ from, to }): [string, string] => [from, to]));
  const pairs = (name: (group: string, volume: string) => string) =>
    groups.flatMap(({ from, to, volumes }) =>
      volumes.map((volume): [string, string] => [name(from, volume), name(to, volume)]),
    );
  return {
    ids: new Map([...ids, ...withoutDashes(ids.filter(([from]) => from.length === 36))]),
    lvmIds: new Map([...lvmIds, ...withoutDashes(lvmIds)]),
    groups: new Map(groups.map(({ from, to }) => [from, to])),
    volumes: new Map(pairs((group, volume) => `${group}/${volume}`)),
    mapped: new Map(pairs(mappedName)),
  };
}

const withoutDashes = (pairs: readonly [string, string][]): [string, string][] =>
  pairs.map(([from, to]) => [from.replaceAll("-", ""), to.replaceAll("-", "")]);

/** Texts one of which stands in every file that names something anew, in whatever case. */
export const marksOf = ({ ids, lvmIds, groups, mapped }: NewNames): string[] => [
  ...new Set([...ids.keys(), ...lvmIds.keys(), ...groups.keys(), ...mapped.keys()]),
];
