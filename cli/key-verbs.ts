import { resolve } from "node:path";
import type { Command } from "commander";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { formatTime } from "#base/units.ts";
import { type Output, table } from "#cli/output.ts";
import { type Environment, passwordOf, readPassword } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { addKey, listKeys, removeKey, replaceKey } from "#imaging/keys/change-keys.ts";
import type { Credential } from "#imaging/keys/credential.ts";
import type { KeyInfo } from "#imaging/keys/key-area.ts";
import { createRecoveryKey } from "#imaging/keys/recovery-key.ts";
import { keyFileOf } from "#imaging/repository/key-file-of.ts";

interface KeyOptions {
  passwordFile?: string;
  newPasswordFile?: string;
  slot?: string;
}

const PASSWORD_FILE = [
  "--password-file <file>",
  "a password or recovery key of the image; - is standard input",
] as const;
const NEW_PASSWORD_FILE = ["--new-password-file <file>", "the new password; - is standard input"] as const;

export function addKeyVerbs(image: Command, environment: Environment): void {
  const key = image.command("key").description("passwords and recovery keys of an encrypted image");
  verb(key, "list", "show the keys of an image; needs none of them")
    .argument("<image>", "image file, point, or folder of a repository")
    .action(async (file: string, _options, command: Command) => {
      const keys = await keyFileOf(resolve(file)).then(listKeys).catch(noneWhereNoneAre);
      outputOf(command).result(keys, () =>
        keys.length > 0 ? describe(keys) : `${file} is not encrypted: it has no keys`,
      );
    });
  verb(key, "add", "let another password open the image")
    .argument("<image>", "image file, point, or folder of a repository")
    .option(...PASSWORD_FILE)
    .option(...NEW_PASSWORD_FILE)
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const existing = await existingKey(file, options, environment);
      const added = await addKey(await keyFileOf(resolve(file)), existing, await newPassword(options));
      outputOf(command).result(added, () => `Slot ${added.slotId} has the new password.`);
    });
  verb(key, "change", "replace a password in one step")
    .argument("<image>", "image file, point, or folder of a repository")
    .option(...PASSWORD_FILE)
    .option(...NEW_PASSWORD_FILE)
    .option("--slot <id>", "replace this key (default: the one that the password given opens)")
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const slotId = options.slot === undefined ? undefined : parseSlot(options.slot);
      const existing = await existingKey(file, options, environment);
      const added = await replaceKey(await keyFileOf(resolve(file)), existing, await newPassword(options), slotId);
      outputOf(command).result(added, () => `Slot ${added.slotId} has the new password; the replaced key is gone.`);
    });
  addRecoveryAndRemove(key, environment);
}

function addRecoveryAndRemove(key: Command, environment: Environment): void {
  verb(key, "recovery", "make a recovery key and print it, once")
    .argument("<image>", "image file, point, or folder of a repository")
    .option(...PASSWORD_FILE)
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const existing = await existingKey(file, options, environment);
      const recoveryKey = createRecoveryKey();
      const added = await addKey(await keyFileOf(resolve(file)), existing, { kind: "recovery", text: recoveryKey });
      printRecoveryKey(recoveryKey, added, outputOf(command));
    });
  verb(key, "remove", "take a key away; the password given must be one that stays")
    .argument("<image>", "image file, point, or folder of a repository")
    .requiredOption("--slot <id>", "the key, as `image key list` shows it")
    .option(...PASSWORD_FILE)
    .action(async (file: string, options: KeyOptions, command: Command) => {
      const slotId = parseSlot(options.slot ?? "");
      await removeKey(await keyFileOf(resolve(file)), await existingKey(file, options, environment), slotId);
      outputOf(command).result({ removed: slotId }, () => `Slot ${slotId} was removed.`);
    });
}

/** The key alone on standard output, so that it can be sent to a printer; the advice beside it. */
function printRecoveryKey(recoveryKey: string, added: KeyInfo, output: Output): void {
  output.result({ ...added, recoveryKey }, () => recoveryKey);
  output.message(
    "This recovery key opens the image without a password. It is shown this once: write it down or print it, and keep it away from the image.",
  );
}

async function existingKey(image: string, options: KeyOptions, { password }: Environment): Promise<Credential> {
  if (options.passwordFile === "-" && options.newPasswordFile === "-")
    throw new LifeboatError("USAGE", { problem: "only one of two passwords can come from standard input" });
  await listKeys(await keyFileOf(resolve(image))); // an image that has no keys is refused before anybody is asked for one
  const text = await readPassword({
    what: passwordOf(image),
    option: "--password-file",
    file: options.passwordFile,
    environment: password,
  });
  return { kind: "password", text };
}

async function newPassword({ newPasswordFile }: KeyOptions): Promise<Credential> {
  const what = "the new password";
  const text = await readPassword({ what, option: "--new-password-file", file: newPasswordFile, isNew: true });
  return { kind: "password", text };
}

function parseSlot(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new LifeboatError("USAGE", { problem: `--slot ${text} is not a number` });
  return Number(text);
}

/** An image that is not encrypted: what is there to list is no error, unlike a wish to change it. */
function noneWhereNoneAre(error: unknown): KeyInfo[] {
  if (isLifeboatError(error, "IMAGE_NOT_ENCRYPTED")) return [];
  throw error;
}

const KIND_TEXT = { password: "password", recovery: "recovery key", unknown: "of a newer Lifeboat" } as const;

const describe = (keys: readonly KeyInfo[]): string =>
  table([
    ["SLOT", "KIND", "CREATED"],
    ...keys.map((key) => [`${key.slotId}`, KIND_TEXT[key.kind], formatTime(key.created ?? "")]),
  ]);
