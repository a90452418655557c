import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import type { Log } from "#base/log.ts";
import { type AddressOptions, addAddressOptions, addressesOf, each } from "#cli/address-options.ts";
import { becomeUser } from "#cli/become-user.ts";
import { openJsonLines } from "#cli/json-lines.ts";
import { lookAtRepositories } from "#cli/look-at-repositories.ts";
import type { Environment } from "#cli/password-input.ts";
import { port } from "#cli/peer-address.ts";
import { eventText, readyText } from "#cli/pxe-text.ts";
import { repositoryRetention } from "#cli/repository-retention.ts";
import { addServeNoticeVerbs } from "#cli/serve-notice-verbs.ts";
import { addTokenVerbs } from "#cli/serve-token-verbs.ts";
import { addUserVerbs } from "#cli/serve-user-verbs.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { VERSION } from "#cli/version.ts";
import { withSignal } from "#cli/with-signal.ts";
import { isNews } from "#pxe/serve/say-event.ts";
import { readServerConfig, type ServerFlags } from "#pxe/server/read-server-config.ts";
import { type ServerReady, serveAll } from "#pxe/server/serve-all.ts";

/** As `make ui` builds them. */
const PAGES = fileURLToPath(new URL("../ui/dist-console", import.meta.url));

interface ServeOptions extends AddressOptions {
  config?: string;
  root?: string;
  interface?: readonly string[];
  tftpPort?: number;
  httpPort?: number;
  approve?: true;
  swarmTokenFile?: string;
  menu?: string;
  database?: string;
  listen?: string;
  port?: number;
  tls: boolean;
  user?: string;
  ui?: string;
}

/** `serve`: all of it, with a console; and who may come in there. */
export function addServeVerbs(program: Command, environment: Environment): void {
  // What stands behind `serve user list` is of that, though `serve` has options of the same names.
  program.enablePositionalOptions();
  const serve = verb(
    program,
    "serve",
    "offer boot files and images to the network, and a console to people (HTTPS, users, roles)",
  )
    .option("--config <file>", "what is wanted, in YAML (docs/server.md); flags go before it")
    .option("--root <folder>", "what computers may load: all files in it, by anybody in the network")
    .option(
      "--interface <name|address>",
      "where the computers are connected: eth0, or its IPv4 address; also several",
      each,
    )
    .option("--tftp-port <n>", "0: any that is free; firmware knows only 69 (69)", port)
    .option("--http-port <n>", "0: any that is free; other than 80 the set must be built for, with --url (80)", port)
    .option("--approve", "boot files for machines that somebody has approved, and for no other");
  addAddressOptions(serve)
    .option("--no-dhcp", "no proxyDHCP: the DHCP server of the network names the files itself (`pxe snippets`)")
    .option("--swarm-token-file <file>", "computers that `pxe join` with the same token pass on what they load")
    .option("--menu <file>", "what computers may choose from (docs/pxe.md), in place of the folder's own menus")
    .option(
      "--database <url>",
      "postgresql://...: machines and users, for several servers (files in /var/lib/lifeboat)",
    )
    .option("--listen <address>", "where the console is: 0.0.0.0 for the whole network (127.0.0.1: this machine alone)")
    .option("--port <n>", "of the console; 0: any that is free (8443)", port)
    .option("--no-tls", "the console in plain HTTP: passwords are seen on the way, unless a proxy stands before it")
    .option("--user <name>", "run as this user, who may do nothing but open ports below 1024")
    .option("--ui <folder>", "other pages at the console's address than those of `make ui`")
    .action((options: ServeOptions, command: Command) => run(options, command, environment));
  addUserVerbs(serve, environment);
  addTokenVerbs(serve, environment);
  addServeNoticeVerbs(serve);
}

async function run(options: ServeOptions, command: Command, environment: Environment): Promise<void> {
  const { pxeFolder } = environment;
  const config = await readServerConfig(options.config, await flagsOf(options));
  const stateFolder = config.state ?? pxeFolder;
  // What can be wrong with the options is said before this process becomes another one.
  if (options.user !== undefined && becomeUser(options.user, stateFolder, environment)) return;
  const output = outputOf(command);
  const lines = openJsonLines(process.stdout);
  const say = (value: object, text: string) => (output.json ? lines(value) : output.message(text));
  const complain = (facts: object, message: string) =>
    output.message(`! ${message}: ${(facts as { err?: Error }).err?.message ?? ""}`);
  const log: Log = { info: () => {}, warn: complain, error: complain };
  const pages = options.ui ?? (existsSync(join(PAGES, "index.html")) ? PAGES : undefined);
  try {
    await withSignal("the server", (signal) =>
      serveAll(
        {
          ...{ config, stateFolder, version: VERSION, log, ui: pages, lookAt: lookAtRepositories },
          retention: repositoryRetention,
          onTrouble: (error) => output.message(`! ${error.message}`),
          onReady: (ready) => say({ ready }, readyLines(ready, config.pxe.root, pages !== undefined)),
          onEvent: (event) => {
            if (output.json || isNews(event)) say(event, eventText(event));
          },
        },
        signal,
      ),
    );
  } catch (error) {
    // It runs until somebody ends it: that is how it succeeds.
    if (!(error instanceof LifeboatError) || error.code !== "CANCELLED") throw error;
  }
}

/** What was given on the command line, and nothing else. @throws USAGE, OPEN_FAILED, PXE_DHCP_INVALID */
async function flagsOf(options: ServeOptions): Promise<ServerFlags> {
  const { root, interface: devices, tftpPort, httpPort, approve, database, listen, tls } = options;
  const addresses = await addressesOf(options);
  const dhcp = options.dhcp === false ? "none" : addresses?.config;
  // Those of the file are relative to it, these to where the command runs.
  const place = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  const given = (values: object) => Object.fromEntries(Object.entries(values).filter(([, one]) => one !== undefined));
  const pxe = given({
    ...{ root: place(root), interface: devices, tftpPort, httpPort, approve, dhcp },
    ...{ swarmTokenFile: place(options.swarmTokenFile), menu: place(options.menu), leases: place(options.leaseFile) },
  });
  const console = given({ listen, port: options.port, tls: tls ? undefined : "off" });
  return {
    ...(Object.keys(pxe).length > 0 && { pxe }),
    ...(Object.keys(console).length > 0 && { console }),
    ...(database !== undefined && { database }),
  };
}

function readyLines(
  { pxe, console, fingerprint, setUpCode, isOpen }: ServerReady,
  root: string,
  hasPages: boolean,
): string {
  return [
    readyText(pxe, root),
    `The console is at ${console.join(" ")}`,
    ...(hasPages ? [] : ["! It has no pages, only its API: `make ui` builds them."]),
    ...(fingerprint === undefined
      ? []
      : [`  Browsers do not know its certificate. Its fingerprint (SHA-256) is`, `  ${fingerprint}`]),
    ...(isOpen ? ["! The console has no TLS: everybody on the way sees what is typed there."] : []),
    ...(setUpCode === undefined
      ? []
      : [
          `Nobody can log in yet. The first admin is made there with the code ${setUpCode}`,
          "  or here: lifeboat serve user add NAME --role admin",
        ]),
  ].join("\n");
}
