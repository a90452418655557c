import { cp, realpath } from "node:fs/promises";

/**
 * Copies a file, or a folder with all in it. Links in it lead where they say: Node would write down where they lead on this machine.
 * `from` itself may be one.
 */
export const copyTree = async (from: string, to: string): Promise<void> =>
  cp(await realpath(from), to, { recursive: true, verbatimSymlinks: true });
