import type { Draft } from "#imaging/installed/draft.ts";
import { type CardUse, isPhysical, kindOf, MAC } from "#imaging/universal/linux/network/card.ts";
import { editIni, iniLines } from "#imaging/universal/linux/network/ini-file.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { say } from "#imaging/words/say.ts";

const FOLDER = "/etc/systemd/network";
/** Keys of [Match] that say one card of one machine (systemd.link(5), systemd.network(5)). */
const BOUND = ["MACAddress", "PermanentMACAddress", "Path"];

const files = (draft: Draft): Promise<string[]> => draft.files(FOLDER, (name) => /\.(link|network)$/.test(name));

/** The card that a file is for; undefined when it is for many, or for none that is made of metal. */
function useIn(path: string, text: string, isCard = isPhysical): (CardUse & { readonly isBound: boolean }) | undefined {
  const lines = iniLines(text);
  const match = (key: string) => lines.find((line) => line.section === "Match" && line.key === key)?.value;
  const mac = MAC.exec(match("MACAddress") ?? match("PermanentMACAddress") ?? "")?.[0].toLowerCase();
  const place = match("Path");
  const isBound = mac !== undefined || (place !== undefined && !place.includes("*"));
  const isLink = path.endsWith(".link");
  const given = isLink ? lines.find(({ section, key }) => section === "Link" && key === "Name")?.value : match("Name");
  const name = given !== undefined && (isLink || isCard(given)) ? given : undefined;
  if (!isBound && (isLink || name === undefined)) return undefined;
  const kind = match("Type") === "wlan" ? "wireless" : kindOf(name ?? "");
  return { kind, name, mac, isBound, ...(isLink ? { isNamer: true } : {}) };
}

/** systemd-networkd's .network files, and the .link files by which udev names cards. */
export const networkd: NetworkFormat = {
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
      const text = (await draft.text(path)) ?? "";
      const use = useIn(path, text);
      if (!use?.isBound) continue;
      const fate = fateOf(use);
      if (fate.is === "new")
        await draft.write(path, bound(text, [`MACAddress=${fate.mac}`]), say("linux.card-new", { mac: fate.mac }));
      if (fate.is !== "only") continue;
      const any = path.endsWith(".link")
        ? [`Type=${use.kind === "wireless" ? "wlan" : "ether"}`, "Path=*"]
        : [`Name=${use.name ?? fate.name ?? (use.kind === "wireless" ? "wl*" : "e*")}`];
      await draft.write(path, bound(text, any), say("linux.card-match", { list: any }));
    }
  },
};

/** The match with other lines in place of those that say one card. */
function bound(text: string, lines: readonly string[]): string {
  const keys = lines.map((line) => line.split("=")[0]);
  let isDone = false;
  return editIni(text, ({ section, key }) => {
    if (section !== "Match" || !(BOUND.includes(key) || keys.includes(key))) return undefined;
    if (isDone) return null;
    isDone = true;
    return lines.join("\n");
  });
}
