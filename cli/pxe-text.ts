import { printable } from "#base/printable.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import type { ProxyEvent } from "#pxe/dhcp/proxy-server.ts";
import type { PxeEvent, PxeReady } from "#pxe/serve/serve-pxe.ts";
import type { TftpEvent } from "#pxe/tftp/events.ts";

const MACHINES: Readonly<Record<string, string>> = {
  bios: "BIOS",
  ia32: "UEFI (32 bit)",
  x64: "UEFI (x64)",
  arm32: "UEFI (ARM, 32 bit)",
  arm64: "UEFI (ARM64)",
};

/** What is offered, and what a person must know before computers ask. */
export function readyText(ready: PxeReady, options: { readonly root: string; readonly dhcp: boolean }): string {
  const files = Object.entries(ready.loaders).map(([machine, file]) => `  ${MACHINES[machine]}: ${file}`);
  return [
    `${options.root} is offered at ${ready.address}. Ctrl-C ends it.`,
    ...files,
    ...(ready.script === undefined ? [] : [`  iPXE: ${ready.script}`]),
    ...(options.dhcp
      ? ["The DHCP server of the network goes on giving addresses; this one names the files, and gives none."]
      : [`The DHCP server of the network has to name these files, and ${ready.address} as the next server.`]),
    ...(ready.tftpPort === 69 ? [] : [`! TFTP is at port ${ready.tftpPort}: firmware asks at 69 only.`]),
    ...(ready.httpPort === 80
      ? []
      : [
          `! HTTP is at port ${ready.httpPort}: build the set with --url ${ready.url}, or it is looked for at port 80.`,
        ]),
  ].join("\n");
}

/** Beginnings, and what is asked for the size only, fill a screen with nothing to know. */
export function isNews({ event }: PxeEvent): boolean {
  return event.type !== "started" && !(event.type === "ended" && event.outcome === "probed");
}

/** One line: names and reasons in it come from anybody in the network. */
export const eventText = (event: PxeEvent): string => printable(textOf(event));

function textOf({ service, event }: PxeEvent): string {
  if (service === "dhcp") return dhcpText(event);
  if (service === "tftp") return tftpText(event);
  const { client, method, file, status, bytes, isWhole, seconds } = event;
  const how = isWhole ? `${formatBytes(bytes)} in ${formatDuration(seconds)}` : `broke off after ${formatBytes(bytes)}`;
  return `${isWhole ? "" : "! "}${client} HTTP ${method} ${file}: ${status}, ${how}`;
}

function dhcpText(event: ProxyEvent): string {
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
