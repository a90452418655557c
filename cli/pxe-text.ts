import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import type { BootEvent } from "#pxe/dhcp/dhcp-service.ts";
import type { LeaseEvent } from "#pxe/dhcp/lease/lease-event.ts";
import type { MenuEvent } from "#pxe/menu/menu-event.ts";
import type { CardReady } from "#pxe/serve/card-services.ts";
import type { InterfaceEvent, PxeEvent } from "#pxe/serve/pxe-event.ts";
import type { MenuSummary, PxeReady } from "#pxe/serve/serve-pxe.ts";
import type { TftpEvent } from "#pxe/tftp/events.ts";

const MACHINES: Readonly<Record<string, string>> = {
  bios: "BIOS",
  ia32: "UEFI (32 bit)",
  x64: "UEFI (x64)",
  arm32: "UEFI (ARM, 32 bit)",
  arm64: "UEFI (ARM64)",
};

/** What is offered, and what a person must know before computers ask. */
export function readyText(ready: PxeReady, root: string): string {
  const files = Object.entries(ready.loaders).map(([machine, file]) => `  ${MACHINES[machine]}: ${file}`);
  const { interfaces } = ready;
  const addresses = interfaces.map(({ interface: device, address }) =>
    interfaces.length === 1 ? address : `${address} (${device})`,
  );
  return [
    `${root} is offered at ${addresses.join(" and ")}. Ctrl-C ends it.`,
    ...files,
    ...(ready.script === undefined ? [] : [`  iPXE: ${ready.script}`]),
    ...(ready.menu ? menuLines(ready.menu) : []),
    ...interfaces.flatMap((one) => {
      const lines = cardLines(one, ready.menu !== undefined);
      return interfaces.length === 1 ? lines : lines.map((line) => atCard(line, one.interface));
    }),
  ].join("\n");
}

function cardLines(card: CardReady, hasMenu: boolean): string[] {
  const { tftpPort, httpPort, url } = card;
  return [
    ...dhcpLines(card),
    ...(tftpPort === 69 ? [] : [`! TFTP is at port ${tftpPort}: firmware asks at 69 only.`]),
    // A menu of ours has addresses with the port.
    ...(httpPort === 80 || hasMenu
      ? []
      : [`! HTTP is at port ${httpPort}: build the set with --url ${url}, or it is looked for at port 80.`]),
  ];
}

/** A line, and which network card it is of; what is wrong still has its mark at the beginning. */
const atCard = (line: string, device: string): string =>
  line.startsWith("! ") ? `! ${device}: ${line.slice(2)}` : `${device}: ${line}`;

function menuLines({ file, entries, special }: MenuSummary): string[] {
  const hidden = entries.filter(({ isForGrub }) => !isForGrub).map(({ title }) => printable(title));
  return [
    `  Menu: ${entries.length} entries of ${file}${special > 0 ? `, and ${special} menus of groups and machines` : ""}`,
    ...(hidden.length > 0 ? [`  Only under iPXE: ${hidden.join("; ")}`] : []),
  ];
}

function dhcpLines({ dhcp, address }: CardReady): string[] {
  if (dhcp === "none")
    return [`The DHCP server of the network has to name these files, and ${address} as the next server.`];
  if (dhcp === "proxy")
    return ["The DHCP server of the network goes on giving addresses; this one names the files, and gives none."];
  return dhcp.map(
    ({ subnet, pools, reservations }) =>
      `This is the DHCP server of ${subnet}: ${pools.length > 0 ? pools.join(", ") : "no pool"}${reservations > 0 ? `, ${reservations} reserved` : ""}.`,
  );
}

/** Beginnings, and what is asked for the size only, fill a screen with nothing to know. */
export function isNews({ event }: PxeEvent): boolean {
  return (
    event.type !== "started" && event.type !== "offered" && !(event.type === "ended" && event.outcome === "probed")
  );
}

/** One line: names and reasons in it come from anybody in the network. */
export function eventText(event: PxeEvent): string {
  const { interface: device } = event;
  const text = printable(textOf(event));
  return device === undefined || event.service === "interface" ? text : atCard(text, device);
}

function textOf({ service, event, interface: device }: PxeEvent): string {
  if (service === "dhcp") return dhcpText(event);
  if (service === "tftp") return tftpText(event);
  if (service === "menu") return menuText(event);
  if (service === "interface") return interfaceText(event, device);
  const { client, method, file, status, bytes, isWhole, seconds } = event;
  const how = isWhole ? `${formatBytes(bytes)} in ${formatDuration(seconds)}` : `broke off after ${formatBytes(bytes)}`;
  return `${isWhole ? "" : "! "}${client} HTTP ${method} ${file}: ${status}, ${how}`;
}

const interfaceText = (event: InterfaceEvent, device = ""): string =>
  event.type === "lost"
    ? `! ${event.code}: ${event.text}`
    : `${device} is back: it is served at ${event.address} again`;

function menuText({ type, client, title, reason }: MenuEvent): string {
  if (type === "shown") return `${client} has the menu ${title}`;
  return type === "chosen" ? `${client} starts ${title}` : `! ${client} does not start ${title}: ${reason}`;
}

function dhcpText(event: BootEvent | LeaseEvent): string {
  return "request" in event ? bootText(event) : leaseText(event);
}

function leaseText(event: LeaseEvent): string {
  switch (event.type) {
    case "offered":
      return `${event.mac} is offered ${event.address}`;
    case "bound":
      return `${event.mac} has ${event.address}`;
    case "renewed":
      return `${event.mac} keeps ${event.address}`;
    case "released":
      return `${event.mac} gives ${event.address} back`;
    case "declined":
      return `! ${event.mac} does not take ${event.address}: another computer uses it. It rests for ten minutes`;
    case "conflict":
      return `! ${event.address} was not offered to ${event.mac}: another computer uses it (${event.user}). It rests for ten minutes`;
    case "refused":
      return `! ${event.mac} may not use ${event.address}: ${event.reason}`;
    case "no address free":
      return `! ${event.mac} gets no address: none is free in ${event.subnet}`;
    case "unknown network":
      return `! ${event.mac} gets no address: the relay ${event.relay} is in no network of ours`;
    case "other server":
      return `! Another DHCP server gives addresses here: ${event.server}${event.mac === undefined ? "" : ` (${event.mac} took its offer)`}. One of both has to go, or computers get addresses of two kinds`;
    case "not saved":
      return `! Leases cannot be saved, so no address is given: ${event.reason}`;
  }
}

function bootText(event: BootEvent): string {
  const { mac, machine, architecture, ipxe, way } = event.request;
  const kind = ipxe ? "iPXE" : machine ? MACHINES[machine] : `architecture ${architecture}`;
  const who = `${mac} (${kind}${way === "http" ? ", HTTP boot" : ""})`;
  return event.type === "answered"
    ? `${who} is told to load ${event.file}`
    : `! ${who} gets no answer: ${event.reason}`;
}

function tftpText(event: TftpEvent): string {
  const client = event.client.address;
  if (event.type === "refused") return `${client} TFTP ${event.file}: ${event.reason}`;
  if (event.type === "started") return `${client} TFTP ${event.file}: begins`;
  const { file, outcome, bytes, size, seconds, resent, reason } = event;
  if (outcome === "complete")
    return `${client} TFTP ${file}: ${formatBytes(bytes)} in ${formatDuration(seconds)}${resent > 0 ? `, ${resent} blocks again` : ""}`;
  const why = reason === undefined ? "" : ` (${reason})`;
  return `! ${client} TFTP ${file}: ${outcome} after ${formatBytes(bytes)} of ${formatBytes(size)}${why}`;
}
