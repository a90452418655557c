import { userInfo } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { appendAudit } from "#pxe/console/store/audit.ts";
import { type ConsoleStore, openConsoleStore } from "#pxe/console/store/console-store.ts";
import { readServerConfig } from "#pxe/server/read-server-config.ts";

/** Where users are kept, for the verbs beside the server. */
export interface PlaceOptions {
  config?: string;
  database?: string;
}

export const withPlace = (command: Command): Command =>
  command
    .option("--config <file>", "as `serve` reads it")
    .option("--database <url>", "postgresql://..., as `serve` has it (default: a file in /var/lib/lifeboat/pxe)");

/** @throws SERVER_CONFIG_INVALID, OPEN_FAILED */
async function consolePlace({ config, database }: PlaceOptions, folder: string): Promise<string> {
  if (database !== undefined) return database;
  const read = config === undefined ? undefined : await readServerConfig(config);
  return read?.database ?? join(read?.state ?? folder, "users.sqlite");
}

/** Opens the store for one command, and writes down that it was done. @param audit what the audit log says; undefined: nothing is changed */
export async function withConsole<T>(
  options: PlaceOptions,
  folder: string,
  audit: { readonly what: string; readonly target: string } | undefined,
  work: (store: ConsoleStore) => Promise<T>,
): Promise<T> {
  await using store = await openConsoleStore(await consolePlace(options, folder));
  const result = await work(store);
  const who = `${userInfo().username} (command)`;
  if (audit)
    await store.change((sql) => appendAudit(sql, { at: Date.now(), who, address: "", result: "done", ...audit }));
  return result;
}
