import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { TextScreen } from "#test/doubles/text-screen.ts";

const MAIN = fileURLToPath(new URL("../../../rescue/console-menu/main.ts", import.meta.url));

export interface Menu extends AsyncDisposable {
  /** Waits until the screen shows it. @throws Error with the screen when it does not */
  see(text: string | RegExp, seconds?: number): Promise<void>;
  /** "down", "enter", or any text. */
  press(...keys: string[]): void;
  readonly screen: TextScreen;
  readonly ended: Promise<number | null>;
}

const KEYS: Readonly<Record<string, string>> = {
  ...{ up: "\x1b[A", down: "\x1b[B", enter: "\r", escape: "\x1b", backspace: "\x7f", redraw: "\f" },
  ...{ "page-down": "\x1b[6~", clear: "\x15", interrupt: "\x03" },
};

/** The menu on a pseudo-terminal of 80 by 24, as script(1) makes one. */
export function startMenu(url: string): Menu {
  const command = `stty cols 80 rows 24; exec '${process.execPath}' '${MAIN}' --server '${url}'`;
  const child = spawn("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, TERM: "linux" },
  });
  const screen = new TextScreen();
  let fault: unknown;
  let changed = Promise.withResolvers<void>();
  const decoder = new TextDecoder();
  child.stdout.on("data", (bytes: Buffer) => {
    try {
      screen.write(decoder.decode(bytes, { stream: true }));
    } catch (error) {
      fault = error;
    }
    changed.resolve();
    changed = Promise.withResolvers();
  });
  const ended = once(child, "exit").then(([status]) => status as number | null);
  return {
    screen,
    ended,
    async see(text, seconds = 120) {
      const end = Date.now() + seconds * 1000;
      // Where a sentence is broken does not matter.
      const shown = () => screen.text.replaceAll(/\s+/g, " ");
      const isThere = () => (typeof text === "string" ? shown().includes(text) : text.test(shown()));
      while (!isThere()) {
        if (fault) throw fault;
        if (Date.now() > end) throw new Error(`the screen does not show ${text}, but:\n${screen.text}`);
        await Promise.race([changed.promise, new Promise((resolve) => setTimeout(resolve, 200))]);
      }
    },
    press(...keys) {
      for (const key of keys) child.stdin.write(KEYS[key] ?? key);
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      child.kill("SIGKILL");
      await ended;
    },
  };
}
