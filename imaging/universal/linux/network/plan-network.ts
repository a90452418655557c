import type { Sentence } from "#base/sentence.ts";
import type { Draft } from "#imaging/installed/draft.ts";
import {
  assignCards,
  type CardUse,
  type CardWishes,
  type Fate,
  isPhysical,
  type OldCard,
  oldCards,
} from "#imaging/universal/linux/network/card.ts";
import { giveName } from "#imaging/universal/linux/network/give-name.ts";
import { ifcfg } from "#imaging/universal/linux/network/ifcfg.ts";
import { ifupdown } from "#imaging/universal/linux/network/ifupdown.ts";
import { netplan } from "#imaging/universal/linux/network/netplan.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { networkManager } from "#imaging/universal/linux/network/network-manager.ts";
import { networkd } from "#imaging/universal/linux/network/networkd.ts";
import { udevNames } from "#imaging/universal/linux/network/udev-names.ts";
import { say } from "#imaging/words/say.ts";

const FORMATS: readonly NetworkFormat[] = [netplan, networkd, networkManager, ifcfg, ifupdown, udevNames];

/**
 * The network comes up on the new machine as it did on the old one. Two things tie settings to a card: its address, which is
 * replaced, and its name, which depends on the slot that it is in and is given to the new card.
 */
export async function planNetwork(draft: Draft, wishes: CardWishes): Promise<void> {
  const given = await namesGiven(draft);
  const isCard = (name: string) => isPhysical(name) || given.has(name);
  const uses = (await Promise.all(FORMATS.map((format) => format.find(draft, isCard)))).flat();
  const cards = oldCards(uses);
  const fates = assignCards(cards, wishes);
  const fateOf = ({ name, mac }: Pick<CardUse, "name" | "mac">): Fate => {
    const card = cards.find(
      (one) => (mac !== undefined && one.macs.includes(mac)) || (name !== undefined && one.name === name),
    );
    if (card) return fates.get(card) ?? { is: "unknown" };
    const isHere = wishes.interfaces?.some((one) => one.mac !== undefined && one.mac.toLowerCase() === mac);
    return { is: isHere ? "same" : "gone" };
  };
  for (const format of FORMATS) await format.adapt(draft, fateOf);
  const named = await namesGiven(draft);
  for (const [card, fate] of fates) {
    if (card.name !== undefined && !named.has(card.name) && !isNamedSo(card, fate))
      await giveName(draft, card.kind, card.name, fate);
    if (fate.is === "unknown") draft.problems.push(unknown(card, wishes));
  }
}

/** Names that a rule of udev or a .link file gives to cards, one of them or whichever is there. */
async function namesGiven(draft: Draft): Promise<Set<string>> {
  const uses = [...(await udevNames.find(draft, isPhysical)), ...(await networkd.find(draft, isPhysical))];
  const names = uses.flatMap(({ name, isNamer }) => (isNamer && name !== undefined ? [name] : []));
  for (const path of await draft.files("/etc/systemd/network", (name) => name.endsWith(".link"))) {
    const text = (await draft.text(path)) ?? "";
    const name = /^Path=\*$/m.test(text) ? /^Name=(\S+)$/m.exec(text)?.[1] : undefined;
    if (name !== undefined) names.push(name);
  }
  return new Set(names);
}

/** The card has the name here by itself. */
const isNamedSo = ({ name }: OldCard, fate: Fate): boolean =>
  fate.is === "new" && fate.name === name && !/^eth|^wlan/.test(name ?? "");

function unknown({ kind, name, macs }: OldCard, { interfaces }: CardWishes): Sentence {
  const called = [name, ...macs].filter((word) => word !== undefined).join(", ");
  const here = interfaces?.map((one) => [one.name, one.mac].filter((word) => word !== undefined).join(" ")).join("; ");
  const choice =
    here === undefined
      ? say("linux.here-unknown")
      : here === ""
        ? say("linux.here-none")
        : say("linux.here", { cards: here });
  return say("linux.card-unknown", { isWireless: kind === "wireless", card: called, choice });
}
