import { basename, resolve } from "node:path";
import { type Command, Option } from "commander";
import { type Environment, readPassword } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import { createRepository } from "#imaging/repository/repository.ts";

interface InitOptions {
  encrypt?: boolean;
  passwordFile?: string;
}

export function initRepository(repo: Command, environment: Environment): void {
  verb(repo, "init", "make a repository in an empty folder, on a disk, a stick or a share")
    .argument("<folder>", "the folder; it is made when it is not there")
    .option("--encrypt", "encrypt it; the password comes from a file, LIFEBOAT_PASSWORD or a prompt")
    .addOption(
      new Option("--password-file <file>", "the password to encrypt with (implies --encrypt); - is standard input"),
    )
    .action(async (folder: string, options: InitOptions, command: Command) => {
      const root = resolve(folder);
      const credentials = await newCredentials(root, options, environment);
      const platform = `${process.platform} ${process.arch}`;
      const made = await createRepository(root, credentials, { program: "lifeboat", version: VERSION, platform });
      const result = { repository: root, id: made.id, encrypted: made.encrypted };
      outputOf(command).result(result, () => describeMade(root, made.encrypted));
    });
}

async function newCredentials(root: string, options: InitOptions, environment: Environment): Promise<Credential[]> {
  if (options.encrypt !== true && options.passwordFile === undefined) return [];
  const text = await readPassword({
    what: `the new password of ${basename(root)}`,
    option: "--password-file",
    file: options.passwordFile,
    environment: environment.password,
    isNew: true,
  });
  return [{ kind: "password", text }];
}

const describeMade = (root: string, encrypted: boolean): string =>
  [
    `${root} is a repository now${encrypted ? ", encrypted" : ""}.`,
    `Capture into it with: lifeboat capture DISK --to ${root}`,
  ].join("\n");
