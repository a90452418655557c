import type { Command } from "commander";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatDuration } from "#base/units.ts";
import { type ConfigOption, partsOptions } from "#cli/media-build.ts";
import { withMediaOptions } from "#cli/media-options.ts";
import { type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";
import type { UndoWish } from "#imaging/plan/undo-place.ts";
import { undoPlace } from "#imaging/undo/place.ts";
import type { PlannedStick, StickRequest } from "#mediabuilder/usb/plan-sticks.ts";
import type { StickOutcome } from "#mediabuilder/usb/run-sticks.ts";
import type { StickPlan, StickReport } from "#mediabuilder/usb/stick-plan.ts";
import type { StickWork } from "#mediabuilder/usb/stick-work.ts";

interface UsbVerbOptions extends SectorSizeOptions, ConfigOption {
  to: string[];
  data: "exfat" | "ext4";
  update?: boolean;
  dryRun?: boolean;
  yesErase?: string[];
  yesChange?: string[];
  undo: boolean;
}

const collect = (word: string, before: string[] = []): string[] => [...before, word];

export function addUsbVerb(media: Command, environment: Environment): void {
  const usb = verb(media, "usb", "make rescue sticks with room for images, or update them; several at once")
    .requiredOption("--to <disk>", "stick: device path, stable id, or raw file; several with one --to each", collect)
    .option("--data <filesystem>", "of the partition for images: exfat for every system, ext4 for Linux alone", "exfat")
    .option("--update", "put this version on sticks of Lifeboat; their data partitions are not touched")
    .option("--dry-run", "print the plans and change nothing")
    .option("--yes-erase <disk-id>", "confirm by naming the disk as its plan shows it; one for each stick", collect)
    .option("--yes-change <disk-id>", "the same, of an update", collect)
    .option("--no-undo", "do not save what `lifeboat undo` needs")
    .addOption(sectorSizeOption());
  withMediaOptions(usb).action(async (options: UsbVerbOptions, command: Command) => {
    const output = outputOf(command);
    const request = await requestOf(options, environment);
    const parts = await partsOptions(options, command, environment, output);
    const { lookAtTargets, planSticks } = await import("#mediabuilder/usb/plan-sticks.ts");
    await lookAtTargets(request);
    // Loaded on use: the rescue system's own copy of the command carries no builder.
    const { buildStickWork } = await import("#mediabuilder/usb/build-sticks.ts");
    await using work = await buildStickWork({ ...parts, version: VERSION });
    const planned = await planSticks(request, work.system);
    if (options.dryRun) return await showPlans(planned, output);
    confirm(planned, options);
    await runAll(planned, work, output);
  });
}

async function requestOf(options: UsbVerbOptions, { undoFolder }: Environment): Promise<StickRequest> {
  const { to, data, update = false, undo } = options;
  if (data !== "exfat" && data !== "ext4")
    throw new LifeboatError("USAGE", { problem: `--data ${data}: choose exfat or ext4` });
  const place = undo ? await undoPlace({ path: undoFolder, kind: "folder" }) : undefined;
  const wish: UndoWish = undo ? (place ?? "no-place") : "unwanted";
  return { targets: to, update, data, undo: wish, ...sectorSizeOf(options) };
}

async function showPlans(planned: readonly PlannedStick[], output: Output): Promise<void> {
  const { describeStickPlan } = await import("#mediabuilder/usb/describe-stick-plan.ts");
  const [first] = planned;
  if (planned.length === 1 && first) {
    if ("error" in first) throw first.error;
    return output.result(first.plan, () => describeStickPlan(first.plan));
  }
  const text = (one: PlannedStick) =>
    "error" in one ? problemText(one.target, one.error) : describeStickPlan(one.plan);
  output.result(planned.map(jsonOf), () => planned.map(text).join("\n\n"));
  failWith(planned.flatMap((one) => ("error" in one ? [one.error] : [])));
}

/** Each stick by itself, and all of them before the first is written. */
function confirm(planned: readonly PlannedStick[], { yesErase = [], yesChange = [] }: UsbVerbOptions): void {
  for (const one of planned) {
    if ("error" in one || one.plan.operations.length === 0) continue;
    const { plan } = one;
    const given = [...yesErase, ...(plan.kind === "update-stick" ? yesChange : [])];
    if (given.some((word) => isConfirmed(plan, word))) continue;
    if (given.length < planned.length)
      throw new LifeboatError("CONFIRMATION_MISSING", { target: plan.target.name, id: plan.target.id });
    throw new LifeboatError("CONFIRM_MISMATCH", { asked: plan.target.id });
  }
}

function isConfirmed(plan: StickPlan, word: string): boolean {
  try {
    checkConfirmation(plan, word);
    return true;
  } catch {
    return false;
  }
}

async function runAll(planned: readonly PlannedStick[], work: StickWork, output: Output): Promise<void> {
  const { runSticks } = await import("#mediabuilder/usb/run-sticks.ts");
  const plans = planned.flatMap((one) => ("plan" in one ? [one.plan] : []));
  const ran = plans.length > 0 ? await runOperation("the writing of sticks", runSticks(plans, work), output) : [];
  const outcomes = planned.map((one) => ("plan" in one ? (ran[plans.indexOf(one.plan)] as StickOutcome) : one));
  const [first] = outcomes;
  if (outcomes.length === 1 && first) {
    if ("error" in first) throw first.error;
    return output.result(first.report, () => describe(first.report));
  }
  output.result(outcomes.map(jsonOf), () =>
    outcomes
      .map((one) => ("error" in one ? problemText(one.target, one.error) : `${one.target}: ${describe(one.report)}`))
      .join("\n"),
  );
  failWith(outcomes.flatMap((one) => ("error" in one ? [one.error] : [])));
}

type Failed = { readonly target: string; readonly error: Error };

function jsonOf(one: PlannedStick | StickOutcome): object {
  if (!("error" in one)) return one;
  const { target, error } = one as Failed;
  if (!isLifeboatError(error)) return { target, problem: { code: "INTERNAL", text: error.message } };
  const { code, text, safe, next, details } = error;
  return { target, problem: { code, text, safe, next, details } };
}

const problemText = (target: string, error: Error): string =>
  isLifeboatError(error)
    ? printable(`${target}: NOT DONE, ${error.message}. ${error.safe} ${error.next}`)
    : printable(`${target}: NOT DONE, ${error.message}`);

/** The others are done, and what they have to say was said; the command has failed all the same. */
function failWith(errors: readonly Error[]): void {
  const [first] = errors;
  if (first) process.exitCode = isLifeboatError(first) ? first.exitStatus : 1;
}

function describe(report: StickReport): string {
  const { target, system, before, writtenBytes, seconds, undo } = report;
  if (before && writtenBytes === 0) return printable(`${target.name} has Lifeboat ${system.version} already.`);
  const done = `${formatBytes(writtenBytes)} in ${formatDuration(seconds)}, read back and compared`;
  return [
    printable(
      before
        ? `Updated ${target.name} from Lifeboat ${before.version} to ${system.version}: ${done}. Its data partition is as it was.`
        : `Made ${target.name} a stick with Lifeboat ${system.version}: ${done}. It can be pulled out.`,
    ),
    ...(undo?.file === undefined ? [] : [printable(`What was on it before: lifeboat undo ${shellQuote(undo.file)}`)]),
  ].join("\n");
}
