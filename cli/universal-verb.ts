import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type MendVerbOptions, mend, mendWish, withAdaptation, withMending } from "#cli/mend-options.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { MendWish } from "#imaging/mend/mend.ts";

export const addUniversalVerb = (program: Command): Command =>
  withAdaptation(
    withMending(
      verb(program, "universal", "let the systems of a disk start on other hardware, and repair what starts them"),
    ),
  )
    .option("--undo [time]", "take back what was changed for Windows: the last time, or the one that its folder names")
    .option("--force", "with --undo: also when Windows has run since; what it has noted in its registry is lost")
    .action((name: string, options: UniversalOptions, command: Command) =>
      mend(name, wishOf(options), options, outputOf(command)),
    );

interface UniversalOptions extends MendVerbOptions {
  undo?: string | true;
  force?: boolean;
}

/** @throws USAGE */
function wishOf(options: UniversalOptions): MendWish {
  const { undo, force, drivers, firmware, identity, discardHibernation } = options;
  if (undo === undefined) {
    if (force) throw new LifeboatError("USAGE", { problem: "--force goes with --undo" });
    return mendWish(options, { boot: true, universal: true });
  }
  if (drivers || firmware || identity)
    throw new LifeboatError("USAGE", { problem: "--undo goes with none of --drivers, --firmware and --identity" });
  return {
    ...{ boot: false, universal: false, drivers: [], identity: "keep" },
    undo: { ...(undo !== true && { time: undo }), ...(force && { force }) },
    ...(discardHibernation && { discardHibernation }),
  };
}
