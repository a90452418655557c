import { readFile, writeFile } from "node:fs/promises";

/** Puts a line on the console that tests and measurements wait for: "server", "painted", "job succeeded". */
export type ConsoleMark = (what: string) => Promise<void>;

export interface ConsoleFiles {
  readonly kmsg: string;
  readonly uptime: string;
}

/**
 * Marks go through the kernel's log, so that they reach every console in order with the kernel's own lines. Priority
 * 2 (critical), because the kernel parameter `quiet` hides lines of 4 and more. Same form as rescue/init/mark.
 */
export const consoleMark =
  (files: ConsoleFiles = { kmsg: "/dev/kmsg", uptime: "/proc/uptime" }): ConsoleMark =>
  async (what) => {
    const [seconds] = (await readFile(files.uptime, "utf8")).split(" ");
    await writeFile(files.kmsg, `<2>LIFEBOAT-MARK ${what} ${seconds}\n`, { flag: "a" });
  };

export const noConsoleMark: ConsoleMark = async () => {};
