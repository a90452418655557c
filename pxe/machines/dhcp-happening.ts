import type { Sentence } from "#base/sentence.ts";
import type { DhcpEvent } from "../dhcp/dhcp-service.ts";
import { say } from "../words/words.ts";
import type { Happening } from "./entry.ts";
import type { Sighting } from "./sighting.ts";

/** What an event of the DHCP service is on the timeline of its machine, or of the server. @param device its card, where several are served */
export function dhcpHappening(event: DhcpEvent, at: number, device?: string): Sighting[] {
  const of = (mac: string | undefined, happening: Happening, more: Partial<Sighting> = {}): Sighting => ({
    ...{ at, mac, mayCreate: false, happening },
    ...more,
  });
  switch (event.type) {
    case "answered":
      return [of(event.request.mac, { kind: "offer", mac: event.request.mac, file: event.file }, { mayCreate: true })];
    case "passed over": {
      const { mac } = event.request;
      return [of(mac, { kind: "no offer", mac, reason: event.reason }, { mayCreate: true })];
    }
    case "offered":
      return [of(event.mac, { kind: "offer", mac: event.mac, address: event.address })];
    case "bound":
    case "renewed":
      return [of(event.mac, { kind: "address", mac: event.mac, address: event.address }, { address: event.address })];
    case "refused":
      return [of(event.mac, { kind: "no address", mac: event.mac, reason: event.reason })];
    case "conflict":
      return [of(event.mac, noAddress(event.mac, say("why.conflict", { user: event.user, address: event.address })))];
    case "declined":
      return [of(event.mac, noAddress(event.mac, say("why.declined", { address: event.address })))];
    case "no address free":
      return [of(event.mac, noAddress(event.mac, say("why.none-free", { subnet: event.subnet })))];
    case "unknown network": {
      const relay = event.relay;
      return [of(event.mac, { ...noAddress(event.mac, say("why.relay")), relay })];
    }
    case "other server": {
      const text = device === undefined ? event.server : `${event.server} (${device})`;
      const problem = { kind: "problem", code: OTHER_DHCP_SERVER, text } as const;
      return [of(undefined, problem), ...(event.mac === undefined ? [] : [of(event.mac, problem)])];
    }
    case "not saved":
      return [of(undefined, { kind: "problem", code: "PXE_STATE_FAILED", text: event.reason })];
    case "released":
      return [];
  }
}

/** Code of the problem that another DHCP server answers; its text is that server's address, and at which of our cards. */
export const OTHER_DHCP_SERVER = "OTHER_DHCP_SERVER";

const noAddress = (mac: string, { text: reason, said }: Sentence) =>
  ({ kind: "no address", mac, reason, said }) as const;
