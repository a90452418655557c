import type { Draft } from "#imaging/installed/draft.ts";
import { type CardUse, MAC } from "#imaging/universal/linux/network/card.ts";
import { editIni, iniLines } from "#imaging/universal/linux/network/ini-file.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { say } from "#imaging/words/say.ts";

const FOLDER = "/etc/NetworkManager/system-connections";
const WIRED = ["ethernet", "802-3-ethernet"];
const WIRELESS = ["wifi", "802-11-wireless"];

/** @returns undefined for a profile that is for any card, or for none that is made of metal */
function useIn(text: string): CardUse | undefined {
  const lines = iniLines(text);
  const settingOf = (sections: readonly string[], key: string) =>
    lines.find((line) => sections.includes(line.section) && line.key === key)?.value;
  const type = settingOf(["connection"], "type") ?? "";
  const kind = WIRED.includes(type) ? "ethernet" : WIRELESS.includes(type) ? "wireless" : undefined;
  if (kind === undefined) return undefined;
  const mac = MAC.exec(settingOf([...WIRED, ...WIRELESS], "mac-address") ?? "")?.[0].toLowerCase();
  const name = settingOf(["connection"], "interface-name") || undefined;
  return mac === undefined && name === undefined ? undefined : { kind, name, mac };
}

const isAddress = ({ section, key }: { section: string; key: string }): boolean =>
  key === "mac-address" && [...WIRED, ...WIRELESS].includes(section);

/** NetworkManager's profiles (nm-settings-keyfile(5)). */
export const networkManager: NetworkFormat = {
  async find(draft) {
    const uses: CardUse[] = [];
    for (const path of await draft.files(FOLDER)) {
      const use = useIn((await draft.text(path)) ?? "");
      if (use) uses.push(use);
    }
    return uses;
  },
  async adapt(draft, fateOf) {
    for (const path of await draft.files(FOLDER)) {
      const text = (await draft.text(path)) ?? "";
      const use = useIn(text);
      if (use?.mac !== undefined) await adaptProfile(draft, path, use.mac, fateOf(use));
    }
  },
};

async function adaptProfile(
  draft: Draft,
  path: string,
  mac: string,
  fate: ReturnType<Parameters<NetworkFormat["adapt"]>[1]>,
) {
  if (fate.is === "new")
    await draft.edit(path, say("linux.card-instead", { mac: fate.mac, old: mac }), (text) =>
      editIni(text, (line) => (isAddress(line) ? `mac-address=${fate.mac.toUpperCase()}` : undefined)),
    );
  if (fate.is === "only")
    await draft.edit(path, say("linux.card-any", { old: mac }), (text) =>
      editIni(text, (line) => (isAddress(line) ? null : undefined)),
    );
}
