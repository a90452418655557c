import { open } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { LifeboatError } from "#base/errors.ts";
import { passphraseFromFile } from "#imaging/keys/passphrase.ts";
import { REPOSITORY_FILE } from "#imaging/repository/layout.ts";

/** What the composition root takes from the process's environment. */
export interface Environment {
  /** LIFEBOAT_PASSWORD */
  readonly password: string | undefined;
  /** LIFEBOAT_CODE */
  readonly pairingCode: string | undefined;
  /** LIFEBOAT_MEDIUM_SECRETS: what a file of a medium's secrets has */
  readonly mediumSecrets: string | undefined;
  /** LIFEBOAT_MEDIUM_PASSPHRASE: what unseals them */
  readonly mediumPassphrase: string | undefined;
  /** LIFEBOAT_STATE, or its default: where unfinished jobs are noted. */
  readonly stateFolder: string;
  /** How this command is started once more: the program, and its first arguments. */
  readonly self: readonly string[];
  /** What was typed behind them. */
  readonly words: readonly string[];
  /** Where what starts computers from the network keeps its state. */
  readonly pxeFolder: string;
  /** Where undo files are kept unless another place is named. */
  readonly undoFolder: string;
}

/** Where a password comes from: the file, else the environment, else the terminal. Never from arguments: ps shows those. */
export interface PasswordRequest {
  /** For people: "the password of x.lbi". */
  readonly what: string;
  /** The option that names the file: "--password-file". */
  readonly option: string;
  /** Its value; "-" is standard input. */
  readonly file?: string | undefined;
  readonly environment?: string | undefined;
  /** A new password is asked for twice. */
  readonly isNew?: boolean;
}

/** Nobody's password is longer; somebody's disk image might be named by mistake. */
const MOST_BYTES = 1 << 20;

/** @throws PASSWORD_MISSING, KEY_INVALID, OPEN_FAILED; AbortError when it is interrupted at the prompt */
export async function readPassword(request: PasswordRequest): Promise<string> {
  if (request.file !== undefined) return passphraseFromFile(await readAll(request.file));
  if (request.environment !== undefined) return request.environment;
  if (!process.stdin.isTTY) throw missing(request);
  const text = await ask(`${capitalised(request.what)}: `, request);
  if (request.isNew && (await ask("The same again: ", request)) !== text)
    throw new LifeboatError("KEY_INVALID", { what: request.what, problem: "the two that were typed differ" });
  return text;
}

/** Of an image, or of a repository by its folder or its file. */
export const passwordOf = (path: string): string =>
  `the password of ${basename(path) === REPOSITORY_FILE ? basename(dirname(path)) : basename(path)}`;

/** Without the rest of the request: details are printed. */
const missing = ({ what, option }: PasswordRequest) => new LifeboatError("PASSWORD_MISSING", { what, option });

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A small file of text; "-" is standard input. @throws OPEN_FAILED, KEY_INVALID */
export const readTextFile = async (name: string): Promise<string> => passphraseFromFile(await readAll(name));

async function readAll(name: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    const source = name === "-" ? process.stdin : (await open(name, "r")).createReadStream();
    for await (const part of source) {
      parts.push(part as Buffer);
      length += (part as Buffer).length;
      if (length > MOST_BYTES) break;
    }
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path: name, reason: (cause as Error).message }, { cause });
  }
  if (length > MOST_BYTES)
    throw new LifeboatError("KEY_INVALID", { what: name, problem: "a file of more than 1 MiB is no password" });
  return Buffer.concat(parts);
}

/** One line from the terminal, which shows nothing of it. The prompt goes to standard error. */
function ask(prompt: string, request: PasswordRequest): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const silent = new Writable({ write: (_text, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true, historySize: 0 });
  process.stderr.write(prompt); // only now: the terminal has stopped to show what is typed
  terminal.on("line", (line) => {
    resolve(line);
    terminal.close();
  });
  terminal.on("SIGINT", () => {
    reject(new DOMException("interrupted at the prompt", "AbortError"));
    terminal.close();
  });
  terminal.on("close", () => {
    process.stderr.write("\n");
    reject(missing(request)); // Ctrl+D; nothing when a line came before
  });
  return promise;
}
