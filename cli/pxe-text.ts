import { printable } from "#base/printable.ts";
import type { Machine } from "#pxe/dhcp/boot-request.ts";
import type { CardReady } from "#pxe/serve/card-services.ts";
import { FIRMWARE_NAMES } from "#pxe/serve/firmware-names.ts";
import type { PxeEvent } from "#pxe/serve/pxe-event.ts";
import { isTrouble, sayEvent } from "#pxe/serve/say-event.ts";
import type { MenuSummary, PxeReady } from "#pxe/serve/serve-pxe.ts";

/** What is offered, and what a person must know before computers ask. */
export function readyText(ready: PxeReady, root: string): string {
  const files = Object.entries(ready.loaders).map(
    ([machine, file]) => `  ${FIRMWARE_NAMES[machine as Machine]}: ${file}`,
  );
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

/** One line: names and reasons in it come from anybody in the network. */
export const eventText = (event: PxeEvent): string =>
  printable(`${isTrouble(event) ? "! " : ""}${sayEvent(event).text}`);
