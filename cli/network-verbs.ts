import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { table } from "#cli/output.ts";
import { readPassword } from "#cli/password-input.ts";
import { clientOf, type ServerOption, withServer } from "#cli/server-option.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { Client } from "#rescue/api/client.ts";
import { api, type Link, type Network, type NetworkState, type WifiNetwork } from "#rescue/api/contract.ts";

interface WifiOptions extends ServerOption {
  open?: boolean;
  hidden?: boolean;
  passwordFile?: string;
}

/** `network VERB`: cards and addresses of the rescue system. */
export function addNetworkVerbs(program: Command): void {
  const network = program.command("network").description("cards, addresses and Wi-Fi of the rescue system");
  withServer(
    verb(network, "show", "the cards, with their links, drivers and addresses, and what the settings say"),
  ).action(async (options: ServerOption, command: Command) => {
    const state = await clientOf(options).call("network");
    outputOf(command).result(state, () => describeNetwork(state));
  });
  withServer(verb(network, "set", "take network settings from a file: what `network show --json` prints as `settings`"))
    .argument("<file>", "JSON; docs/rescue-system.md explains it")
    .action(async (file: string, options: ServerOption, command: Command) => {
      const state = await clientOf(options).call("setNetwork", { body: { network: await readNetwork(file) } });
      outputOf(command).result(state, () => describeNetwork(state));
    });
  withServer(verb(network, "dhcp", "every wired card asks DHCP and the router, as without settings")).action(
    async (options: ServerOption, command: Command) => {
      const client = clientOf(options);
      const { settings } = await client.call("network");
      const state = await client.call("setNetwork", { body: { network: { ...settings, interfaces: "auto" } } });
      outputOf(command).result(state, () => describeNetwork(state));
    },
  );
  withServer(verb(network, "scan", "the Wi-Fi networks that are heard")).action(
    async (options: ServerOption, command: Command) => {
      const found = await clientOf(options).call("scanWifi");
      outputOf(command).result(found, () => describeScan(found));
    },
  );
  addWifiVerb(network);
}

function addWifiVerb(network: Command): void {
  withServer(verb(network, "wifi", "join a Wi-Fi network; the wired cards stay as they are"))
    .argument("<name>", "of the network, as `network scan` shows it")
    .option("--open", "it has no password")
    .option("--hidden", "it does not tell its name")
    .option("--password-file <file>", "its password; - is standard input")
    .action(async (ssid: string, options: WifiOptions, command: Command) => {
      const client = clientOf(options);
      const password = options.open
        ? undefined
        : await readPassword({
            ...{ what: `the password of ${ssid}`, option: "--password-file", file: options.passwordFile },
          });
      const state = await joinWifi(client, { ssid, hidden: options.hidden === true, password });
      outputOf(command).result(state, () => describeNetwork(state));
    });
}

async function joinWifi(client: Client, wish: { ssid: string; hidden: boolean; password: string | undefined }) {
  const { ssid, hidden, password } = wish;
  const { settings } = await client.call("network");
  const security = password === undefined ? ("open" as const) : ("wpa" as const);
  const wired =
    settings.interfaces === "auto"
      ? await wiredEntries(client)
      : settings.interfaces.filter(({ kind }) => kind !== "wifi");
  const interfaces = [...wired, { kind: "wifi" as const, name: "wifi", ssid, hidden, security }];
  const state = await client.call("setNetwork", { body: { network: { ...settings, interfaces } } });
  if (password === undefined) return state;
  const name = (await client.call("settings")).missing.find(({ what }) => what.includes(ssid))?.name;
  if (name !== undefined) await client.call("giveSecret", { body: { name, secret: password } });
  return client.call("network");
}

/** What `auto` stood for, written out, as a Wi-Fi network is beside them. */
const wiredEntries = async (client: Client) =>
  (await client.call("network")).links
    .filter(({ kind, isHardware }) => kind === "ethernet" && isHardware)
    .map(({ device }) => ({ kind: "ethernet" as const, name: device, device }));

async function readNetwork(file: string): Promise<Network> {
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: cause.message }, { cause });
  });
  try {
    return api.setNetwork.body.parse({ network: JSON.parse(text) }).network;
  } catch (cause) {
    throw new LifeboatError("SETTINGS_INVALID", { file, path: "", problem: (cause as Error).message }, { cause });
  }
}

function describeNetwork({ links, entries, dns, searchDomains }: NetworkState): string {
  const rows = links.map((link) => [
    link.device,
    link.kind,
    link.mac,
    linkText(link),
    link.driver ?? "",
    addressText(link),
  ]);
  const problems = entries.flatMap(({ name, problem }) => (problem ? [`! ${name}: ${problem.text}`] : []));
  return [
    table([["card", "kind", "address of the card", "link", "driver", "addresses"], ...rows]),
    `DNS servers: ${dns.join(", ") || "none"}${searchDomains.length > 0 ? `; short names in ${searchDomains.join(", ")}` : ""}`,
    ...problems,
  ].join("\n");
}

function linkText({ isUp, hasLink, speed, wifi }: Link): string {
  if (!isUp) return "off";
  if (!hasLink) return "no link";
  if (wifi) return `${wifi.ssid}${wifi.signal === undefined ? "" : ` ${wifi.signal} dBm`}`;
  return speed === undefined ? "link" : `${speed} Mbit/s`;
}

const addressText = ({ addresses, gateways }: Link): string =>
  [addresses.join(", "), ...(gateways.length > 0 ? [`by ${gateways.join(", ")}`] : [])].filter(Boolean).join(" ") ||
  "-";

const describeScan = (found: readonly WifiNetwork[]): string =>
  found.length === 0
    ? "No Wi-Fi network is heard."
    : table([
        ["network", "signal", "security", "MHz"],
        ...found.map(({ ssid, signal, security, frequency }) => [ssid, `${signal} dBm`, security, String(frequency)]),
      ]);
