import type { Command } from "commander";
import { type Output, openOutput } from "#cli/output.ts";

/** A verb of the command. Every one can print its result as JSON. */
export const verb = (parent: Command, name: string, description: string): Command =>
  parent.command(name).description(description).option("--json", "print the result as JSON");

export const outputOf = (command: Command): Output => openOutput(command.opts<{ json?: boolean }>().json === true);
