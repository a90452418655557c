import { type Command, InvalidArgumentError, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { parseBytes } from "#base/units.ts";
import { setRefusedStatus } from "#cli/mend-options.ts";
import { type SectorSizeOptions, sectorSizeOf, sectorSizeOption } from "#cli/options.ts";
import { carryOut, describeList, type EditOptions, look, mending, readEdits, withBootRepair } from "#cli/run-edits.ts";
import { runOperation } from "#cli/run-operation.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { diskName } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { MIB } from "#imaging/layout/layout.ts";
import { describeMendReport } from "#imaging/mend/describe-mend.ts";
import { resumeAndMend } from "#imaging/mend/edit-and-mend.ts";
import { Edit, NewFilesystem } from "#imaging/partition/edit.ts";
import { freeSpaces } from "#imaging/partition/picture.ts";

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
    .addOption(noBootRepairOption())
    .addOption(sectorSizeOption())
    .action(async (name: string, options: EditOptions, command: Command) => {
      const disk = await findDisk(name, sectorSizeOf(options));
      const output = outputOf(command);
      const target = { ...disk, name: diskName(disk) };
      const resuming = resumeAndMend(target, { bootRepair: withBootRepair(options), ...(await mending(disk, output)) });
      const done = await runOperation("the change", resuming, output);
      output.result(done, () =>
        [
          `Partition ${done.number} is as it was meant to be.`,
          ...(done.mend ? [describeMendReport(done.mend)] : []),
        ].join("\n"),
      );
      setRefusedStatus(done.mend);
    });
}

/** A verb with what all of them ask. */
function edit(parent: Command, name: string, description: string, parse?: (text: string) => number): Command {
  const made = verb(parent, name, description).argument("<disk>", "device path, stable id, or raw disk image file");
  if (parse) made.argument("<number>", "number of the partition", parse);
  return made
    .option("--dry-run", "print the plan and change nothing")
    .option("--yes-change <disk-id>", "confirm by naming the disk as the plan shows it")
    .addOption(noBootRepairOption())
    .addOption(sectorSizeOption());
}

const noBootRepairOption = () =>
  new Option("--no-boot-repair", "after a move or a conversion, leave what starts the systems on the disk as it is");

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
