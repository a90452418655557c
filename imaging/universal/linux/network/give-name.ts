import type { Draft } from "#imaging/installed/draft.ts";
import type { CardKind, Fate } from "#imaging/universal/linux/network/card.ts";
import { say } from "#imaging/words/say.ts";

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
  const isWireless = kind === "wireless";
  const why =
    fate.is === "new"
      ? say("linux.card-named", { mac: fate.mac, name: fate.name ?? "", called: name })
      : say("linux.card-only", { isWireless, called: name });
  if (await readsLinks(draft)) {
    const match = fate.is === "new" ? [`MACAddress=${fate.mac}`] : ["Path=*"];
    const lines = ["# By Lifeboat: the settings of this system call it so.", "[Match]", ...match];
    lines.push(`Type=${isWireless ? "wlan" : "ether"}`, "", "[Link]", `Name=${name}`, "");
    await draft.write(`${LINKS}/70-lifeboat-${name}.link`, lines.join("\n"), why, 0o644);
    return;
  }
  // Without it the kernel counts: the only card is eth0, or wlan0.
  if (fate.is === "only" && /^(eth|wlan)0$/.test(name)) return;
  const match = fate.is === "new" ? `ATTR{address}=="${fate.mac}"` : 'DRIVERS=="?*"';
  const rule = `SUBSYSTEM=="net", ACTION=="add", ${match}, ATTR{type}=="1", KERNEL=="${isWireless ? "wl" : "e"}*", NAME="${name}"`;
  const before = (await draft.text(RULES)) ?? "";
  if (!before.includes(rule)) await draft.write(RULES, `${before}${rule}\n`, why, 0o644);
}

async function readsLinks(draft: Draft): Promise<boolean> {
  if ((await draft.has(SWITCHED_OFF)) && !(await draft.text(SWITCHED_OFF))) return false;
  for (const path of READS_LINKS) if (await draft.has(path)) return true;
  return false;
}
