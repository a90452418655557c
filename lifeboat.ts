import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { addBucketOptions, mayNameBucket } from "#cli/bucket-options.ts";
import { reportError } from "#cli/output.ts";
import { addVerbs } from "#cli/verb-groups.ts";
import { VERSION } from "#cli/version.ts";

/** The command: composes the verbs, nothing else. */
const program = new Command("lifeboat")
  .description("Brings a broken, empty or replaced machine back: captures disks, restores them, builds rescue media")
  .version(VERSION)
  .exitOverride()
  .configureOutput({ outputError: () => {} })
  .configureHelp({ showGlobalOptions: true });

const environment = {
  password: process.env["LIFEBOAT_PASSWORD"],
  pairingCode: process.env["LIFEBOAT_CODE"],
  mediumSecrets: process.env["LIFEBOAT_MEDIUM_SECRETS"],
  mediumPassphrase: process.env["LIFEBOAT_MEDIUM_PASSPHRASE"],
  stateFolder: process.env["LIFEBOAT_STATE"] ?? join(defaultStateFolder(), "jobs"),
  undoFolder: join(process.env["LIFEBOAT_STATE"] ?? defaultStateFolder(), "undo"),
  pxeFolder: join(process.env["LIFEBOAT_STATE"] ?? defaultStateFolder(), "pxe"),
  self: [process.execPath, ...process.execArgv, fileURLToPath(import.meta.url)],
  words: process.argv.slice(2),
};

/** root's is the system's; everybody else keeps their own, as the XDG base directory specification has it. */
function defaultStateFolder(): string {
  if (process.getuid?.() === 0) return "/var/lib/lifeboat";
  return join(process.env["XDG_STATE_HOME"] || join(homedir(), ".local/state"), "lifeboat");
}

const { words } = environment;
addBucketOptions(program);
await addVerbs(program, environment, words);

const json = process.argv.includes("--json");
// Who no longer reads, as `head` or a terminal that was closed, must not end a capture.
process.stderr.on("error", () => {});
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") return;
  const details = { device: "standard output", offset: 0, reason: cause.message };
  process.exitCode = reportError(new LifeboatError("WRITE_FAILED", details, { cause }), json);
});
try {
  const buckets = mayNameBucket(words) ? await openBuckets() : undefined;
  try {
    await program.parseAsync(buckets?.words ?? words, { from: "user" });
  } catch (error) {
    // Why it failed says more than what that does to what is stored at the end.
    await buckets?.end().catch(() => {});
    throw error;
  }
  await buckets?.end();
} catch (error) {
  // Help was printed: asked for, or because a verb is missing.
  if (error instanceof CommanderError && error.code.startsWith("commander.help")) process.exitCode = error.exitCode * 2;
  else if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0;
  else process.exitCode = reportError(usageProblem(error), json);
}

/** Read only where a bucket may be named. */
async function openBuckets() {
  const { openNamedBuckets } = await import("#cli/named-buckets.ts");
  const kept = join(process.env["LIFEBOAT_STATE"] ?? defaultStateFolder(), "buckets");
  return await openNamedBuckets(words, process.env, { kept, jobs: environment.stateFolder });
}

/** Commander's own complaints are errors like all others: with a code, and as JSON where that was asked for. */
function usageProblem(error: unknown): unknown {
  if (!(error instanceof CommanderError)) return error;
  return new LifeboatError("USAGE", { problem: error.message.replace(/^error: /, "") }, { cause: error });
}
