import type { ConsoleEvent } from "../console/contract/events.ts";
import type { PxeEvent } from "../serve/pxe-event.ts";

/** A line for those who watch; undefined for what nobody needs to see. @param said as `pxe serve` prints it */
export function stepOf(
  event: PxeEvent,
  said: { readonly text: string; readonly isNews: boolean },
): ConsoleEvent | undefined {
  if (!said.isNews) return undefined;
  return {
    ...{ kind: "step", at: Date.now(), service: event.service, machine: machineOf(event) },
    ...{ text: said.text.replace(/^! /, ""), isTrouble: said.text.startsWith("! ") },
  };
}

function machineOf({ service, event }: PxeEvent): string {
  if (service === "http" || service === "menu") return event.client;
  if (service === "tftp") return event.client.address;
  if (service === "interface") return "";
  if ("request" in event) return event.request.mac;
  return "mac" in event ? (event.mac ?? "") : "";
}
