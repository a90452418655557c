import { type Command, Option } from "commander";
import { parse } from "yaml";
import { LifeboatError } from "#base/errors.ts";
import { flagName, MEDIA_OPTIONS, type MediaOption } from "#mediabuilder/config/options.ts";
import type { Flags } from "#mediabuilder/config/read-config.ts";

/** Gives a verb a flag for each option of a medium, and the file of options. */
export function withMediaOptions(command: Command): Command {
  command.option("--config <file>", "take the options from this file (`media config` prints one); flags go before it");
  command.option("--headless", "the same as --kind headless");
  for (const { path, takes, help } of MEDIA_OPTIONS) {
    const flag = `--${flagName(path)}`;
    if (takes === "switch") command.option(flag, help).option(`--no-${flagName(path)}`, "without it");
    else command.addOption(repeatable(new Option(`${flag} <${takes}>`, help), takes));
  }
  return command;
}

const repeatable = (option: Option, takes: MediaOption["takes"]): Option =>
  ["list", "paths", "objects"].includes(takes)
    ? option.argParser((value: string, before: readonly string[] = []) => [...before, value])
    : option;

/** The flags that were given, by their options' paths. @throws USAGE for one that is not written as it must be */
export function mediaFlags(command: Command): Flags {
  const flags = new Map<string, unknown>();
  if (command.opts<{ headless?: boolean }>().headless) flags.set("kind", "headless");
  for (const { path, takes } of MEDIA_OPTIONS) {
    const name = new Option(`--${flagName(path)}`).attributeName();
    if (command.getOptionValueSource(name) === "cli")
      flags.set(path, flagValue(path, takes, command.getOptionValue(name)));
  }
  return flags;
}

/** As media.yaml would have it; what it may be is for the schema to say. */
function flagValue(path: string, takes: MediaOption["takes"], given: unknown): unknown {
  if (takes === "number") return Number.isNaN(Number(given)) ? given : Number(given);
  if (takes !== "objects") return given;
  const items = given as readonly string[];
  return items.length === 1 && /^\w+$/.test(items[0] ?? "") ? items[0] : items.map((item) => objectOf(path, item));
}

function objectOf(path: string, item: string): unknown {
  try {
    return parse(`{${item}}`, { maxAliasCount: 0 });
  } catch (cause) {
    const problem = `--${flagName(path)} ${item}: it must be like "kind: smb, name: NAS, server: nas, share: images"`;
    throw new LifeboatError("USAGE", { problem }, { cause });
  }
}
