import { type Approval, type BootPolicy, type Machine, POLICIES } from "./machine.ts";
import { FACTS } from "./sighting.ts";

/** Two records of one machine as one: the older one's, with what only the other one has. A refusal counts more than an approval. */
export function merged(older: Machine, newer: Machine): Machine {
  const facts = Object.fromEntries(
    FACTS.map((fact) => [fact, older[fact] ?? newer[fact]]).filter(([, value]) => value !== undefined),
  );
  const firstSeen = [older.firstSeen, newer.firstSeen].filter((at) => at > 0);
  return {
    ...older,
    ...facts,
    macs: [...new Set([...older.macs, ...newer.macs])].toSorted(),
    name: older.name || newer.name,
    group: older.group || newer.group,
    note: [older.note, newer.note].filter((note, at, all) => note !== "" && all.indexOf(note) === at).join("\n"),
    approval: stricter(older.approval, newer.approval),
    policy: least(older.policy, newer.policy),
    firstSeen: firstSeen.length === 0 ? 0 : Math.min(...firstSeen),
    lastSeen: Math.max(older.lastSeen, newer.lastSeen),
  };
}

function stricter(one: Approval, other: Approval): Approval {
  if (one === "refused" || other === "refused") return "refused";
  return one === "approved" || other === "approved" ? "approved" : "unknown";
}

const least = (one: BootPolicy, other: BootPolicy): BootPolicy =>
  POLICIES.indexOf(one) > POLICIES.indexOf(other) ? one : other;
