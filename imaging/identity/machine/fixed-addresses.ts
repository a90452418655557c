import type { Draft } from "#imaging/installed/draft.ts";
import { say } from "#imaging/words/say.ts";

const ADDRESS = String.raw`(\d{1,3}(?:\.\d{1,3}){3})`;
/** Where settings give a card a fixed address, and how it stands there. */
const PLACES: readonly (readonly [folder: string, names: RegExp, setting: RegExp])[] = [
  ["/etc/netplan", /\.ya?ml$/, new RegExp(`(?:addresses\\s*:\\s*\\[\\s*|^\\s*-\\s*)["']?${ADDRESS}/\\d`, "gm")],
  ["/etc/systemd/network", /\.network$/, new RegExp(`^\\s*Address\\s*=\\s*${ADDRESS}`, "gm")],
  ["/etc/NetworkManager/system-connections", /./, new RegExp(`^\\s*address\\d+\\s*=\\s*${ADDRESS}`, "gm")],
  ["/etc/sysconfig/network-scripts", /^ifcfg-(?!lo$)/, new RegExp(`^\\s*IPADDR\\d*=["']?${ADDRESS}`, "gm")],
  ["/etc/sysconfig/network", /^ifcfg-(?!lo$)/, new RegExp(`^\\s*IPADDR\\w*=["']?${ADDRESS}`, "gm")],
  ["/etc/network", /^interfaces$/, new RegExp(`^\\s*address\\s+${ADDRESS}`, "gm")],
  ["/etc/network/interfaces.d", /./, new RegExp(`^\\s*address\\s+${ADDRESS}`, "gm")],
];

/** Two machines with one address is what a copy is noticed by first. It stays: another one is not known here. */
export async function tellFixedAddresses(draft: Draft): Promise<void> {
  for (const [folder, names, setting] of PLACES)
    for (const path of await draft.files(folder, (name) => names.test(name))) {
      const found = [...((await draft.text(path)) ?? "").matchAll(setting)].flatMap(([, address]) => address ?? []);
      if (found.length > 0) draft.notes.push(say("identity.address", { path, list: found }));
    }
}
