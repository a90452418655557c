import { join } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import type { Machine } from "#pxe/machines/machine.ts";
import type { MachineStore } from "#pxe/machines/machine-store.ts";

export interface MachinesOption {
  machines?: string;
}

export const withMachines = (command: Command): Command =>
  command.option(
    "--machines <file|url>",
    "where they are kept: a file (default: in /var/lib/lifeboat/pxe), or postgresql://...",
  );

/** @throws USAGE: ps shows a password in arguments to everybody */
export function machinesPlace({ machines }: MachinesOption, folder: string): string {
  if (machines !== undefined && /^postgres(ql)?:\/\/[^/@]*:[^/@]*@|[?&]password=/.test(machines))
    throw new LifeboatError("USAGE", { problem: "--machines has a password: put it into PGPASSWORD or ~/.pgpass" });
  return machines ?? join(folder, "machines.sqlite");
}

/** The machine that a text means. @throws PXE_MACHINE_UNKNOWN, PXE_MACHINE_AMBIGUOUS */
export async function oneMachine(store: MachineStore, text: string): Promise<Machine> {
  const [machine, ...others] = await store.find(text);
  if (!machine) throw new LifeboatError("PXE_MACHINE_UNKNOWN", { machine: text });
  if (others.length === 0) return machine;
  const found = [machine, ...others].map(({ id, macs, name }) => [`#${id}`, name, ...macs].filter(Boolean).join(" "));
  throw new LifeboatError("PXE_MACHINE_AMBIGUOUS", { machine: text, found: found.join(", ") });
}
