/** A network card of the machine that the system comes to. */
export interface NewInterface {
  /** As the kernel here calls it; another kernel may call it otherwise. */
  readonly name?: string | undefined;
  /** "52:54:00:12:34:56". */
  readonly mac?: string | undefined;
  /** Ethernet when not said. */
  readonly kind?: CardKind | undefined;
  /** A cable is in it. */
  readonly hasLink?: boolean | undefined;
}

export type CardKind = "ethernet" | "wireless";

/** A network card of the old machine, as a configuration names it: by its name, its address, or both. */
export interface CardUse {
  readonly kind: CardKind;
  readonly name?: string | undefined;
  /** Small letters. */
  readonly mac?: string | undefined;
  /** Something gives the card this name by its address, but nothing else is known to want that name. */
  readonly isNamer?: boolean;
}

/** A card that some configurations are for. */
export interface OldCard {
  readonly kind: CardKind;
  readonly name: string | undefined;
  readonly macs: readonly string[];
}

/** What becomes of what was meant for an old card. */
export type Fate =
  /** It is in the new machine too. */
  | { readonly is: "same" }
  | { readonly is: "new"; readonly mac: string; readonly name: string | undefined }
  /** Which one it will be is not known; the old machine used one card of its kind, so the only one here takes its place. */
  | { readonly is: "only"; readonly name: string | undefined }
  | { readonly is: "unknown" }
  /** No configuration wants it. */
  | { readonly is: "gone" };

/** Names that a kernel, udev (systemd.net-naming-scheme(7)) or biosdevname gives to cards; not bridges, VLANs, tunnels. */
const PHYSICAL = /^(?:eth\d+|en[a-z]\w*|em\d+|p\d+p\d+|wl\w+|wlan\d+)$/;

export const isPhysical = (name: string): boolean => PHYSICAL.test(name);
export const kindOf = (name: string): CardKind => (name.startsWith("wl") ? "wireless" : "ethernet");
export const MAC = /[0-9a-f]{2}(?::[0-9a-f]{2}){5}/i;

/**
 * Uses of the same name or address are for one card, and what gives a name by an address ties both together. A name that is only
 * given, and that nothing wants, is no card.
 */
export function oldCards(uses: readonly CardUse[]): OldCard[] {
  let groups: CardUse[][] = [];
  for (const use of uses) {
    const isSame = (other: CardUse) =>
      (use.name !== undefined && other.name === use.name) || (use.mac !== undefined && other.mac === use.mac);
    const joined = groups.filter((group) => group.some(isSame));
    groups = [...groups.filter((group) => !joined.includes(group)), [...joined.flat(), use]];
  }
  return groups
    .filter((group) => group.some(({ isNamer }) => !isNamer))
    .map((group) => {
      const wanted = group.filter(({ isNamer }) => !isNamer);
      const named = [...wanted, ...group].find(({ name }) => name !== undefined);
      const macs = new Set(group.flatMap(({ mac }) => mac ?? []));
      return { kind: (named ?? wanted[0] ?? group[0])?.kind ?? "ethernet", name: named?.name, macs: [...macs] };
    });
}

export interface CardWishes {
  /** Undefined when the new machine is not known. */
  readonly interfaces?: readonly NewInterface[] | undefined;
  /** By name or address of an old card, name or address of the new one. */
  readonly interfaceMap?: Readonly<Record<string, string>> | undefined;
}

/** Which new card takes whose place: who is asked for, who is there again, and the only one that is left for the only one. */
export function assignCards(
  cards: readonly OldCard[],
  { interfaces, interfaceMap = {} }: CardWishes,
): Map<OldCard, Fate> {
  const fates = new Map<OldCard, Fate>();
  const free = new Set(interfaces);
  const take = (card: OldCard, one: NewInterface | undefined): boolean => {
    if (!one) return false;
    free.delete(one);
    const mac = one.mac?.toLowerCase();
    const isSame = mac === undefined ? one.name === card.name : card.macs.includes(mac) || isSameName(card, one);
    if (isSame) fates.set(card, { is: "same" });
    else fates.set(card, mac === undefined ? { is: "unknown" } : { is: "new", mac, name: one.name });
    return true;
  };
  for (const card of cards) {
    const [, wish] = Object.entries(interfaceMap).find(([old]) => isCalled(card, old)) ?? [];
    if (wish === undefined) continue;
    const found = interfaces?.find(({ name, mac }) => name === wish || mac?.toLowerCase() === wish.toLowerCase());
    take(card, found ?? (MAC.test(wish) ? { mac: wish } : undefined));
  }
  for (const card of cards)
    if (!fates.has(card))
      take(
        card,
        interfaces?.find(({ mac }) => mac && card.macs.includes(mac.toLowerCase())),
      );
  for (const card of cards)
    if (!fates.has(card))
      take(
        card,
        [...free].find(({ name }) => name !== undefined && name === card.name),
      );
  for (const kind of ["ethernet", "wireless"] as const) {
    const left = cards.filter((card) => card.kind === kind && !fates.has(card));
    const [card] = left;
    if (card && left.length === 1 && take(card, theOne([...free].filter((one) => (one.kind ?? "ethernet") === kind))))
      continue;
    const isOnly = left.length === 1 && interfaces === undefined;
    for (const one of left) fates.set(one, isOnly ? { is: "only", name: one.name } : { is: "unknown" });
  }
  return fates;
}

const isCalled = ({ name, macs }: OldCard, old: string): boolean => name === old || macs.includes(old.toLowerCase());

/** A card that is bound to no address, and whose name is here already. */
const isSameName = ({ name, macs }: OldCard, one: NewInterface): boolean => macs.length === 0 && name === one.name;

function theOne(interfaces: readonly NewInterface[]): NewInterface | undefined {
  if (interfaces.length === 1) return interfaces[0];
  const linked = interfaces.filter(({ hasLink }) => hasLink);
  return linked.length === 1 ? linked[0] : undefined;
}
