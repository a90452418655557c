import { isIP } from "node:net";
import { parseArgs } from "node:util";
import { LifeboatError } from "#base/errors.ts";

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
  /** Runs as the rescue system: offers the power verbs, mounts file systems to look for images, marks the console. */
  readonly isRescue: boolean;
}

const DEFAULT_LISTEN = "127.0.0.1:8480";
const DEFAULT_REPORTS = "/var/log/lifeboat";

export const usage = `Usage: rescue-server [options]
  --listen ADDRESS:PORT  loopback address to serve on (${DEFAULT_LISTEN})
  --ui FOLDER            the built user interface
  --images FOLDER        look for images here too (repeatable)
  --disk FILE            offer a raw disk image file as a disk (repeatable)
  --only-files           offer no disk of this machine
  --log FILE             write the log here, as JSON lines
  --reports FOLDER       keep the reports of jobs here (${DEFAULT_REPORTS})
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
        rescue: { type: "boolean" },
      },
    }).values;
  } catch (cause) {
    throw new LifeboatError("USAGE", { problem: (cause as Error).message }, { cause });
  }
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
