import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { readListFile } from "#cli/list-file.ts";
import { type MachinesOption, withMachines } from "#cli/machines-option.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exportCsv, exportJson } from "#pxe/machines/list/export-list.ts";
import { readList } from "#pxe/machines/list/read-list.ts";
import type { MachineStore } from "#pxe/machines/machine-store.ts";

type Opened = <T>(options: MachinesOption, work: (store: MachineStore) => Promise<T>) => Promise<T>;

/** `pxe machines import`, `export` */
export function addListVerbs(machines: Command, opened: Opened): void {
  withMachines(
    verb(machines, "import", "machines of a list (CSV or JSON): new ones, and what is said of known ones; all or none"),
  )
    .argument("<file>", "as `export` writes it; - is standard input")
    .option("--dry-run", "only look whether it is right")
    .action(async (file: string, options: MachinesOption & { dryRun?: true }, command: Command) => {
      const source = file === "-" ? "standard input" : file;
      const list = readList(await readListFile(file), source);
      if (options.dryRun) {
        outputOf(command).result({ machines: list.length }, () => `${list.length} machines, without a mistake.`);
        return;
      }
      const done = await opened(options, (store) => store.announce(list, source));
      outputOf(command).result(done, () => `${done.added} added, ${done.changed} changed.`);
    });
  withMachines(verb(machines, "export", "all machines, as a list"))
    .addOption(new Option("--format <format>", "csv for spreadsheets, or json").choices(["csv", "json"]).default("csv"))
    .option("--out <file>", "default: standard output")
    .action(async (options: MachinesOption & { format: "csv" | "json"; out?: string }) => {
      const all = await opened(options, (store) => store.list());
      const text = options.format === "csv" ? exportCsv(all) : exportJson(all);
      if (options.out === undefined) process.stdout.write(text);
      else
        await writeFile(options.out, text).catch((cause: Error) => {
          throw new LifeboatError(
            "WRITE_FAILED",
            { device: options.out ?? "", offset: 0, reason: cause.message },
            { cause },
          );
        });
    });
}
