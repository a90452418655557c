import type { Command } from "commander";
import { addCloneReceiveVerb } from "#cli/clone-receive-verb.ts";
import { addCloneServeVerb } from "#cli/clone-serve-verb.ts";
import { addCloneVerb } from "#cli/clone-verb.ts";
import type { Environment } from "#cli/password-input.ts";

/** From disk to disk: of one machine, or of two. */
export function addCloneVerbs(program: Command, environment: Environment): void {
  const clone = program.command("clone").description("copy a disk onto another one, of this machine or of another one");
  addCloneVerb(clone, environment);
  addCloneServeVerb(clone, environment);
  addCloneReceiveVerb(clone, environment);
}
