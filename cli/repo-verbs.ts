import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { duration, passwordFileOption, size } from "#cli/options.ts";
import type { Environment } from "#cli/password-input.ts";
import { initRepository } from "#cli/repo-init.ts";
import { describeCheck, describeCleanUp, describeCopy, describeDecisions, describeRepair } from "#cli/repo-reports.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { type CheckReport, checkRepository } from "#imaging/repository/check.ts";
import { CleanUp } from "#imaging/repository/clean-up.ts";
import { copyRepository, type OpenedRepository } from "#imaging/repository/copy-repository.ts";
import { keptPoints } from "#imaging/repository/kept-points.ts";
import { repairRepository } from "#imaging/repository/repair.ts";
import { keyOfRepository, openRepository, type Repository } from "#imaging/repository/repository.ts";
import { decideRetention, type KeptPoint, type Retention } from "#imaging/repository/retention.ts";
import { decideForSpace } from "#imaging/repository/space-floor.ts";
import { say } from "#imaging/words/say.ts";

interface PruneOptions extends UnlockOptions {
  keepLast?: number;
  keepDaily?: number;
  keepWeekly?: number;
  keepMonthly?: number;
  keepYearly?: number;
  keepFree?: number;
  grace: number;
  dryRun?: boolean;
  yes?: boolean;
}

interface ReadOptions extends UnlockOptions {
  readData?: boolean;
}

interface CopyOptions extends UnlockOptions {
  toPasswordFile?: string;
}

export function addRepoVerbs(program: Command, environment: Environment): void {
  const repo = program.command("repo").description("repositories: folders that hold images, equal parts of them once");
  initRepository(repo, environment);
  addPruneVerb(repo, environment);
  addCopyVerb(repo, environment);
  verb(repo, "check", "look whether everything is there, and name the points and files that lack something")
    .argument("<folder>", "the repository")
    .option("--read-data", "read all data too, and hold it against its checksums")
    .addOption(passwordFileOption())
    .action(async (folder: string, options: ReadOptions, command: Command) => {
      const output = outputOf(command);
      const { repository, ...keys } = await open(folder, options, environment);
      const request = { ...keys, readData: options.readData === true };
      const report = await runOperation("check", (signal) => checkRepository(repository, request, signal), output);
      output.result(report, () => describeCheck(report));
      throwIfDamaged(repository, report);
    });
  verb(repo, "repair", "make the index anew from the data; damaged data is left out, and stored anew by later captures")
    .argument("<folder>", "the repository")
    .option("--read-data", "read all data, so that what is damaged is found")
    .addOption(passwordFileOption())
    .action(async (folder: string, options: ReadOptions, command: Command) => {
      const output = outputOf(command);
      const { repository, recordKey } = await open(folder, options, environment);
      const request = { recordKey, readData: options.readData === true };
      const report = await runOperation("repair", (signal) => repairRepository(repository, request, signal), output);
      output.result(report, () => describeRepair(report));
    });
}

function addPruneVerb(repo: Command, environment: Environment): void {
  const keep = (flag: string, what: string) => new Option(`--keep-${flag} <n>`, `keep ${what}`).argParser(count);
  verb(repo, "prune", "delete points that are not to be kept, and free what no point needs any more")
    .argument("<folder>", "the repository")
    .addOption(keep("last", "the last n points of each disk"))
    .addOption(keep("daily", "the newest point of each of the last n days"))
    .addOption(keep("weekly", "the newest point of each of the last n weeks"))
    .addOption(keep("monthly", "the newest point of each of the last n months"))
    .addOption(keep("yearly", "the newest point of each of the last n years"))
    .addOption(
      new Option("--keep-free <size>", "let more points go, the oldest first, until so much is free").argParser(size),
    )
    .addOption(
      new Option("--grace <time>", "what is deleted stays so long, and can be undeleted")
        .argParser(duration)
        .default(86_400, "1d"),
    )
    .option("--dry-run", "only show which points would go")
    .option("--yes", "do it: points that are not kept are deleted")
    .addOption(passwordFileOption())
    .action(async (folder: string, options: PruneOptions, command: Command) => {
      const output = outputOf(command);
      const { repository, unlock, recordKey } = await open(folder, options, environment);
      const decisions = await decide(await keptPoints(repository, unlock, recordKey), options, {
        repository,
        unlock,
        recordKey,
      });
      const going = decisions.filter(({ reasons }) => reasons.length === 0).map(({ point }) => point.path);
      if (options.dryRun) return output.result(decisions, () => describeDecisions(decisions));
      if (going.length > 0 && !options.yes) {
        output.message(describeDecisions(decisions));
        throw new LifeboatError("USAGE", { problem: `${going.length} points would be deleted: confirm with --yes` });
      }
      const writer = { program: "lifeboat", version: VERSION, platform: `${process.platform} ${process.arch}` };
      const request = { points: going, graceSeconds: options.grace, unlock, recordKey, writer };
      const operation = (signal: AbortSignal) => new CleanUp(repository, request, signal).steps();
      const report = await runOperation("clean-up", operation, output);
      output.result(report, () => describeCleanUp(report));
    });
}

function addCopyVerb(repo: Command, environment: Environment): void {
  verb(repo, "copy", "bring all points of a repository to another one, and put back what that one has lost")
    .argument("<from>", "the repository to read")
    .argument("<to>", "the repository to write; make it with `repo init`")
    .addOption(passwordFileOption())
    .addOption(new Option("--to-password-file <file>", "the password of the second one, when it is another"))
    .action(async (from: string, to: string, options: CopyOptions, command: Command) => {
      const output = outputOf(command);
      const source = await open(from, options, environment);
      const { passwordFile, toPasswordFile = passwordFile } = options;
      const target = await open(to, toPasswordFile === undefined ? {} : { passwordFile: toPasswordFile }, environment);
      const report = await runOperation("copy", (signal) => copyRepository(source, target, signal), output);
      output.result(report, () => describeCopy(report));
      const [first] = report.failed;
      if (!first) return;
      const details = {
        folder: source.repository.folders.root,
        damaged: report.failed.length,
        points: report.failed.length,
      };
      throw new LifeboatError("REPOSITORY_DAMAGED", { ...details, first: first.problem });
    });
}

async function open(folder: string, options: UnlockOptions, environment: Environment): Promise<OpenedRepository> {
  const repository = await openRepository(resolve(folder));
  const unlock = unlockWith(options, environment);
  return { repository, unlock, recordKey: await keyOfRepository(repository, unlock) };
}

/** Without a rule nothing is deleted: a clean-up only frees what was deleted before. */
function retentionOf(options: PruneOptions): Retention | undefined {
  const { keepLast = 0, keepDaily = 0, keepWeekly = 0, keepMonthly = 0, keepYearly = 0 } = options;
  if (keepLast + keepDaily + keepWeekly + keepMonthly + keepYearly === 0) return undefined;
  return { last: keepLast, daily: keepDaily, weekly: keepWeekly, monthly: keepMonthly, yearly: keepYearly };
}

/** Which points stay, by rules and by space; nothing is decided where there is neither. */
async function decide(points: readonly KeptPoint[], options: PruneOptions, opened: OpenedRepository) {
  const retention = retentionOf(options);
  const all = points.map((point) => ({ point, reasons: [say("retention.no-rule")] }));
  const byRule = retention ? decideRetention(points, retention) : all;
  if (options.keepFree !== undefined) return decideForSpace(byRule, options.keepFree, opened);
  return retention ? byRule : [];
}

function throwIfDamaged({ folders }: Repository, { problems, touched }: CheckReport): void {
  const first = problems[0] ?? touched[0]?.notes[0] ?? touched[0]?.name;
  if (first === undefined) return;
  const details = { folder: folders.root, damaged: problems.length, points: touched.length, first };
  throw new LifeboatError("REPOSITORY_DAMAGED", details);
}

function count(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0)
    throw new LifeboatError("USAGE", { problem: `${text} is no number of points` });
  return number;
}
