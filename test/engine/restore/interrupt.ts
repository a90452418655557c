import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { type CommandResult, startLifeboat } from "#test/engine/image/command.ts";

const POLL_MS = 3;

/** Bytes of the file, or that it takes on the host's disk; 0 where there is none. */
export const fileSize = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;
export const allocated = async (path: string): Promise<number> =>
  ((await stat(path).catch(() => undefined))?.blocks ?? 0) * 512;

/**
 * Starts the command, and sends it the signal as soon as `isMoment` says so.
 * @throws Error when it ended before: then the moment was not met, and nothing was tested
 */
export async function interrupt(
  signal: "SIGKILL" | "SIGINT" | "SIGTERM",
  args: readonly string[],
  isMoment: () => Promise<boolean>,
): Promise<CommandResult> {
  const { child, result } = startLifeboat(...args);
  while (!(await isMoment())) {
    if (child.exitCode !== null) throw new Error(`ended before the moment: ${(await result).stderr}`);
    await sleep(POLL_MS);
  }
  if (!child.kill(signal)) throw new Error("ended before the signal");
  return result;
}
