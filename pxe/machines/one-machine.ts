import { LifeboatError } from "#base/errors.ts";
import type { Machine } from "./machine.ts";
import type { MachineStore } from "./machine-store.ts";

/** The machine that a text means. @throws PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
export async function oneMachine(store: Pick<MachineStore, "find">, text: string): Promise<Machine> {
  const [machine, ...others] = await store.find(text);
  if (!machine) throw new LifeboatError("PXE_MACHINE_UNKNOWN", { machine: text });
  if (others.length === 0) return machine;
  const found = [machine, ...others].map(({ id, macs, name }) => [`#${id}`, name, ...macs].filter(Boolean).join(" "));
  throw new LifeboatError("PXE_MACHINE_AMBIGUOUS", { machine: text, found: found.join(", ") });
}
