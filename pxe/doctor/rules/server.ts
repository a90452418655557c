import type { Diagnosis } from "../diagnosis.ts";
import type { Evidence } from "../evidence.ts";

/** Milliseconds without a sign of life after which a server has died: it gives one every ten seconds. */
const LIFE = 45_000;

/** Nothing is served, or not by this server. */
export function running({ server, now, selfTest }: Evidence): Diagnosis[] {
  const taken = (selfTest?.taken ?? []).map(({ port, owner }) => `port ${port} by ${owner}`);
  const found: Diagnosis[] = [];
  const isUp = server && server.state.ended !== true && now - server.at < LIFE;
  if (!isUp)
    found.push({
      ...{ code: "SERVER_NOT_RUNNING", certainty: "sure" },
      seen: server
        ? `The server at ${server.state.address} gave its last sign of life at ${new Date(server.at).toISOString()}.`
        : "No server has ever run with these machines.",
      means: "Nobody answers computers that start.",
      next: "Start it: `lifeboat pxe serve`. Where it runs with another file or database, name that with `--machines`.",
    });
  if (taken.length > 0)
    found.push({
      ...{ code: "PORT_TAKEN", certainty: "sure" },
      seen: `Another program has a port that network boot needs: ${taken.join(", ")}.`,
      means: "`pxe serve` cannot start beside it, and what computers ask that program it answers in its own way.",
      next: "Stop that program, or serve from another machine.",
    });
  if (!isUp || !selfTest) return found;
  if (!selfTest.hasAddress)
    found.push({
      ...{ code: "ADDRESS_GONE", certainty: "sure" },
      seen: `No interface of this machine has the address ${server.state.address} any more.`,
      means: "Computers are told an address that nobody has.",
      next: "Give the interface its address back (a fixed one suits a server), and start `pxe serve` again.",
    });
  else
    for (const { service, port, reason } of selfTest.silent)
      found.push({
        ...{ code: "SERVICE_SILENT", certainty: "sure" },
        seen: `${service} did not answer at ${server.state.address} port ${port}, asked from this machine: ${reason}.`,
        means: "A firewall drops it even here, or the server hangs.",
        next: "Look at the firewall's rules below, if there are any; start `pxe serve` again.",
      });
  return found;
}

export function firewall({ selfTest }: Evidence): Diagnosis[] {
  return (selfTest?.firewall ?? []).flatMap(({ packet, fate }): Diagnosis[] => {
    if (fate.drops === "no") return [];
    const sure = fate.drops === "yes";
    return [
      {
        ...{ code: "FIREWALL", certainty: sure ? "sure" : "likely" },
        seen: `This machine's firewall ${sure ? "drops" : "may drop"} what comes in at ${packet.device} for ${packet.protocol.toUpperCase()} port ${packet.port}: ${fate.where}.`,
        means: "Computers that start are not heard.",
        next: `Let it in: \`nft insert rule ...\` or, with firewalld or ufw, ${packet.protocol} port ${packet.port} at ${packet.device}. \`nft -a list ruleset\` shows the rule.`,
      },
    ];
  });
}
