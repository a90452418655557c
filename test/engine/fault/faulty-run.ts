import { randomBytes } from "node:crypto";
import { PASSWORD } from "#test/engine/fault/fault-disk.ts";
import { type CommandResult, errorOf, type RunningCommand, startLifeboatWith } from "#test/engine/image/command.ts";
import { type FaultRule, FaultyIo } from "#test/fault/faulty-io.ts";

export interface FaultyResult extends CommandResult {
  /** How many faults took effect, by rule. */
  readonly fired: readonly number[];
}

const START = { LIFEBOAT_PASSWORD: PASSWORD };

/** Runs the command with faults from its start. @param extra more environment, such as LIFEBOAT_STATE */
export async function runFaulty(
  rules: readonly FaultRule[],
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): Promise<FaultyResult> {
  using faults = new FaultyIo(rules);
  const result = await startLifeboatWith({ ...START, ...faults.env, ...extra }, ...args, "--json").result;
  return { ...result, fired: count(faults, rules.length) };
}

/** Starts it, for a test that changes the faults while it runs. */
export const startFaulty = (
  faults: FaultyIo,
  args: readonly string[],
  extra: Readonly<Record<string, string>> = {},
): RunningCommand => startLifeboatWith({ ...START, ...faults.env, ...extra }, ...args, "--json");

export const count = (faults: FaultyIo, rules: number): number[] => {
  const all = faults.faults();
  return Array.from({ length: rules }, (_, rule) => all.filter((fault) => fault.rule === rule).length);
};

/** Without faults. */
export const runClean = (args: readonly string[], extra: Readonly<Record<string, string>> = {}) =>
  startLifeboatWith({ ...START, ...extra }, ...args, "--json").result;

/** Runs a command that must succeed. @throws Error with what it said */
export async function mustRun<T>(args: readonly string[], extra: Readonly<Record<string, string>> = {}): Promise<T> {
  const { status, stdout, stderr } = await runClean(args, extra);
  if (status !== 0) throw new Error(`lifeboat ${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The status and code of a command that must fail. */
export async function mustFail(args: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const { status, code } = errorOf(await runClean(args, extra), args);
  return { status, code };
}

export const codeOf = (result: CommandResult, args: readonly string[]): string => errorOf(result, args).code;

/** A random number below `most`; the tests print what they drew. */
export const draw = (most: number): number => randomBytes(4).readUInt32LE() % most;

/** Waits for a moment that comes while a command runs. @throws Error when it ended before */
export async function until(running: RunningCommand, isMoment: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isMoment())) {
    if (running.child.exitCode !== null || running.child.signalCode !== null)
      throw new Error(`ended before the moment: ${(await running.result).stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What the command said so far, on standard error. */
export function listen(running: RunningCommand): () => string {
  let said = "";
  running.child.stderr?.on("data", (data: Buffer) => {
    said += data.toString();
  });
  return () => said;
}
