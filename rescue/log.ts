import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { pino } from "pino";
import type { Log } from "#base/log.ts";

export type { Log } from "#base/log.ts";

/**
 * JSON lines to a file, or to standard error without one. Written at once: the last lines before a crash or a
 * power cut are those that matter, and there are few.
 */
export function createLog(file: string | undefined): Log {
  if (file) mkdirSync(dirname(file), { recursive: true });
  const destination = pino.destination(file ? { dest: file, sync: true } : { dest: 2, sync: true });
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: secretPaths }, destination);
}

const SECRET_NAMES = ["password", "passphrase", "secret", "token", "key"];
const secretPaths = SECRET_NAMES.flatMap((name) => [name, `*.${name}`]);
