import { readFile } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { LifeboatError } from "#base/errors.ts";
import { plainIssues } from "#base/plain-issues.ts";
import { plainReason } from "#base/plain-reason.ts";
import { keyPath, lineOf, yamlProblem } from "#base/yaml-line.ts";
import { ServerConfig } from "./server-config.ts";

/** More than anybody's options, less than what a mistaken name would bring. */
const MOST_BYTES = 1 << 20;

/** What was given as flags: they go before the file, a group by its keys. Their paths are absolute. */
export interface ServerFlags {
  readonly pxe?: Readonly<Record<string, unknown>>;
  readonly console?: Readonly<Record<string, unknown>>;
  readonly database?: string;
}

/**
 * @param file undefined: flags alone @returns paths of the file are relative to it; here they are absolute
 * @throws OPEN_FAILED, SERVER_CONFIG_INVALID: all that is wrong, each with its line
 */
export async function readServerConfig(file: string | undefined, flags: ServerFlags = {}): Promise<ServerConfig> {
  const text = file === undefined ? "" : await readText(file);
  const name = file === undefined ? "the options" : basename(file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const invalid = (problems: readonly string[]) =>
    new LifeboatError("SERVER_CONFIG_INVALID", { file: name, problems: problems.join("\n") });
  if (document.errors.length > 0) throw invalid(document.errors.map((error) => yamlProblem(error, lines)));
  const value: unknown = document.toJS({ maxAliasCount: 100 }) ?? {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalid(["line 1: it has no options, `name: value`"]);
  const { success, data, error } = ServerConfig.safeParse(withFlags(value as Record<string, unknown>, flags));
  if (success) return withPaths(data, file === undefined ? "." : dirname(file));
  throw invalid(
    error.issues.flatMap(plainIssues).map(({ path, message }) => {
      const line = lineOf(path, document, lines);
      return `${line === undefined ? "" : `line ${line}: `}${path.length === 0 ? "" : `${keyPath(path)}: `}${message}`;
    }),
  );
}

async function readText(file: string): Promise<string> {
  const fail = (reason: string, cause?: unknown) => new LifeboatError("OPEN_FAILED", { path: file, reason }, { cause });
  const bytes = await readFile(file).catch((cause: Error) => {
    throw fail(plainReason(cause.message), cause);
  });
  if (bytes.length > MOST_BYTES) throw fail("it is too large for a list of options");
  return bytes.toString("utf8");
}

function withFlags(value: Record<string, unknown>, { pxe, console, database }: ServerFlags): Record<string, unknown> {
  const merged = (key: string, flags: object | undefined) => {
    const own = value[key] ?? {};
    if (flags === undefined || Object.keys(flags).length === 0 || typeof own !== "object") return own;
    return { ...own, ...flags };
  };
  return {
    ...value,
    ...(("pxe" in value || pxe !== undefined) && { pxe: merged("pxe", pxe) }),
    ...(("console" in value || console !== undefined) && { console: merged("console", console) }),
    ...(database !== undefined && { database }),
  };
}

function withPaths(config: ServerConfig, folder: string): ServerConfig {
  const place = (text: string) => resolve(folder, text);
  const optional = <K extends string>(key: K, text: string | undefined) =>
    (text === undefined ? {} : { [key]: place(text) }) as { [P in K]?: string };
  const { pxe, console: door } = config;
  return {
    ...config,
    ...optional("state", config.state),
    pxe: {
      ...pxe,
      root: place(pxe.root),
      ...optional("leases", pxe.leases),
      ...optional("swarmTokenFile", pxe.swarmTokenFile),
      ...optional("menu", pxe.menu),
    },
    console: {
      ...door,
      tls:
        typeof door.tls === "string"
          ? door.tls
          : { certificate: place(door.tls.certificate), key: place(door.tls.key) },
    },
    mail: config.mail.map((one) => ({
      ...one,
      ...optional("passwordFile", one.passwordFile),
      ...optional("authority", one.authority),
    })),
    webhooks: config.webhooks.map((one) => ({ ...one, ...optional("secretFile", one.secretFile) })),
  };
}
