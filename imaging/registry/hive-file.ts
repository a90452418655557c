import { open, readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeAtomically } from "#imaging/job/write-atomically.ts";
import { BASE_BLOCK_SIZE } from "#imaging/registry/base-block.ts";
import { MOST_BINS_SIZE } from "#imaging/registry/cell-store.ts";
import type { Hive } from "#imaging/registry/hive.ts";
import { hiveError } from "#imaging/registry/hive-error.ts";
import { keepNtfsSecurity } from "#imaging/registry/ntfs-security.ts";
import { type OpenHiveOptions, openHive } from "#imaging/registry/open-hive.ts";
import type { HiveLogs } from "#imaging/registry/recover-hive.ts";
import { say } from "#imaging/words/say.ts";

const LOG_NAMES: readonly (readonly [keyof HiveLogs, string])[] = [
  ["log1", ".log1"],
  ["log2", ".log2"],
  ["old", ".log"],
];

/**
 * Opens a hive's file with the logs that lie beside it, whatever the case of their names.
 * @throws as openHive; what the system says of the file
 */
export async function readHiveFile(path: string, options: Omit<OpenHiveOptions, "file"> = {}): Promise<Hive> {
  const folder = dirname(path);
  const own = basename(path).toLowerCase();
  const logs: Partial<Record<keyof HiveLogs, Uint8Array>> = {};
  for (const name of await readdir(folder))
    for (const [kind, suffix] of LOG_NAMES)
      if (name.toLowerCase() === own + suffix) logs[kind] = await readSmall(join(folder, name));
  return openHive(await readSmall(path), logs, { ...options, file: path });
}

async function readSmall(path: string): Promise<Uint8Array> {
  await using file = await open(path, "r");
  const { size } = await file.stat();
  if (size > MOST_BINS_SIZE + BASE_BLOCK_SIZE)
    throw hiveError("HIVE_UNSUPPORTED", path, say("hive.size", { count: size }));
  return await file.readFile();
}

/**
 * Puts a hive in place of the file, whole or not at all, with the file's own owner and rights. The logs beside it stay: the
 * sequence number of the hive is above theirs.
 */
export async function writeHiveFile(path: string, hive: Hive): Promise<void> {
  await writeAtomically(path, hive.toBytes(), (partial) => keepNtfsSecurity(path, partial));
}
