import { OTHER_DHCP_SERVER } from "../../machines/dhcp-happening.ts";
import { why } from "../../machines/told.ts";
import { say } from "../../words/words.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { type Evidence, isOver, lastStart } from "../evidence.ts";

/** It was never heard, or asks for nothing to start. */
export function asking({ machine, unknown, timeline }: Evidence): Diagnosis[] {
  if (unknown !== undefined || (machine && timeline.every(({ kind }) => kind === "wake" || kind === "identity")))
    return [
      {
        ...{ code: "NOTHING_HEARD", certainty: "sure" },
        seen: unknown === undefined ? say("seen.NOTHING_HEARD") : say("seen.NOTHING_HEARD-of", { name: unknown }),
        ...{ means: say("means.NOTHING_HEARD"), next: say("do.NOTHING_HEARD") },
      },
    ];
  const questions = timeline.filter((entry) => entry.kind === "discover").slice(-4);
  if (questions.length === 0 || questions.some(({ boots }) => boots)) return [];
  return [
    {
      ...{ code: "NO_BOOT_OPTION", certainty: "sure" },
      seen: say("seen.NO_BOOT_OPTION", { count: questions.length }),
      ...{ means: say("means.NO_BOOT_OPTION"), next: say("do.NO_BOOT_OPTION") },
    },
  ];
}

const CODES: Readonly<
  Record<string, "UNKNOWN_ARCHITECTURE" | "NO_FILE_FOR_ARCHITECTURE" | "NOT_APPROVED" | "REFUSED" | "STARTS_FROM_DISK">
> = {
  "unknown architecture": "UNKNOWN_ARCHITECTURE",
  "no file for this architecture": "NO_FILE_FOR_ARCHITECTURE",
  "not approved": "NOT_APPROVED",
  refused: "REFUSED",
  "it starts from its own disk": "STARTS_FROM_DISK",
};

/** It was told of no file, or got no address. */
export function answers({ timeline, machine }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const found: Diagnosis[] = [];
  const last = start.findLast((entry) => entry.kind === "offer" || entry.kind === "no offer");
  if (last?.kind === "no offer") {
    const code = CODES[last.reason] ?? "NO_FILE";
    const kind = [machine?.firmware, machine?.architecture].filter((word) => word !== undefined).join(" ");
    const reason = why(last);
    found.push({
      ...{ code, certainty: "sure" },
      seen: kind === "" ? say("seen.no-offer", { reason }) : say("seen.no-offer-kind", { kind, reason }),
      ...{ means: say(`means.${code}`), next: say(`do.${code}`) },
    });
  }
  const address = start.findLast((entry) => entry.kind === "address" || entry.kind === "no address");
  if (address?.kind !== "no address") return found;
  const { relay } = address;
  const reason = why(address);
  const code = relay === undefined ? "NO_ADDRESS" : "RELAY_UNKNOWN";
  found.push({
    ...{ code, certainty: "sure" },
    seen: relay === undefined ? say("seen.no-address", { reason }) : say("seen.no-address-relay", { reason, relay }),
    ...{ means: say(`means.${code}`), next: say(`do.${code}`) },
  });
  return found;
}

/** Another server answers, or the offer is not taken. */
export function rivals({ timeline, serverTimeline, now, machine }: Evidence): Diagnosis[] {
  const start = lastStart(timeline);
  const recent = serverTimeline.filter(({ at }) => now - at < 3_600_000 * 2);
  const others = [...start, ...recent].flatMap((entry) =>
    entry.kind === "problem" && entry.code === OTHER_DHCP_SERVER ? [entry.text] : [],
  );
  const found: Diagnosis[] = [];
  if (others.length > 0)
    found.push({
      ...{ code: OTHER_DHCP_SERVER, certainty: "sure" },
      seen: say("seen.OTHER_DHCP_SERVER", { servers: [...new Set(others)] }),
      ...{ means: say("means.OTHER_DHCP_SERVER"), next: say("do.OTHER_DHCP_SERVER") },
    });
  const offers = start.filter((entry) => entry.kind === "offer" && entry.file !== undefined);
  const hasGoneOn = start.some(({ kind }) => ["tftp", "http", "menu", "kernel", "up", "job", "done"].includes(kind));
  if (!machine || offers.length === 0 || hasGoneOn || !isOver(start, now)) return found;
  found.push({
    ...{ code: "OFFER_NOT_TAKEN", certainty: "likely" },
    seen: say("seen.OFFER_NOT_TAKEN", { count: offers.length }),
    ...{ means: say("means.OFFER_NOT_TAKEN"), next: say("do.OFFER_NOT_TAKEN") },
  });
  return found;
}
