import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { type KnownMedium, MEDIUM_INFO_FILE, parseMediumInfo } from "#base/medium-info.ts";
import { table } from "#cli/output.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { listDisks } from "#imaging/inventory/list-disks.ts";
import type { ListedStick } from "#mediabuilder/usb/list-sticks.ts";

/** Where the rescue system has what it was started from. */
const RUNNING = `/run/lifeboat/medium/${MEDIUM_INFO_FILE}`;

export function addMediaListVerb(media: Command): void {
  verb(media, "list", "the rescue sticks that are plugged in, and which of them are out of date")
    .argument("[disk...]", "look at these alone: device path, stable id, or raw file")
    .action(async (names: string[], _options: object, command: Command) => {
      const { listSticks } = await import("#mediabuilder/usb/list-sticks.ts");
      const disks = names.length > 0 ? await Promise.all(names.map((name) => findDisk(name))) : await listDisks();
      const sticks = await listSticks(disks, await knownMedium(), Date.now());
      outputOf(command).result(sticks, () => describe(sticks));
    });
}

/** The rescue system knows its own medium; on any other machine it is the version of this command that counts. */
const knownMedium = async (): Promise<KnownMedium> =>
  parseMediumInfo(await readFile(RUNNING, "utf8").catch(() => "")) ?? { version: VERSION };

function describe(sticks: readonly ListedStick[]): string {
  if (sticks.length === 0) return "no stick of Lifeboat is plugged in";
  const rows = sticks.map((stick) => [
    stick.path,
    stick.name,
    stick.info?.version ?? "?",
    stick.info?.packagesAt.slice(0, 10) ?? "?",
    stateOf(stick),
  ]);
  return table([["STICK", "NAME", "VERSION", "OF", "STATE"], ...rows]);
}

function stateOf({ problem, age, days, isOld }: ListedStick): string {
  if (problem !== undefined) return problem;
  if (age === "older") return `out of date: there is a newer one here${UPDATE}`;
  if (isOld) return `${days} days old${UPDATE}`;
  return age === "newer" ? "newer than the one here" : "up to date";
}

const UPDATE = "; `lifeboat media usb --update` renews it";
