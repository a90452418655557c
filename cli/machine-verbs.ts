import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { readPassword } from "#cli/password-input.ts";
import { clientOf, type ServerOption, withServer } from "#cli/server-option.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { ClockState, RemoteState, SettingsState } from "#rescue/api/contract.ts";

/** `clock VERB` */
export function addClockVerbs(program: Command): void {
  const clock = program
    .command("clock")
    .description("the time in the rescue system; the machine's own clock stays as it is");
  const show = (state: ClockState, command: Command) => outputOf(command).result(state, () => describeClock(state));
  withServer(verb(clock, "show", "the time, and where it comes from")).action(
    async (options: ServerOption, command: Command) => show(await clientOf(options).call("clock"), command),
  );
  withServer(verb(clock, "sync", "set it from a time server"))
    .argument("[server]", "default: what DHCP names, else the public servers of Debian")
    .action(async (server: string | undefined, options: ServerOption, command: Command) => {
      show(await clientOf(options).call("syncClock", { body: server === undefined ? {} : { server } }), command);
    });
  withServer(verb(clock, "set", "set the time, or the time zone"))
    .option("--time <time>", 'with its zone: "2026-11-29T14:30:00Z"')
    .option("--zone <name>", "Europe/Amsterdam")
    .action(async ({ time, zone, ...options }: ServerOption & { time?: string; zone?: string }, command: Command) => {
      const now = time === undefined ? {} : { now: isoTime(time) };
      const body = { ...now, ...(zone !== undefined && { timeZone: zone }) };
      show(await clientOf(options).call("setClock", { body }), command);
    });
}

function isoTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new LifeboatError("USAGE", { problem: `"${text}" is not a time` });
  return time.toISOString();
}

function describeClock({ now, timeZone, source, server, wrongBySeconds }: ClockState): string {
  const from = { rtc: "the machine's own clock", network: `time server ${server ?? ""}`, manual: "set by hand" }[
    source
  ];
  const was = wrongBySeconds === undefined ? "" : `; it was wrong by ${wrongBySeconds.toFixed(1)} s`;
  return `${now} (time zone ${timeZone}), from ${from}${was}`;
}

/** `settings VERB` */
export function addSettingsVerbs(program: Command): void {
  const settings = program
    .command("settings")
    .description("settings of the rescue medium, and the passwords they need");
  const show = (state: SettingsState, command: Command) =>
    outputOf(command).result(state, () => describeSettings(state));
  const passphrase = (file: string | undefined, isNew: boolean) =>
    readPassword({ what: "the passphrase of this medium", option: "--password-file", file, isNew });
  withServer(verb(settings, "show", "which passwords are missing")).action(
    async (options: ServerOption, command: Command) => show(await clientOf(options).call("settings"), command),
  );
  withServer(verb(settings, "unlock", "open the passwords that are sealed in the medium"))
    .option("--password-file <file>", "the medium's passphrase; - is standard input")
    .action(async ({ passwordFile, ...options }: ServerOption & { passwordFile?: string }, command: Command) => {
      const body = { passphrase: await passphrase(passwordFile, false) };
      show(await clientOf(options).call("unlockSettings", { body }), command);
    });
  withServer(verb(settings, "keep", "keep network, shares and time zone on the stick"))
    .option("--with-passwords", "the passwords too, sealed with a passphrase")
    .option("--password-file <file>", "that passphrase; - is standard input")
    .action(async (given: ServerOption & { withPasswords?: boolean; passwordFile?: string }, command: Command) => {
      const body = given.withPasswords ? { passphrase: await passphrase(given.passwordFile, true) } : {};
      show(await clientOf(given).call("keepSettings", { body }), command);
    });
}

const describeSettings = ({ sealed, missing, problem }: SettingsState): string =>
  [
    {
      none: "No passwords are sealed in this medium.",
      locked: "Its sealed passwords are locked.",
      open: "Its sealed passwords are open.",
    }[sealed],
    ...missing.map(({ what }) => `! needed, and not known yet: ${what}`),
    ...(problem ? [`! ${problem.text}`] : []),
  ].join("\n");

/** `remote VERB` */
export function addRemoteVerbs(program: Command): void {
  const remote = program.command("remote").description("use this machine from another one; closed unless opened here");
  const show = (state: RemoteState, command: Command) => outputOf(command).result(state, () => describeRemote(state));
  withServer(verb(remote, "show", "what is open, to whom")).action(async (options: ServerOption, command: Command) =>
    show(await clientOf(options).call("remote"), command),
  );
  for (const open of [true, false])
    withServer(
      verb(
        remote,
        open ? "open" : "close",
        open ? "open the pages to browsers in the network, behind a code" : "close them again",
      ),
    ).action(async (options: ServerOption, command: Command) =>
      show(await clientOf(options).call("setRemotePages", { body: { open } }), command),
    );
  withServer(verb(remote, "ssh", "let the owners of SSH keys log in as root; without a key nobody may any more"))
    .argument("[files...]", "public keys: id_ed25519.pub")
    .action(async (files: string[], options: ServerOption, command: Command) => {
      const texts = await Promise.all(files.map((file) => readKeyFile(file)));
      const keys = texts
        .flatMap((text) => text.split("\n"))
        .filter((line) => line.trim() !== "" && !line.startsWith("#"));
      show(await clientOf(options).call("setSsh", { body: { keys } }), command);
    });
}

const readKeyFile = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: cause.message }, { cause });
  });

function describeRemote({ pages, ssh }: RemoteState): string {
  const lines = pages.isOpen
    ? [
        "The pages are open to the network:",
        ...pages.addresses.map((address) => `  ${address}`),
        `Code:        ${pages.code}`,
        `Certificate: ${pages.fingerprint}`,
        `Browsers that gave the code: ${pages.sessions}`,
      ]
    : ["The pages are closed to the network."];
  const shell = ssh.isRunning
    ? [
        "SSH is open to the owners of these keys:",
        ...ssh.keys.map((key) => `  ${key.slice(0, 60)}`),
        `Host key: ${ssh.fingerprint}`,
        ...ssh.addresses.map((address) => `  ${address}`),
      ]
    : ["SSH is closed."];
  return [...lines, ...shell].join("\n");
}
