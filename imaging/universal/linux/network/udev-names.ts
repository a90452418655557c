import type { Draft } from "#imaging/installed/draft.ts";
import { type CardUse, kindOf, MAC } from "#imaging/universal/linux/network/card.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { editLines } from "#imaging/universal/linux/table-line.ts";
import { say } from "#imaging/words/say.ts";

const FOLDER = "/etc/udev/rules.d";
const ADDRESS = /\bATTRS?\{address\}=="([^"]+)"/;
/** A place on the PCI bus, as in rules that Red Hat's and SUSE's installers write. */
const PLACE = /\bKERNELS=="([\da-f]{4}:[\da-f]{2}:[\da-f]{2}\.\d)"/i;
const NAME = /\bNAME:?="([^"]+)"/;

const files = (draft: Draft): Promise<string[]> => draft.files(FOLDER, (name) => name.endsWith(".rules"));

/** @returns undefined for a line that names no card */
function useOf(line: string): CardUse | undefined {
  const name = NAME.exec(line)?.[1];
  if (/^\s*#/.test(line) || name === undefined || !/SUBSYSTEMS?=="net"/.test(line)) return undefined;
  const mac = MAC.exec(ADDRESS.exec(line)?.[1] ?? "")?.[0].toLowerCase();
  if (mac === undefined && !PLACE.test(line)) return undefined;
  return { kind: kindOf(name), name, mac, isNamer: true };
}

/**
 * Rules by which udev names cards by their addresses: 70-persistent-net.rules, as systems wrote them themselves for every card
 * that they ever saw.
 */
export const udevNames: NetworkFormat = {
  async find(draft) {
    const uses: CardUse[] = [];
    for (const path of await files(draft))
      uses.push(...((await draft.text(path)) ?? "").split("\n").flatMap((line) => useOf(line) ?? []));
    return uses;
  },
  async adapt(draft, fateOf) {
    for (const path of await files(draft))
      await draft.edit(path, say("linux.cards-named"), (text) =>
        editLines(text, (line) => {
          const use = useOf(line);
          if (!use) return line;
          const fate = fateOf(use);
          if (fate.is === "same" || fate.is === "unknown") return line;
          if (fate.is !== "new") return `# Lifeboat: ${line}`;
          const address = `ATTR{address}=="${fate.mac}"`;
          return ADDRESS.test(line) ? line.replace(ADDRESS, address) : line.replace(PLACE, address);
        }),
      );
  },
};
