import { say } from "../words/words.ts";
import type { Machine } from "./machine.ts";
import type { MachineStore } from "./machine-store.ts";
import { wake } from "./wake.ts";

/** Wakes machines, and writes that on their timelines. @param from addresses of the interfaces to send on @throws PXE_SOCKET_FAILED, PXE_MACHINES_FAILED */
export async function wakeMachines(
  store: Pick<MachineStore, "record">,
  machines: readonly Machine[],
  from: readonly string[],
): Promise<void> {
  const macs = machines.flatMap((one) => one.macs);
  for (const address of from) await wake(macs, address);
  const at = Date.now();
  const happening = { kind: "wake", ...say("told.packet", { address: from.join(", ") }) } as const;
  await store.record(
    machines.flatMap(({ macs: [mac] }) => (mac === undefined ? [] : [{ at, mac, mayCreate: false, happening }])),
  );
}
