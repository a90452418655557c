import { access, readFile, writeFile } from "node:fs/promises";

/** Puts a line on the console that tests and measurements wait for: "server", "painted", "job succeeded". */
export type ConsoleMark = (what: string) => Promise<void>;

export interface ConsoleFiles {
  readonly kmsg: string;
  readonly uptime: string;
  /** Is there while a splash is shown (rescue/init/splash). */
  readonly splash: string;
  readonly screen: string;
}

const FILES: ConsoleFiles = {
  ...{ kmsg: "/dev/kmsg", uptime: "/proc/uptime" },
  ...{ splash: "/run/lifeboat/splash/shown", screen: "/dev/tty0" },
};

/** console_codes(4): one line up, which is deleted. */
const DELETE_LINE = "\x1b[A\x1b[2K";

/**
 * Marks go through the kernel's log, so that they reach every console in order with the kernel's own lines. Priority
 * 2 (critical), because the kernel parameter `quiet` hides lines of 4 and more. On a splash nobody needs them. Same form as rescue/init/mark.
 */
export const consoleMark =
  (files: ConsoleFiles = FILES): ConsoleMark =>
  async (what) => {
    const [seconds] = (await readFile(files.uptime, "utf8")).split(" ");
    await writeFile(files.kmsg, `<2>LIFEBOAT-MARK ${what} ${seconds}\n`, { flag: "a" });
    const hasSplash = await access(files.splash).then(
      () => true,
      () => false,
    );
    if (hasSplash) await writeFile(files.screen, DELETE_LINE, { flag: "a" });
  };

export const noConsoleMark: ConsoleMark = async () => {};
