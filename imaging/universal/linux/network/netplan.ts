import type { Sentence } from "#base/sentence.ts";
import type { Draft } from "#imaging/installed/draft.ts";
import { type CardUse, type Fate, MAC } from "#imaging/universal/linux/network/card.ts";
import { type NetplanDevice, netplanDevices } from "#imaging/universal/linux/network/netplan-devices.ts";
import type { NetworkFormat } from "#imaging/universal/linux/network/network-format.ts";
import { say } from "#imaging/words/say.ts";

const FOLDERS = ["/etc/netplan", "/lib/netplan"];
const ADDRESS = /(["']?\bmacaddress["']?\s*:\s*)["']?[0-9a-fA-F:]{17}["']?/;
const SET_NAME_LINE = /\n[ \t]*["']?set-name["']?\s*:.*/;
const SET_NAME_WORD = /,\s*["']?set-name["']?\s*:\s*[^,}]+|["']?set-name["']?\s*:\s*[^,}]+,\s*/;

const files = async (draft: Draft): Promise<string[]> =>
  (await Promise.all(FOLDERS.map((folder) => draft.files(folder, (name) => /\.ya?ml$/.test(name))))).flat();

const macOf = ({ match }: NetplanDevice): string | undefined =>
  ADDRESS.test(match?.text ?? "") ? MAC.exec(match?.text ?? "")?.[0].toLowerCase() : undefined;

function useOf(device: NetplanDevice): CardUse | undefined {
  const mac = macOf(device);
  const matched = /["']?\bname["']?\s*:\s*["']?([^\s"',}]+)/.exec(device.match?.text ?? "")?.[1];
  const name = device.setName ?? (device.match ? matched : device.id);
  if (mac === undefined && (name === undefined || /[*?[]/.test(name))) return undefined;
  return { kind: device.kind, name, mac };
}

/** Ubuntu's netplan. */
export const netplan: NetworkFormat = {
  async find(draft) {
    const uses: CardUse[] = [];
    for (const path of await files(draft))
      uses.push(...netplanDevices((await draft.text(path)) ?? "").flatMap((device) => useOf(device) ?? []));
    return uses;
  },
  async adapt(draft, fateOf) {
    for (const path of await files(draft)) {
      let text = (await draft.text(path)) ?? "";
      const told: Sentence[] = [];
      // From the last to the first: what stands before stays where it is.
      for (const device of netplanDevices(text).reverse()) {
        const use = useOf(device);
        if (use?.mac === undefined) continue;
        const edited = adapted(text.slice(device.start, device.end), device, use, fateOf(use), told);
        text = text.slice(0, device.start) + edited + text.slice(device.end);
      }
      await draft.write(path, text, say("linux.cards-listed", { list: told }));
    }
  },
};

/** @param told gets what was done, in plain words. @returns the text of the device */
function adapted(
  text: string,
  { start, match, setName }: NetplanDevice,
  { kind, mac = "" }: CardUse,
  fate: Fate,
  told: Sentence[],
) {
  if (!match || !(fate.is === "new" || fate.is === "only")) return text;
  const [from, to] = [match.start - start, match.end - start];
  const put = (words: string) => text.slice(0, from) + match.text.replace(ADDRESS, words) + text.slice(to);
  if (fate.is === "new") {
    told.push(say("linux.is", { old: mac, name: fate.mac }));
    return put(`$1"${fate.mac}"`);
  }
  // A .link file gives the card the name (give-name.ts): netplan's own would look for what the kernel calls it at first.
  const name = setName ?? fate.name ?? (kind === "wireless" ? "wl*" : "e*");
  told.push(say("linux.card-whichever", { old: mac, name }));
  return put(`name: "${name}"`).replace(SET_NAME_LINE, "").replace(SET_NAME_WORD, "");
}
