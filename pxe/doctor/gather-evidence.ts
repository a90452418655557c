import { hostname } from "node:os";
import { SERVER_TIMELINE } from "../machines/entry.ts";
import type { Machine } from "../machines/machine.ts";
import type { MachineStore } from "../machines/machine-store.ts";
import { readServerState } from "../serve/server-state.ts";
import type { Evidence } from "./evidence.ts";
import { selfTest } from "./self-test.ts";

export interface WhatToGather {
  /** Undefined: the server alone, or a machine that nobody knows by its name. */
  readonly machine: Machine | undefined;
  /** What was asked for. */
  readonly name: string | undefined;
  /** Whether the server's machine, if it is this one, is looked at, too. */
  readonly isTested: boolean;
}

/** All that is known now. @throws PXE_MACHINES_FAILED */
export async function gatherEvidence(
  store: MachineStore,
  { machine, name, isTested }: WhatToGather,
): Promise<Evidence> {
  const servers = (await store.servers()).flatMap(({ name: server, at, state }) => {
    const known = readServerState(state);
    return known ? [{ isHere: server.startsWith(`${hostname()} `), state: known, at }] : [];
  });
  // Several share a database: the one that can be tested says most.
  const [best] = servers.toSorted((a, b) => Number(b.isHere) - Number(a.isHere) || b.at - a.at);
  return {
    now: Date.now(),
    ...(machine && { machine }),
    ...(name !== undefined && !machine && { unknown: name }),
    timeline: machine ? await store.timeline(machine.id) : [],
    serverTimeline: await store.timeline(SERVER_TIMELINE),
    ...(best && { server: { state: best.state, at: best.at } }),
    ...(isTested && (!best || best.isHere) && { selfTest: await selfTest(best?.state) }),
  };
}
