import { rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Command } from "commander";
import { isLifeboatError } from "#base/errors.ts";
import { formatBytes } from "#base/units.ts";
import { clientOf, type ServerOption, withServer } from "#cli/server-option.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { bundlePath } from "#rescue/api/contract.ts";
import { bundleName, writeBundle } from "#rescue/support/bundle.ts";
import { folderSources, machineSerials, machineSources } from "#rescue/support/machine-sources.ts";
import { redactor } from "#rescue/support/redact.ts";

interface SupportOptions extends ServerOption {
  out?: string;
  withoutSerials?: boolean;
}

const LOGS = "/var/log/lifeboat";

/** `support-bundle`: from the rescue server, which knows most; where none answers, from the machine itself. */
export const addSupportVerb = (program: Command): Command =>
  withServer(verb(program, "support-bundle", "collect logs, hardware and reports for whoever helps, without passwords"))
    .option("--out <file>", "the .tar.gz to write (default: in this folder, named by machine and time)")
    .option("--without-serials", "leave out serial numbers and addresses of cards too")
    .action(async (options: SupportOptions, command: Command) => {
      const out = resolve(options.out ?? `${bundleName()}.tar.gz`);
      const from = await collect(out, options);
      const { size } = await stat(out);
      outputOf(command).result({ path: out, bytes: size, from }, () =>
        [
          `Wrote ${out}: ${formatBytes(size)}. Look through it before you send it.`,
          ...(from === "machine" ? ["! No rescue server answered: its jobs and images are not in it."] : []),
        ].join("\n"),
      );
    });

async function collect(out: string, options: SupportOptions): Promise<"server" | "machine"> {
  const unfinished = join(dirname(out), `.${bundleName()}.partial`);
  try {
    await clientOf(options).download(options.withoutSerials ? `${bundlePath}?serials=no` : bundlePath, unfinished);
    await rename(unfinished, out);
    return "server";
  } catch (error) {
    await rm(unfinished, { force: true });
    if (!isLifeboatError(error, "SERVER_UNREACHABLE")) throw error;
  }
  const serials = options.withoutSerials ? await machineSerials() : [];
  const sources = [...machineSources(), ...(await folderSources(LOGS, /\.(log|json)$/, "logs"))];
  await writeBundle(sources, redactor({ secrets: [], serials }), out);
  return "machine";
}
