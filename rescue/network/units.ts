import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { type Network, type NetworkInterface, wifiSecret } from "#base/medium/network.ts";
import { addressing } from "#rescue/network/addressing.ts";
import { automaticEntries, chooseCards, describeCard } from "#rescue/network/choose-cards.ts";
import type { Link } from "#rescue/network/link.ts";
import { type NetworkPaths, run, type Step, tryRun, type Unit } from "#rescue/network/step.ts";
import { wifiPasswordFault, wpaConfig } from "#rescue/network/wpa-config.ts";
import { secretMissing } from "#rescue/settings/secret-missing.ts";

type Entry<K extends NetworkInterface["kind"]> = Extract<NetworkInterface, { kind: K }>;

export interface PlannedNetwork {
  /** What others stand on comes before them. */
  readonly units: readonly Unit[];
  /** By the entry's name: why it is not among the units. */
  readonly problems: ReadonlyMap<string, LifeboatError>;
}

interface Context {
  readonly links: readonly Link[];
  /** From an entry's name to the kernel's name of its interface. */
  readonly devices: Map<string, string>;
  readonly secret: (name: string) => string | undefined;
  readonly paths: NetworkPaths;
}

/**
 * What the settings mean for the cards that are there. Pure: the same settings, cards and passwords give the same
 * units, so what changed between two plans is what has to be done.
 * @param secret gives a password by its name (`wifiSecret`)
 */
export function planUnits(
  network: Network,
  links: readonly Link[],
  secret: (name: string) => string | undefined,
  paths: NetworkPaths,
): PlannedNetwork {
  const entries = network.interfaces === "auto" ? automaticEntries(links) : network.interfaces;
  const ports = new Set(entries.flatMap((entry) => (entry.kind === "bond" ? entry.ports : [])));
  const context: Context = { links, devices: chooseCards(entries, links), secret, paths };
  const units: Unit[] = [];
  const problems = new Map<string, LifeboatError>();
  for (const entry of inOrder(entries)) {
    if (ports.has(entry.name)) continue;
    const planned = unitOf(entry, context);
    if (planned instanceof LifeboatError) problems.set(entry.name, planned);
    else {
      context.devices.set(entry.name, planned.device);
      units.push(planned);
    }
  }
  return { units, problems };
}

/** VLANs may stand on bonds, and bonds on cards. */
const RANK: Readonly<Record<NetworkInterface["kind"], number>> = { ethernet: 0, wifi: 0, bond: 1, vlan: 2 };
const inOrder = (entries: readonly NetworkInterface[]) => entries.toSorted((a, b) => RANK[a.kind] - RANK[b.kind]);

function unitOf(entry: NetworkInterface, context: Context): Unit | LifeboatError {
  switch (entry.kind) {
    case "ethernet":
      return cardUnit(entry, [], context);
    case "wifi":
      return wifiUnit(entry, context);
    case "bond":
      return bondUnit(entry, context);
    case "vlan":
      return vlanUnit(entry, context);
  }
}

interface Before {
  readonly up: readonly Step[];
  readonly down: readonly Step[];
}

function cardUnit(
  entry: Entry<"ethernet"> | Entry<"wifi">,
  before: readonly Before[],
  { devices, paths }: Context,
): Unit | LifeboatError {
  const device = devices.get(entry.name);
  if (device === undefined)
    return new LifeboatError("NETWORK_CARD_MISSING", { entry: entry.name, card: describeCard(entry) });
  const { up, down } = addressing(device, entry, paths);
  return {
    ...{ name: entry.name, device, on: [] },
    up: [...before.flatMap((part) => part.up), ...up],
    down: [...down, ...before.flatMap((part) => part.down)],
  };
}

function wifiUnit(entry: Entry<"wifi">, context: Context): Unit | LifeboatError {
  const { devices, links, secret, paths } = context;
  const use = wifiSecret(entry);
  const password = use && secret(use.name);
  if (use && password === undefined) return secretMissing(use);
  const fault = password === undefined ? undefined : wifiPasswordFault(password);
  if (use && fault !== undefined) return new LifeboatError("KEY_INVALID", { what: use.what, problem: fault });
  const device = devices.get(entry.name) ?? "";
  const conf = join(paths.folder, `${device}.wpa.conf`);
  const pidFile = join(paths.folder, `${device}.wpa.pid`);
  const switches = links.find((link) => link.device === device)?.radioSwitches ?? [];
  const up: Step[] = [
    ...switches.map((path): Step => ({ kind: "write", path, content: "0", isKernel: true })),
    { kind: "write", path: conf, content: wpaConfig(entry, password) },
    run("wpa_supplicant", "-B", "-D", "nl80211", "-i", device, "-c", conf, "-P", pidFile),
  ];
  const down: Step[] = [
    { kind: "end", pidFile },
    { kind: "remove", path: conf },
  ];
  return cardUnit(entry, [{ up, down }], context);
}

/** How often the kernel looks whether a port has its link, in milliseconds; without it a dead port stays in use. */
const LINK_CHECK = ["miimon", "100"];

function bondUnit(entry: Entry<"bond">, { devices, paths }: Context): Unit | LifeboatError {
  const ports = entry.ports.map((port) => devices.get(port));
  const there = ports.filter((port) => port !== undefined);
  // One port that is left carries a bond: that is what it is for.
  if (there.length === 0)
    return new LifeboatError("NETWORK_CARD_MISSING", { entry: entry.name, card: "any of its ports" });
  const { up, down } = addressing(entry.name, entry, paths);
  return {
    ...{ name: entry.name, device: entry.name, on: [] },
    up: [
      run("ip", "link", "add", "name", entry.name, "type", "bond", "mode", entry.mode, ...LINK_CHECK),
      ...there.flatMap((port) => [
        run("ip", "link", "set", "dev", port, "down"),
        run("ip", "link", "set", "dev", port, "master", entry.name),
        run("ip", "link", "set", "dev", port, "up"),
      ]),
      ...up,
    ],
    down: [...down, tryRun("ip", "link", "delete", "dev", entry.name)],
  };
}

function vlanUnit(entry: Entry<"vlan">, { devices, paths }: Context): Unit | LifeboatError {
  const parent = devices.get(entry.parent);
  if (parent === undefined)
    return new LifeboatError("NETWORK_CARD_MISSING", { entry: entry.name, card: `its parent ${entry.parent}` });
  const { up, down } = addressing(entry.name, entry, paths);
  return {
    ...{ name: entry.name, device: entry.name, on: [entry.parent] },
    up: [
      run("ip", "link", "set", "dev", parent, "up"),
      run("ip", "link", "add", "link", parent, "name", entry.name, "type", "vlan", "id", String(entry.id)),
      ...up,
    ],
    down: [...down, tryRun("ip", "link", "delete", "dev", entry.name)],
  };
}
