import { say } from "../words/words.ts";
import type { Machine } from "./machine.ts";
import type { MachineStore } from "./machine-store.ts";
import { wake } from "./wake.ts";

/** Wakes machines, and writes that on their timelines. @param from address of the interface to send on @throws PXE_SOCKET_FAILED, PXE_MACHINES_FAILED */
export async function wakeMachines(
  store: Pick<MachineStore, "record">,
  machines: readonly Machine[],
  from: string,
): Promise<void> {
  await wake(
    machines.flatMap(({ macs }) => macs),
    from,
  );
  const at = Date.now();
  const happening = { kind: "wake", ...say("told.packet", { address: from }) } as const;
  await store.record(
    machines.flatMap(({ macs: [mac] }) => (mac === undefined ? [] : [{ at, mac, mayCreate: false, happening }])),
  );
}
