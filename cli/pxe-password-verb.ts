import type { Command } from "commander";
import { readPassword } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { hashPassword } from "#pxe/menu/password-hash.ts";

/** `pxe password`: what stands in a menu file for a password. */
export const addPasswordVerb = (pxe: Command): Command =>
  verb(pxe, "password", "print what stands in the file of `pxe serve --menu` for a password, which it asks for")
    .option("--password-file <file>", "instead of asking; - is standard input")
    .action(async ({ passwordFile }: { passwordFile?: string }, command: Command) => {
      const what = "the password of a menu's user";
      const password = await readPassword({ what, option: "--password-file", file: passwordFile, isNew: true });
      const hash = await hashPassword(password);
      outputOf(command).result({ hash }, () => hash);
    });
