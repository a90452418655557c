import { join } from "node:path";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";

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
