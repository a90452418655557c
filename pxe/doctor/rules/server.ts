import type { ServerState } from "../../serve/server-state.ts";
import { say } from "../../words/words.ts";
import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";

/** Milliseconds without a sign of life after which a server has died: it gives one every ten seconds. */
const LIFE = 45_000;

/** Nothing is served, or not by this server. */
export function running({ server, now, selfTest }: Evidence): Diagnosis[] {
  const taken = (selfTest?.taken ?? []).map(({ port, owner }) => say("port.taken", { port: String(port), owner }));
  const found: Diagnosis[] = [];
  const isUp = server && server.state.ended !== true && now - server.at < LIFE;
  if (!isUp)
    found.push({
      ...{ code: "SERVER_NOT_RUNNING", certainty: "sure" },
      seen: server
        ? say("seen.SERVER_NOT_RUNNING", { address: addressesOf(server.state), at: server.at })
        : say("seen.SERVER_NOT_RUNNING-never"),
      means: say("means.SERVER_NOT_RUNNING"),
      next: say("do.SERVER_NOT_RUNNING"),
    });
  if (taken.length > 0)
    found.push({
      ...{ code: "PORT_TAKEN", certainty: "sure" },
      ...{ seen: say("seen.PORT_TAKEN", { ports: taken }), means: say("means.PORT_TAKEN"), next: say("do.PORT_TAKEN") },
    });
  if (!isUp) return found;
  found.push(...goneAddresses(server.state, selfTest?.gone ?? []));
  for (const { service, address, port, reason } of selfTest?.silent ?? [])
    found.push({
      ...{ code: "SERVICE_SILENT", certainty: "sure" },
      seen: say("seen.SERVICE_SILENT", { service, address, port: String(port), reason }),
      ...{ means: say("means.SERVICE_SILENT"), next: say("do.SERVICE_SILENT") },
    });
  return found;
}

/** Of the cards of a server: what it says itself, and what was looked at. */
function goneAddresses({ interfaces }: ServerState, gone: readonly string[]): Diagnosis[] {
  return interfaces
    .filter(({ address, isLost }) => isLost || gone.includes(address))
    .map(({ interface: device, address }) => ({
      ...{ code: "ADDRESS_GONE", certainty: "sure" },
      seen: say("seen.ADDRESS_GONE", { interface: device, address }),
      ...{ means: say("means.ADDRESS_GONE"), next: say("do.ADDRESS_GONE") },
    }));
}

const addressesOf = ({ interfaces }: ServerState): string => interfaces.map(({ address }) => address).join(", ");

export function firewall({ selfTest }: Evidence): Diagnosis[] {
  return (selfTest?.firewall ?? []).flatMap(({ packet, fate }): Diagnosis[] => {
    if (fate.drops === "no") return [];
    const isSure = fate.drops === "yes";
    const { device, protocol, port } = packet;
    const seen = { device, protocol: protocol.toUpperCase(), port: String(port), where: fate.where ?? "" };
    return [
      {
        ...{ code: "FIREWALL", certainty: isSure ? "sure" : "likely" },
        seen: say(isSure ? "seen.FIREWALL" : "seen.FIREWALL-maybe", seen),
        means: say("means.FIREWALL"),
        next: say("do.FIREWALL", { device, protocol, port: String(port) }),
      },
    ];
  });
}
