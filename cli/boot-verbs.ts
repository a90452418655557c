import type { Command } from "commander";
import { addBootEntriesVerb } from "#cli/boot-entries-verb.ts";
import { addBootProveVerb } from "#cli/boot-prove-verb.ts";
import { addBootRepairVerb } from "#cli/boot-repair-verb.ts";
import type { Environment } from "#cli/password-input.ts";

/** `boot VERB`: whether and how an installed system starts. */
export function addBootVerbs(program: Command, environment: Environment): void {
  const boot = program.command("boot").description("repair what starts a disk, see whether a disk or an image starts");
  addBootRepairVerb(boot);
  addBootProveVerb(boot, environment);
  addBootEntriesVerb(boot);
}
