import { Command, CommanderError } from "commander";
import { addCaptureVerb } from "#cli/capture-verb.ts";
import { addDiskVerbs } from "#cli/disk-verbs.ts";
import { addImageVerbs } from "#cli/image-verbs.ts";
import { addMediaVerbs } from "#cli/media-verbs.ts";
import { reportError } from "#cli/output.ts";
import { addRestoreVerbs } from "#cli/restore-verbs.ts";
import { VERSION } from "#cli/version.ts";

/** The command: composes the verbs, nothing else. */
const program = new Command("lifeboat")
  .description("Brings a broken, empty or replaced machine back: captures disks, restores them, builds rescue media")
  .version(VERSION)
  .exitOverride()
  .configureHelp({ showGlobalOptions: true });

addDiskVerbs(program);
addCaptureVerb(program);
addImageVerbs(program);
addRestoreVerbs(program);
addMediaVerbs(program);

try {
  await program.parseAsync();
} catch (error) {
  const usageError = 2;
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : usageError;
  else process.exitCode = reportError(error, process.argv.includes("--json"));
}
