import type { ConsoleEvent } from "../console/contract/events.ts";
import type { PxeEvent } from "../serve/pxe-event.ts";
import { isNews, isTrouble, sayEvent } from "../serve/say-event.ts";

/** A line for those who watch; undefined for what nobody needs to see. */
export function stepOf(event: PxeEvent): ConsoleEvent | undefined {
  if (!isNews(event)) return undefined;
  return {
    ...{ kind: "step", at: Date.now(), service: event.service, machine: machineOf(event) },
    ...{ ...sayEvent(event), isTrouble: isTrouble(event) },
  };
}

function machineOf({ service, event }: PxeEvent): string {
  if (service === "http" || service === "menu") return event.client;
  if (service === "tftp") return event.client.address;
  if (service === "interface") return "";
  if ("request" in event) return event.request.mac;
  return "mac" in event ? (event.mac ?? "") : "";
}
