import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import type { BootEvent } from "../dhcp/dhcp-service.ts";
import type { LeaseEvent } from "../dhcp/lease/lease-event.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import type { MenuEvent } from "../menu/menu-event.ts";
import type { TftpEvent } from "../tftp/events.ts";
import { say, sentenceOf } from "../words/words.ts";
import { FIRMWARE_NAMES } from "./firmware-names.ts";
import type { InterfaceEvent, PxeEvent } from "./pxe-event.ts";

/** A line for those who watch. Names and reasons in it come from anybody in the network: they are printable here. */
export function sayEvent(event: PxeEvent): Sentence {
  const { interface: device } = event;
  const said = sayAtCard(event);
  return device === undefined || event.service === "interface"
    ? said
    : say("step.card", { interface: device, text: said });
}

/** Something went wrong, or somebody was refused. */
export function isTrouble({ service, event }: PxeEvent): boolean {
  if (service === "http") return !event.isWhole;
  if (service === "tftp") return event.type === "ended" && event.outcome !== "complete";
  if (service === "menu") return event.type === "refused";
  if (service === "interface") return event.type === "lost";
  return "request" in event ? event.type === "passed over" : !HARMLESS.includes(event.type);
}

const HARMLESS: readonly LeaseEvent["type"][] = ["offered", "bound", "renewed", "released"];

/** Beginnings, and what is asked for the size only, fill a screen with nothing to know. */
export function isNews({ event }: PxeEvent): boolean {
  return (
    event.type !== "started" && event.type !== "offered" && !(event.type === "ended" && event.outcome === "probed")
  );
}

function sayAtCard({ service, event, interface: device = "" }: PxeEvent): Sentence {
  switch (service) {
    case "dhcp":
      return "request" in event ? sayBoot(event) : sayLease(event);
    case "tftp":
      return sayTftp(event);
    case "menu":
      return sayMenu(event);
    case "interface":
      return sayInterface(event, device);
    case "http":
      return sayHttp(event);
  }
}

function sayHttp({ client, method, file, status, bytes, isWhole, seconds }: HttpEvent): Sentence {
  const asked = { client, method: printable(method), file: printable(file), status: String(status), bytes };
  return isWhole ? say("step.http", { ...asked, seconds }) : say("step.http-broken", asked);
}

const sayInterface = (event: InterfaceEvent, device: string): Sentence =>
  event.type === "lost"
    ? say("step.lost", { code: event.code, text: lossOf(event, device) })
    : say("step.back", { interface: device, address: event.address });

/** In the words of the error, which has no keys. */
const lossOf = ({ address, reason, text }: InterfaceEvent & { type: "lost" }, device: string): Sentence => ({
  ...say("told.interface-lost", { interface: device, address, reason: sentenceOf(reason) }),
  text,
});

function sayMenu({ type, client, title: name, reason }: MenuEvent): Sentence {
  const title = printable(name);
  if (type === "shown") return say("step.menu", { client, title });
  return type === "chosen"
    ? say("step.menu-chosen", { client, title })
    : say("step.menu-refused", { client, title, reason: sentenceOf(reason ?? "") });
}

function sayLease(event: LeaseEvent): Sentence {
  switch (event.type) {
    case "offered":
    case "bound":
    case "renewed":
    case "released":
    case "declined":
      return say(`step.${event.type}`, { mac: event.mac, address: event.address });
    case "conflict":
      return say("step.conflict", { mac: event.mac, address: event.address, user: printable(event.user) });
    case "refused":
      return say("step.address-refused", {
        ...{ mac: event.mac, address: event.address, reason: sentenceOf(event.reason) },
      });
    case "no address free":
      return say("step.none-free", { mac: event.mac, subnet: event.subnet });
    case "unknown network":
      return say("step.relay", { mac: event.mac, relay: event.relay });
    case "other server":
      return event.mac === undefined
        ? say("step.other-server", { server: event.server })
        : say("step.other-server-taken", { server: event.server, mac: event.mac });
    case "not saved":
      return say("step.not-saved", { reason: printable(event.reason) });
  }
}

function sayBoot(event: BootEvent): Sentence {
  const { mac, machine, architecture, ipxe, way } = event.request;
  const name = ipxe ? "iPXE" : machine && FIRMWARE_NAMES[machine];
  const loader = name ?? say("kind.unknown", { code: String(architecture) });
  const kind = way === "http" ? say("kind.http", { kind: loader }) : loader;
  return event.type === "answered"
    ? say("step.answered", { mac, kind, file: printable(event.file) })
    : say("step.passed-over", { mac, kind, reason: sentenceOf(event.reason) });
}

function sayTftp(event: TftpEvent): Sentence {
  const asked = { client: event.client.address, file: printable(event.file) };
  if (event.type === "refused")
    return say("step.tftp-refused", { ...asked, reason: sentenceOf(printable(event.reason)) });
  if (event.type === "started") return say("step.tftp-begins", asked);
  const { outcome, bytes, size, seconds, resent, reason = "" } = event;
  if (outcome === "complete")
    return resent > 0
      ? say("step.tftp-resent", { ...asked, bytes, seconds, blocks: resent })
      : say("step.tftp", { ...asked, bytes, seconds });
  const end = { outcome: sentenceOf(outcome), reason: sentenceOf(printable(reason)) };
  return say("step.tftp-ended", { ...asked, ...end, bytes, size });
}
