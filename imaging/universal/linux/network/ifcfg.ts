import type { Draft } from "#imaging/installed/draft.ts";
import { type CardUse, isPhysical, kindOf, MAC } from "#imaging/universal/linux/network/card.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { say } from "#imaging/words/say.ts";

/** Red Hat's, and SUSE's. */
const FOLDERS = ["/etc/sysconfig/network-scripts", "/etc/sysconfig/network"];
const ADDRESS = /^[ \t]*HWADDR=.*\n?/m;

async function files(draft: Draft): Promise<string[]> {
  const wanted = (name: string) => /^ifcfg-(?!lo$)[^~]+$/.test(name) && !/\.(bak|orig|rpm\w+)$/.test(name);
  return (await Promise.all(FOLDERS.map((folder) => draft.files(folder, wanted)))).flat();
}

const settingOf = (text: string, key: string): string | undefined =>
  new RegExp(`^[ \\t]*${key}=["']?([^"'\\s#]*)`, "m").exec(text)?.[1] || undefined;

function useIn(path: string, text: string, isNamedCard = isPhysical): CardUse | undefined {
  const mac = MAC.exec(settingOf(text, "HWADDR") ?? "")?.[0].toLowerCase();
  const file = /ifcfg-([^/]+)$/.exec(path)?.[1] ?? "";
  const name = settingOf(text, "DEVICE") ?? (isNamedCard(file) ? file : undefined);
  const type = settingOf(text, "TYPE") ?? "Ethernet";
  const isCard = /^(ethernet|wireless)$/i.test(type) && (name === undefined || isNamedCard(name) || mac !== undefined);
  if (!isCard || (name === undefined && mac === undefined)) return undefined;
  return { kind: /wireless/i.test(type) ? "wireless" : kindOf(name ?? ""), name, mac };
}

/** ifcfg files (Red Hat: sysconfig.txt of initscripts; SUSE: ifcfg(5)). */
export const ifcfg: NetworkFormat = {
  async find(draft, isCard) {
    const uses: CardUse[] = [];
    for (const path of await files(draft)) {
      const use = useIn(path, (await draft.text(path)) ?? "", isCard);
      if (use) uses.push(use);
    }
    return uses;
  },
  async adapt(draft, fateOf) {
    for (const path of await files(draft)) {
      const use = useIn(path, (await draft.text(path)) ?? "");
      if (use?.mac === undefined) continue;
      const fate = fateOf(use);
      if (fate.is === "new")
        await draft.edit(path, say("linux.card-instead", { mac: fate.mac, old: use.mac }), (text) =>
          text.replace(ADDRESS, (line) => line.replace(MAC, fate.mac.toUpperCase())),
        );
      if (fate.is === "only")
        await draft.edit(path, say("linux.card-any", { old: use.mac }), (text) => text.replace(ADDRESS, ""));
    }
  },
};
