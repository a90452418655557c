import type { Draft } from "#imaging/installed/draft.ts";
import { type CardUse, kindOf, MAC } from "#imaging/universal/linux/network/card.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { say } from "#imaging/words/say.ts";

const MAIN = "/etc/network/interfaces";
/** Lines with names of cards; "eth0:1" is another address of eth0, "eth0.5" a VLAN on it. */
const NAMES =
  /^[ \t]*(?:auto|allow-\w+|iface|bridge[_-]ports|bond[_-]slaves|slaves|bond[_-]primary|vlan[_-]raw[_-]device|rename)[ \t]+(.*)$/gm;
const BY_ADDRESS = /\bmac\/([0-9a-f]{2}(?::[0-9a-f]{2}){5})/gi;

const files = async (draft: Draft): Promise<string[]> => [
  ...((await draft.has(MAIN)) ? [MAIN] : []),
  ...(await draft.files("/etc/network/interfaces.d", (name) => /^[\w.-]+$/.test(name))),
];

/** Debian's ifupdown (interfaces(5)). It knows cards by name, and newer ones also as "mac/ADDRESS". */
export const ifupdown: NetworkFormat = {
  async find(draft, isCard) {
    const uses: CardUse[] = [];
    for (const path of await files(draft)) {
      const text = (await draft.text(path)) ?? "";
      const words = [...text.matchAll(NAMES)].flatMap(([, rest = ""]) => rest.split(/\s+/));
      const names = new Set(words.map((word) => word.replace(/[:.].*$/, "")).filter(isCard));
      for (const name of names) uses.push({ kind: kindOf(name), name });
      for (const [, mac = ""] of text.matchAll(BY_ADDRESS)) uses.push({ kind: "ethernet", mac: mac.toLowerCase() });
    }
    return uses;
  },
  async adapt(draft, fateOf) {
    for (const path of await files(draft))
      await draft.edit(path, say("linux.cards"), (text) =>
        text.replace(BY_ADDRESS, (whole, mac: string) => {
          const fate = fateOf({ mac: mac.toLowerCase() });
          if (fate.is === "new") return whole.replace(MAC, fate.mac);
          return fate.is === "only" ? "e*" : whole;
        }),
      );
  },
};
