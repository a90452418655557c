import { spawn } from "node:child_process";
import { LifeboatError } from "#base/errors.ts";
import { TOOL_ENVIRONMENT } from "#imaging/system/tool-environment.ts";

/** What a tool that handles keys ended with. `stdout` may hold a key: the caller overwrites it when it is done. */
export interface SecretResult {
  readonly status: number;
  readonly stdout: Buffer;
  /** The tool's own complaint, without what it was given or found. */
  readonly stderr: string;
}

/**
 * Runs a tool that takes a secret from its standard input and may print one: neither is in its arguments, which every
 * process can read (proc(5), /proc/pid/cmdline), in a file, or in an error.
 * @throws TOOL_MISSING; a status other than 0 is for the caller to read
 */
export async function runSecretTool(
  tool: string,
  args: readonly string[],
  purpose: string,
  secret: Uint8Array,
): Promise<SecretResult> {
  const child = spawn(tool, args, { env: TOOL_ENVIRONMENT });
  const ended = Promise.withResolvers<number>();
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  child.on("error", () => ended.reject(new LifeboatError("TOOL_MISSING", { tool, purpose })));
  child.on("close", (status, signal) => {
    // Deriving a key may take a GiB of memory, more than there is.
    if (signal) complaints.push(Buffer.from(`ended by ${signal}`));
    ended.resolve(status ?? -1);
  });
  child.stdin.on("error", () => {}); // A tool may end without reading its input.
  child.stdin.end(secret);
  const status = await ended.promise;
  const stdout = Buffer.concat(out);
  for (const chunk of out) chunk.fill(0);
  return { status, stdout, stderr: Buffer.concat(complaints).toString().trim() };
}
