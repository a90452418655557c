import type { Draft } from "#imaging/installed/draft.ts";
import { type CardKind, type Fate, kindText } from "#imaging/universal/linux/network/card.ts";

const LINKS = "/etc/systemd/network";
const RULES = "/etc/udev/rules.d/70-lifeboat-net.rules";
/** udev's own way of naming cards, since systemd 197. */
const READS_LINKS = ["/usr/lib/udev/rules.d/80-net-setup-link.rules", "/lib/udev/rules.d/80-net-setup-link.rules"];
const SWITCHED_OFF = "/etc/udev/rules.d/80-net-setup-link.rules";

/**
 * Lets a new card have the old one's name. So all that goes by the name stays true, whatever program it belongs to: bridges,
 * firewalls, containers. Virtual cards have no path, and a VLAN is of another type though its address is the same.
 */
export async function giveName(draft: Draft, kind: CardKind, name: string, fate: Fate): Promise<void> {
  if (fate.is !== "new" && fate.is !== "only") return;
  if (!/^[\w.-]{1,15}$/.test(name)) return;
  const text =
    fate.is === "new"
      ? `Calls the card ${fate.mac}${fate.name === undefined ? "" : ` (${fate.name})`} ${name}, as the old machine's was called, so that its network settings apply`
      : `Calls the only ${kindText(kind)} card ${name}, as the old machine's was called, so that its network settings apply; with several cards here, the first that is found gets them`;
  if (await readsLinks(draft)) {
    const match = fate.is === "new" ? [`MACAddress=${fate.mac}`] : ["Path=*"];
    const lines = ["# By Lifeboat: the settings of this system call it so.", "[Match]", ...match];
    lines.push(`Type=${kind === "wireless" ? "wlan" : "ether"}`, "", "[Link]", `Name=${name}`, "");
    await draft.write(`${LINKS}/70-lifeboat-${name}.link`, lines.join("\n"), text, 0o644);
    return;
  }
  // Without it the kernel counts: the only card is eth0, or wlan0.
  if (fate.is === "only" && /^(eth|wlan)0$/.test(name)) return;
  const match = fate.is === "new" ? `ATTR{address}=="${fate.mac}"` : 'DRIVERS=="?*"';
  const rule = `SUBSYSTEM=="net", ACTION=="add", ${match}, ATTR{type}=="1", KERNEL=="${kind === "wireless" ? "wl" : "e"}*", NAME="${name}"`;
  const before = (await draft.text(RULES)) ?? "";
  if (!before.includes(rule)) await draft.write(RULES, `${before}${rule}\n`, text, 0o644);
}

async function readsLinks(draft: Draft): Promise<boolean> {
  if ((await draft.has(SWITCHED_OFF)) && !(await draft.text(SWITCHED_OFF))) return false;
  for (const path of READS_LINKS) if (await draft.has(path)) return true;
  return false;
}
