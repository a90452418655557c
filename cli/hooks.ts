import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { duration } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { type HookRun, runHook } from "#imaging/job/hook.ts";

export interface HookOptions {
  before?: string;
  after?: string;
  hookTimeout: number;
}

const HOOK_SECONDS = 600;

const timeoutOption = () =>
  new Option("--hook-timeout <time>", "end a command of --before or --after that takes longer")
    .argParser(duration)
    .default(HOOK_SECONDS, "10m");

export const addHookOptions = (command: Command): Command =>
  command
    .addOption(new Option("--before <command>", "run this by the shell first; if it fails, nothing is done"))
    .addOption(new Option("--after <command>", "run this at the end, however it ended: LIFEBOAT_OUTCOME says how"))
    .addOption(timeoutOption());

/** What commands are told of a job, as environment variables. */
export interface HookSubject {
  readonly job: "capture" | "restore";
  readonly disk: string;
  readonly image: string;
}

/**
 * Runs a job between the user's own commands. @returns what the job returned, and what the commands did
 * @throws HOOK_FAILED when the one before fails; what the job throws
 */
export async function withHooks<R>(
  { before, after, hookTimeout: timeoutSeconds }: HookOptions,
  subject: HookSubject,
  output: Output,
  job: () => Promise<R>,
): Promise<{ result: R; hooks: HookRun[] }> {
  const hooks: HookRun[] = [];
  const run = async (when: HookRun["when"], command: string, outcome?: string) => {
    const hook = await runHook({ when, command, environment: environmentOf(subject, outcome), timeoutSeconds });
    hooks.push(hook);
    for (const line of hook.output.trimEnd().split("\n")) if (line) output.message(printable(`${when} | ${line}`));
    return hook;
  };
  if (before !== undefined) throwIfFailed(await run("before", before));
  const finish = async (outcome: string) => {
    const hook = after === undefined ? undefined : await run("after", after, outcome);
    if (hook && hook.status !== 0) output.message(`! the command of --after failed: ${howItEnded(hook)}`);
  };
  let result: R;
  try {
    result = await job();
  } catch (error) {
    await finish("failed");
    throw error;
  }
  await finish("succeeded");
  return { result, hooks };
}

/** `lifeboat hook test`: what a command would do, without a job. */
export function addHookVerb(program: Command): void {
  const hook = program.command("hook").description("commands that run before and after a job");
  verb(hook, "test", "run a command as a job would, and show what it prints and how it ends")
    .argument("<command>", "for the shell, as after --before or --after")
    .addOption(new Option("--when <when>", "as which it runs").choices(["before", "after"]).default("before"))
    .addOption(timeoutOption())
    .action(async (text: string, options: HookOptions & { when: HookRun["when"] }, command: Command) => {
      const subject = { job: "capture", disk: "/dev/example", image: "/mnt/example/office.lbi" } as const;
      const environment = environmentOf(subject, options.when === "after" ? "succeeded" : undefined);
      const run = await runHook({
        when: options.when,
        command: text,
        environment,
        timeoutSeconds: options.hookTimeout,
      });
      outputOf(command).result({ ...run, environment }, () =>
        [run.output.trimEnd(), howItEnded(run)].join("\n").trim(),
      );
      throwIfFailed(run);
    });
}

const environmentOf = ({ job, disk, image }: HookSubject, outcome: string | undefined) => ({
  LIFEBOAT_JOB: job,
  LIFEBOAT_DISK: disk,
  LIFEBOAT_IMAGE: image,
  ...(outcome !== undefined && { LIFEBOAT_OUTCOME: outcome }),
});

function howItEnded({ status, seconds, timedOut }: HookRun): string {
  if (timedOut) return `it was ended after ${Math.round(seconds)} s`;
  return status === 0 ? `it ended well after ${seconds.toFixed(1)} s` : `it ended with status ${status}`;
}

function throwIfFailed(hook: HookRun): void {
  if (hook.status === 0) return;
  throw new LifeboatError("HOOK_FAILED", { when: hook.when, command: hook.command, problem: howItEnded(hook) });
}
