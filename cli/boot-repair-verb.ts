import type { Command } from "commander";
import { type MendVerbOptions, mend, mendWish, withMending } from "#cli/mend-options.ts";
import { outputOf, verb } from "#cli/verb.ts";

export const addBootRepairVerb = (boot: Command): Command =>
  withMending(
    verb(boot, "repair", "make firmware find and start the systems of a disk: boot loaders, menus, entries of UEFI"),
  ).action((name: string, options: MendVerbOptions, command: Command) =>
    mend(name, mendWish(options, { boot: true, universal: false }), options, outputOf(command)),
  );
