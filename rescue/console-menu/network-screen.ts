import type { Link, NetworkState, WifiNetwork } from "#rescue/api/contract.ts";
import { ask, type Choice, choose } from "#rescue/console-menu/ask.ts";
import { attempt, type Context } from "#rescue/console-menu/context.ts";
import { messages } from "#rescue/console-menu/messages.ts";

const m = messages.network;

/** Cards and their addresses; DHCP once more; Wi-Fi. Fixed addresses, VLANs and bonds are for the command and for settings. */
export async function networkScreen(context: Context): Promise<void> {
  const { terminal, client } = context;
  const { title, none } = m;
  let state = await attempt(context, title, () => client.call("network"));
  while (state) {
    const problems = state.entries.flatMap(({ name, problem }) => (problem ? [m.problem(name, problem.text)] : []));
    const lead = [m.lead([...state.dns, ...state.searchDomains].join(", ") || m.noDns), ...problems].join(" ");
    const letters = { d: m.dhcp, w: m.wifi, r: m.again };
    const chosen = await choose(terminal, { title, lead, choices: state.links.map(linkChoice), none, letters });
    if (chosen.type === "back") return;
    const { settings } = state;
    if (chosen.type === "letter" && chosen.letter === "d") {
      const body = { network: { ...settings, interfaces: "auto" as const } };
      await attempt(context, title, () => client.call("setNetwork", { body }));
    }
    if (chosen.type === "letter" && chosen.letter === "w") await joinWifi(context, state);
    state = await attempt(context, title, () => client.call("network"));
  }
}

function linkChoice(link: Link): Choice<Link> {
  const { device, driver, mac, addresses } = link;
  return {
    value: link,
    label: `${device}: ${addresses.length > 0 ? m.addresses(addresses.join(", ")) : m.noAddress}`,
    detail: m.card(linkText(link), driver ?? "-", mac),
  };
}

function linkText({ isUp, hasLink, speed, wifi }: Link): string {
  if (!isUp) return m.off;
  if (!hasLink) return m.noLink;
  if (wifi) return wifi.ssid;
  return speed === undefined ? m.link : m.speed(speed);
}

async function joinWifi(context: Context, { settings, links }: NetworkState): Promise<void> {
  const { client } = context;
  const network = await chooseNetwork(context);
  if (!network) return;
  const { ssid, security } = network;
  const password = security === "open" ? undefined : await askPassword(context, ssid);
  if (security !== "open" && password === undefined) return;
  const wired = links
    .filter(({ kind, isHardware }) => kind === "ethernet" && isHardware)
    .map(({ device }) => ({ kind: "ethernet" as const, name: device, device }));
  const others = settings.interfaces === "auto" ? wired : settings.interfaces.filter(({ kind }) => kind !== "wifi");
  const wifi = {
    kind: "wifi" as const,
    name: "wifi",
    ssid,
    security: security === "open" ? ("open" as const) : ("wpa" as const),
  };
  const body = { network: { ...settings, interfaces: [...others, wifi] } };
  await attempt(context, m.title, async () => {
    await client.call("setNetwork", { body });
    const missing = (await client.call("settings")).missing.find(({ what }) => what.includes(ssid));
    if (missing && password !== undefined)
      await client.call("giveSecret", { body: { name: missing.name, secret: password } });
  });
}

async function chooseNetwork(context: Context): Promise<WifiNetwork | undefined> {
  const { terminal, client } = context;
  for (;;) {
    const heard = await attempt(context, m.scan, () => client.call("scanWifi"));
    if (!heard) return undefined;
    const choices = heard.map(
      (network): Choice<WifiNetwork> => ({
        value: network,
        label: network.ssid,
        detail: m.heard(network.signal, m.security[network.security]),
        ...(network.security === "other" && { refusal: m.security.other }),
      }),
    );
    const letters = { r: m.again };
    const chosen = await choose(terminal, { title: m.scan, choices, none: m.noneHeard, letters });
    if (chosen.type === "back") return undefined;
    if (chosen.type === "chosen") return chosen.value;
  }
}

const askPassword = ({ terminal }: Context, ssid: string): Promise<string | undefined> =>
  ask(terminal, { title: m.title, lead: [m.password(ssid)], field: messages.shares.passwordField, isSecret: true });
