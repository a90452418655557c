import { isIP } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { LifeboatError } from "#base/errors.ts";
import { SETTINGS_FILE } from "#base/medium-settings.ts";

/** What the rescue server is started with. */
export interface ServerOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Folder of the built user interface. */
  readonly ui: string | undefined;
  /** Folders to look for images in, besides the attached file systems. */
  readonly imageFolders: readonly string[];
  /** Raw image files that are offered as disks. */
  readonly diskFiles: readonly string[];
  /** Offers the files only, and none of this machine's disks. */
  readonly onlyFiles: boolean;
  readonly logFile: string | undefined;
  /** Where reports of ended jobs are kept. */
  readonly reportFolder: string;
  /** Where undo files are kept that cannot lie beside their image. The command `lifeboat undo` looks there. */
  readonly undoFolder: string;
  /** What the medium was built with. */
  readonly settingsFile: string;
  /** In memory: what has to outlive a server that dies, mounts. */
  readonly runFolder: string;
  /** Where the stick's partition for data is mounted. */
  readonly dataFolder: string;
  /** For the pages, when they are opened to the network. 0: any free one. */
  readonly remotePort: number;
  /** Runs as the rescue system: offers the power verbs, mounts file systems to look for images, marks the console. */
  readonly isRescue: boolean;
}

const DEFAULT_LISTEN = "127.0.0.1:8480";
const DEFAULT_REPORTS = "/var/log/lifeboat";
const DEFAULT_UNDO = "/var/lib/lifeboat/undo";
const DEFAULT_RUN = "/run/lifeboat";
const DEFAULT_REMOTE_PORT = "8443";

export const usage = `Usage: rescue-server [options]
  --listen ADDRESS:PORT  loopback address to serve on (${DEFAULT_LISTEN})
  --ui FOLDER            the built user interface
  --images FOLDER        look for images here too (repeatable)
  --disk FILE            offer a raw disk image file as a disk (repeatable)
  --only-files           offer no disk of this machine
  --log FILE             write the log here, as JSON lines
  --reports FOLDER       keep the reports of jobs here (${DEFAULT_REPORTS})
  --undo FOLDER          keep undo files here that cannot lie beside their image (${DEFAULT_UNDO})
  --settings FILE        what the medium was built with (${SETTINGS_FILE})
  --run FOLDER           in memory: what has to outlive this server, and mounts (${DEFAULT_RUN})
  --data FOLDER          the stick's partition for data (${DEFAULT_RUN}/data)
  --remote-port PORT     for the pages, when they are opened to the network (${DEFAULT_REMOTE_PORT})
  --rescue               run as the rescue system
`;

/** @throws USAGE */
export function parseCommandLine(argv: readonly string[]): ServerOptions {
  const values = parseFlags(argv);
  return {
    ...parseListen(values.listen ?? DEFAULT_LISTEN),
    ui: values.ui,
    imageFolders: values.images ?? [],
    diskFiles: values.disk ?? [],
    onlyFiles: values["only-files"] ?? false,
    logFile: values.log,
    reportFolder: values.reports ?? DEFAULT_REPORTS,
    undoFolder: values.undo ?? DEFAULT_UNDO,
    settingsFile: values.settings ?? SETTINGS_FILE,
    runFolder: values.run ?? DEFAULT_RUN,
    dataFolder: values.data ?? join(values.run ?? DEFAULT_RUN, "data"),
    remotePort: parsePort(values["remote-port"] ?? DEFAULT_REMOTE_PORT),
    isRescue: values.rescue ?? false,
  };
}

function parseFlags(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        listen: { type: "string" },
        ui: { type: "string" },
        images: { type: "string", multiple: true },
        disk: { type: "string", multiple: true },
        "only-files": { type: "boolean" },
        log: { type: "string" },
        reports: { type: "string" },
        undo: { type: "string" },
        settings: { type: "string" },
        run: { type: "string" },
        data: { type: "string" },
        "remote-port": { type: "string" },
        rescue: { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    throw new LifeboatError("USAGE", { problem: (cause as Error).message }, { cause });
  }
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new LifeboatError("USAGE", { problem: `${text} is not a port` });
}

/** Whoever reaches the port may erase disks, so it is never open to the network. */
function parseListen(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits] = /^(?:\[(.+)\]|([^:]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port > 65535)
    throw new LifeboatError("USAGE", { problem: `--listen ${text} is not ADDRESS:PORT` });
  if (!isLoopback(host))
    throw new LifeboatError("USAGE", { problem: `--listen ${text}: only a loopback address is allowed` });
  return { host, port };
}

/** A name could resolve to anything, so only `localhost` is taken. */
const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
