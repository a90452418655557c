import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat", import.meta.url));

/** Unfinished jobs of one test are not listed for another one, nor for this machine. */
export const stateFolder = mkdtempSync(join(tmpdir(), "lifeboat-state-"));
process.on("exit", () => rmSync(stateFolder, { recursive: true, force: true }));

export type ExtraEnvironment = Readonly<Record<string, string>>;

export interface CommandResult {
  /** undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly child: ChildProcess;
  readonly result: Promise<CommandResult>;
}

/** Starts the command as a user does: a process of its own, its output through pipes. */
export const startLifeboat = (...args: string[]): RunningCommand => startLifeboatWith({}, ...args);

export function startLifeboatWith(extra: ExtraEnvironment, ...args: string[]): RunningCommand {
  const env = { ...process.env, LIFEBOAT_STATE: stateFolder, ...extra };
  const child = spawn(LIFEBOAT, args, { stdio: ["ignore", "pipe", "pipe"], env });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (data: Buffer) => {
    output.stdout += data.toString();
  });
  child.stderr.on("data", (data: Buffer) => {
    output.stderr += data.toString();
  });
  const { promise, resolve, reject } = Promise.withResolvers<CommandResult>();
  child.on("error", reject);
  child.on("close", (status) => resolve({ status: status ?? undefined, ...output }));
  return { child, result: promise };
}

export const lifeboat = (...args: string[]): Promise<CommandResult> => startLifeboat(...args).result;

/** Runs a command that must succeed, and returns what it printed with --json. */
export async function lifeboatJson<T>(...args: string[]): Promise<T> {
  const { status, stdout, stderr } = await lifeboat(...args, "--json");
  if (status !== 0) throw new Error(`lifeboat ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The error that a command printed with --json, and its exit status. */
export async function lifeboatError(...args: string[]): Promise<CommandError> {
  return errorOf(await lifeboat(...args, "--json"), args);
}

export interface CommandError {
  readonly status: number | undefined;
  readonly code: string;
  readonly text: string;
  readonly details: Record<string, unknown>;
}

export function errorOf({ status, stdout, stderr }: CommandResult, args: readonly string[]): CommandError {
  if (status === 0) throw new Error(`lifeboat ${args.join(" ")} succeeded: ${stdout}`);
  const line = stderr
    .trim()
    .split("\n")
    .findLast((text) => text.startsWith('{"error"'));
  if (line === undefined) throw new Error(`lifeboat ${args.join(" ")} printed no coded error: ${stderr}`);
  const { error } = JSON.parse(line) as { error: { code: string; text: string; details: Record<string, unknown> } };
  return { status, ...error };
}
