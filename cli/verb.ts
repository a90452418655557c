import type { Command, CommandOptions } from "commander";
import { type Output, openOutput } from "#cli/output.ts";

/** A verb of the command. Every one can print its result as JSON. */
export const verb = (parent: Command, name: string, description: string, options: CommandOptions = {}): Command =>
  parent.command(name, options).description(description).option("--json", "print the result as JSON");

export const outputOf = (command: Command): Output => openOutput(command.opts<{ json?: boolean }>().json === true);
