import type { Entry } from "../machines/entry.ts";
import type { Machine } from "../machines/machine.ts";
import type { ServerState } from "../serve/server-state.ts";
import type { Fate, Incoming } from "./firewall/ruleset.ts";

/** A service that did not answer at its address. */
export interface Silence {
  readonly service: "TFTP" | "HTTP";
  readonly address: string;
  readonly port: number;
  readonly reason: string;
}

/** What was tried on the machine of the server. */
export interface SelfTest {
  /** Addresses that it should have, and no interface has. */
  readonly gone: readonly string[];
  readonly silent: readonly Silence[];
  /** Ports that another program has. */
  readonly taken: readonly { readonly port: number; readonly owner: string }[];
  /** Of each port, what the firewall does. Undefined: it cannot be looked at. */
  readonly firewall: readonly { readonly packet: Incoming; readonly fate: Fate }[] | undefined;
}

/** All that a diagnosis is made of. */
export interface Evidence {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Undefined: the server alone is looked at. */
  readonly machine?: Machine | undefined;
  /** What was asked for, where no machine is known by it. */
  readonly unknown?: string | undefined;
  readonly timeline: readonly Entry[];
  readonly serverTimeline: readonly Entry[];
  /** The server's own words, and when it last said them. Undefined: none ever ran with these machines. */
  readonly server?: { readonly state: ServerState; readonly at: number } | undefined;
  readonly selfTest?: SelfTest | undefined;
}

/** Milliseconds without a sign after which a step is given up. Firmware asks four times in a minute; large files take longer, and are told when they end. */
export const PATIENCE = 90_000;
/** A pause between two questions that belong to two starts. */
const BETWEEN_STARTS = 120_000;

/** What happened since the machine last began to start: what came before is over. */
export function lastStart(timeline: readonly Entry[]): readonly Entry[] {
  let begin = 0;
  let before: Entry | undefined;
  let hasLoaded = false;
  for (const [at, entry] of timeline.entries()) {
    const isFresh = entry.kind === "discover" && entry.boots && !entry.ipxe;
    // Firmware asks again after it has loaded something: it is at its beginning once more.
    if (isFresh && (hasLoaded || !before || entry.at - before.at > BETWEEN_STARTS)) {
      begin = at;
      hasLoaded = false;
    }
    if (entry.kind === "tftp" || entry.kind === "http" || entry.kind === "kernel") hasLoaded = true;
    if (entry.kind !== "wake" && entry.kind !== "identity") before = entry;
  }
  return timeline.slice(begin);
}

/** Whether nothing has happened for so long that nothing more will. */
export const isOver = (start: readonly Entry[], now: number): boolean => now - (start.at(-1)?.at ?? 0) > PATIENCE;
