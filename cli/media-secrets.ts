import { stat } from "node:fs/promises";
import { parse } from "yaml";
import * as z from "zod";
import { LifeboatError } from "#base/errors.ts";
import type { SealedBox, SecretUse } from "#base/medium/secret.ts";
import { secretsOf } from "#base/medium-settings.ts";
import { type Environment, readPassword, readTextFile } from "#cli/password-input.ts";
import { sealSecrets } from "#imaging/keys/sealed-box.ts";
import type { MediaConfig } from "#mediabuilder/config/media-config.ts";

const Passwords = z.record(z.string(), z.string());
/** A file of secrets, or the environment variable of that content. */
const SecretsFile = z.strictObject({ wifi: Passwords, places: Passwords, proxy: z.string() }).partial();
type SecretsFile = z.infer<typeof SecretsFile>;

export interface SecretsRequest {
  readonly config: MediaConfig;
  readonly environment: Pick<Environment, "mediumSecrets" | "mediumPassphrase">;
  readonly warn: (text: string) => void;
}

/**
 * The passwords that the medium takes along, sealed with its passphrase. Each comes from the file, else the environment, else the
 * terminal; never from arguments, which `ps` shows. @returns undefined when none is to be sealed
 * @throws OPEN_FAILED, MEDIA_CONFIG_INVALID, PASSWORD_MISSING, KEY_INVALID; AbortError when it is interrupted at the prompt
 */
export async function sealedSecrets({ config, environment, warn }: SecretsRequest): Promise<SealedBox | undefined> {
  const uses = secretsOf(config).filter(({ from }) => from === "sealed");
  if (uses.length === 0) return undefined;
  const file = config.secretsFile;
  if (file !== undefined) await warnOfReaders(file, warn);
  const text = file === undefined ? environment.mediumSecrets : await readTextFile(file);
  const given = text === undefined ? {} : parseSecrets(text, file ?? "LIFEBOAT_MEDIUM_SECRETS");
  const secrets: Record<string, string> = {};
  for (const use of uses)
    secrets[use.name] ??= checked(
      use,
      secretIn(given, use) ?? (await readPassword({ what: use.what, option: "--secrets-file" })),
    );
  const passphrase = await readPassword({
    what: "the passphrase that unseals the medium's passwords at boot",
    option: "--passphrase-file",
    file: config.passphraseFile,
    environment: environment.mediumPassphrase,
    isNew: true,
  });
  return sealSecrets(secrets, passphrase);
}

function parseSecrets(text: string, file: string): SecretsFile {
  const fail = (problems: string) => new LifeboatError("MEDIA_CONFIG_INVALID", { file, problems });
  let value: unknown;
  try {
    value = parse(text, { maxAliasCount: 0 });
  } catch {
    // Without the parser's words: they repeat the line, and so the secret.
    throw fail("it is not YAML of the form {wifi: {SSID: ...}, places: {NAME: ...}, proxy: ...}");
  }
  const { success, data, error } = SecretsFile.safeParse(value ?? {});
  if (success) return data;
  throw fail(error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
}

function secretIn(secrets: SecretsFile, { key: [group, name = ""] }: SecretUse): string | undefined {
  if (group === "proxy") return secrets.proxy;
  const passwords = group === "wifi" ? secrets.wifi : secrets.places;
  return passwords && Object.hasOwn(passwords, name) ? passwords[name] : undefined;
}

/** IEEE 802.11-2020, J.4.1: a WPA passphrase has 8 to 63 bytes, or it is a key of 64 hexadecimal digits. Better said now than by an access point that does not answer. */
function checked({ key: [group], what }: SecretUse, secret: string): string {
  const bytes = Buffer.byteLength(secret);
  const isKey = /^[0-9a-fA-F]{64}$/.test(secret);
  if (group === "wifi" && !isKey && (bytes < 8 || bytes > 63))
    throw new LifeboatError("KEY_INVALID", { what, problem: `it has ${bytes} bytes; WPA takes 8 to 63` });
  return secret;
}

async function warnOfReaders(file: string, warn: (text: string) => void): Promise<void> {
  const found = await stat(file).catch(() => undefined); // that it is missing is said by who reads it
  if (found && (found.mode & 0o077) !== 0) warn(`! ${file} can be read by other users of this machine (chmod 600)`);
}
