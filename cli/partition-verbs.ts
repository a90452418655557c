import { readFile } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes, formatDuration, parseBytes } from "#base/units.ts";
import { partitionTable } from "#cli/disk-verbs.ts";
import { type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { type Disk, diskName, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { MIB } from "#imaging/layout/layout.ts";
import { Edit, NewFilesystem } from "#imaging/partition/edit.ts";
import type { EditPlan } from "#imaging/partition/edit-plan.ts";
import { knownLimits } from "#imaging/partition/known-limits.ts";
import { findMove, refuseUnfinished } from "#imaging/partition/move/find-move.ts";
import { freeSpaces, type Picture } from "#imaging/partition/picture.ts";
import { pictureDisk } from "#imaging/partition/picture-disk.ts";
import { planEdits } from "#imaging/partition/plan-edits.ts";
import { resumeMove, runEdits } from "#imaging/partition/run-edits.ts";
import { checkConfirmation } from "#imaging/plan/confirmation.ts";

interface EditOptions extends SectorSizeOptions {
  dryRun?: boolean;
  yesChange?: string;
}

/** "650M" to bytes. */
function bytes(text: string): number {
  const found = parseBytes(text);
  if (found === undefined || found === 0) throw new InvalidArgumentError("Give a size, such as 20G or 512M.");
  return found;
}

const bytesOr =
  (...words: readonly string[]) =>
  (text: string): number | string =>
    words.includes(text) ? text : bytes(text);

function number(text: string): number {
  const found = Number(text);
  if (!Number.isInteger(found) || found < 1) throw new InvalidArgumentError("Give the partition's number.");
  return found;
}

const filesystemOption = () =>
  new Option("--filesystem <kind>", "make a file system in it").choices(NewFilesystem.options);
const labelOption = () => new Option("--label <text>", "label of the file system");

/** `partition …`: each verb is one operation; `partition apply` takes a list of them. */
export function addPartitionVerbs(program: Command): void {
  const parent = program.command("partition").description("change the partitions of a disk");
  verb(parent, "list", "list the partitions of a disk and its free space")
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .addOption(sectorSizeOption())
    .action(async (name: string, options: SectorSizeOptions, command: Command) => {
      const { disk, picture } = await look(name, options);
      const free = freeSpaces(picture);
      outputOf(command).result({ ...disk, free }, () => describeList(disk, free));
    });
  edit(parent, "create", "make a partition in free space")
    .option("--start <byte>", "where it starts (default: the first free space that is large enough)", bytes)
    .option("--size <size>", "how large it is (default: all of that free space)", bytes)
    .addOption(new Option("--role <role>", "on an MBR").choices(["primary", "logical"]))
    .option("--type <type>", "GPT type GUID, or an MBR type such as 0x83 (default: that of the file system)")
    .option("--name <text>", "its name in a GPT")
    .addOption(filesystemOption())
    .addOption(labelOption())
    .action(
      run(({ start, size, role, type, name, filesystem, label }) => ({
        op: "create",
        start,
        size,
        role,
        type,
        name,
        filesystem,
        label,
      })),
    );
  edit(parent, "delete", "delete a partition", number).action(run((_options, one) => ({ op: "delete", number: one })));
  edit(parent, "resize", "make a partition and its file system smaller or larger", number)
    .requiredOption(
      "--size <size>",
      "how large it will be; or max: into the free space behind it; or least: as small as its file system can be",
      bytesOr("max", "least"),
    )
    .action(run(({ size }, one) => ({ op: "resize", number: one, size })));
  edit(parent, "move", "move a partition with all that is in it", number)
    .requiredOption(
      "--start <where>",
      "byte of the disk; or left, right: to that end of the free space; or aligned: to the next whole MiB",
      bytesOr("left", "right", "aligned"),
    )
    .action(run(({ start }, one) => ({ op: "move", number: one, start })));
  edit(parent, "align", "move each partition that starts at no whole MiB to the next one").action(
    async (name: string, options: EditOptions, command: Command) => {
      const { picture } = await look(name, options);
      const edits = picture.partitions
        .filter(({ start, role }) => role !== "extended" && start % MIB !== 0)
        .map((one): Edit => ({ op: "move", number: one.number, start: "aligned" }));
      if (edits.length === 0) return outputOf(command).result({ edits }, () => "All partitions are aligned.");
      await carryOut(name, edits, options, outputOf(command));
    },
  );
  edit(parent, "format", "make an empty file system in a partition", number)
    .addOption(filesystemOption().makeOptionMandatory())
    .addOption(labelOption())
    .action(run(({ filesystem, label }, one) => ({ op: "format", number: one, filesystem, label })));
  edit(parent, "label", "label the file system of a partition", number)
    .addOption(labelOption().makeOptionMandatory())
    .action(run(({ label }, one) => ({ op: "label", number: one, label })));
  edit(parent, "name", "name a partition in a GPT", number)
    .requiredOption("--name <text>", "its name")
    .action(run(({ name }, one) => ({ op: "name", number: one, name })));
  edit(parent, "type", "change the type of a partition", number)
    .requiredOption("--type <type>", "GPT type GUID, or an MBR type such as 0x83")
    .action(run(({ type }, one) => ({ op: "type", number: one, type })));
  edit(parent, "active", "mark a partition as the one that legacy firmware starts", number)
    .option("--off", "take the mark away")
    .action(run(({ off }, one) => ({ op: "active", number: one, active: off !== true })));
  edit(parent, "convert", "convert the partition table; no partition moves")
    .requiredOption("--table <kind>", "gpt or mbr")
    .action(run(({ table }) => ({ op: "convert", table })));
  edit(parent, "table", "make an empty partition table; all partitions are lost")
    .requiredOption("--table <kind>", "gpt or mbr")
    .action(run(({ table }) => ({ op: "table", table })));
  edit(parent, "apply", "carry out a list of operations")
    .requiredOption("--file <file>", "JSON file with the list")
    .action(async (disk: string, options: EditOptions & { file: string }, command: Command) =>
      carryOut(disk, await readEdits(options.file), options, outputOf(command)),
    );
  verb(parent, "resume", "finish a move or a change of size that was interrupted")
    .argument("<disk>", "device path, stable id, or raw disk image file")
    .addOption(sectorSizeOption())
    .action(async (name: string, options: SectorSizeOptions, command: Command) => {
      const disk = await findDisk(name, sectorSizeOf(options));
      const output = outputOf(command);
      const target = { ...disk, name: diskName(disk) };
      const done = await runOperation("the change", resumeMove(target), output);
      output.result(done, () => `Partition ${done.number} is as it was meant to be.`);
    });
}

/** A verb with what all of them ask. */
function edit(parent: Command, name: string, description: string, parse?: (text: string) => number): Command {
  const made = verb(parent, name, description).argument("<disk>", "device path, stable id, or raw disk image file");
  if (parse) made.argument("<number>", "number of the partition", parse);
  return made
    .option("--dry-run", "print the plan and change nothing")
    .option("--yes-change <disk-id>", "confirm by naming the disk as the plan shows it")
    .addOption(sectorSizeOption());
}

type Given = EditOptions & Record<string, unknown>;

const run =
  (make: (options: Record<string, unknown>, number: number | undefined) => Record<string, unknown>) =>
  async (disk: string, ...rest: unknown[]): Promise<void> => {
    const command = rest.at(-1) as Command;
    const options = command.opts<Given>();
    const one = typeof rest[0] === "number" ? rest[0] : undefined;
    await carryOut(disk, [parseEdit(make(options, one))], options, outputOf(command));
  };

function parseEdit(given: Record<string, unknown>): Edit {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const parsed = Edit.safeParse(said);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LifeboatError("USAGE", { problem: `${issue?.path.join(".")}: ${issue?.message}` });
}

async function readEdits(file: string): Promise<Edit[]> {
  try {
    return z
      .array(Edit)
      .min(1)
      .parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    const problem = issue ? `${issue.path.join(".")}: ${issue.message}` : (cause as Error).message;
    throw new LifeboatError(
      "REQUEST_INVALID",
      { path: file, problem: `it is no list of operations (${problem})` },
      { cause },
    );
  }
}

async function look(
  name: string,
  options: SectorSizeOptions,
  edits: readonly Edit[] = [],
): Promise<{ disk: Disk; picture: Picture }> {
  const disk = await findDisk(name, sectorSizeOf(options));
  await using device = await openDevice(disk.path, fileOptions(disk));
  refuseUnfinished(await findMove(device), disk.path);
  const usedBy = (one: number) => disk.partitions.find((other) => other.number === one)?.usedBy ?? [];
  return { disk, picture: await pictureDisk(device, await knownLimits(device, edits, usedBy)) };
}

async function carryOut(name: string, edits: readonly Edit[], options: EditOptions, output: Output): Promise<void> {
  const { disk, picture } = await look(name, options, edits);
  const plan = planEdits(disk, picture, edits);
  if (options.dryRun) return output.result(plan, () => describeEdits(plan));
  if (options.yesChange === undefined)
    throw new LifeboatError("CONFIRMATION_MISSING", { target: plan.target.name, id: plan.target.id });
  checkConfirmation(plan, options.yesChange);
  const report = await runOperation("the change of partitions", runEdits(plan), output);
  output.result(report, () =>
    [...report.steps, `Done in ${formatDuration(report.seconds)}.`].map(printable).join("\n"),
  );
}

const describeEdits = (plan: EditPlan): string =>
  [
    `Plan ${plan.id}: change the partitions of ${plan.target.name}`,
    `  disk   ${plan.target.path}, ${formatBytes(plan.target.size)}, id ${plan.target.id}`,
    plan.losses.length > 0 ? "This will be lost:" : "Nothing on the disk will be lost.",
    ...plan.losses.map((loss) => `  - ${loss.text}`),
    ...plan.warnings.map((warning) => `  ! ${warning.text}`),
    "What will be done:",
    ...plan.steps.map((step, i) => `  ${i + 1}. ${step}`),
    `Confirm with: --yes-change ${shellQuote(plan.target.id)}`,
  ]
    .map(printable)
    .join("\n");

const describeList = (disk: Disk, free: ReturnType<typeof freeSpaces>): string =>
  [
    printable(`${diskName(disk)}, ${formatBytes(disk.size)}, table ${disk.table.type}`),
    ...(disk.partitions.length > 0 ? [partitionTable(disk.partitions)] : []),
    ...free.map(
      ({ start, end, inside }) =>
        `  free: ${formatBytes(end - start)} from byte ${start}${inside === "extended" ? ", for logical partitions" : ""}`,
    ),
  ].join("\n");
