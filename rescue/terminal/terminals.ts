import type { WebSocket } from "ws";
import * as z from "zod";
import { type TerminalMessage, terminalClosed } from "#rescue/api/terminal-contract.ts";
import type { Log } from "#rescue/log.ts";
import type { OpenShell, Shell } from "#rescue/terminal/open-shell.ts";

export interface TerminalsDeps {
  readonly openShell: OpenShell;
  readonly log: Pick<Log, "info" | "warn">;
}

/** For the screen, a second browser and two that were forgotten. */
export const MOST_TERMINALS = 4;
/** Bytes on their way to a slow browser, beyond which the shell waits. */
const MOST_WAITING = 1 << 20;
const ASK_MS = 50;
/** In characters, until the page says how large it is. */
const FIRST_SIZE = { columns: 80, rows: 24 };

const Cells = z.int().min(1).max(1000);
const Message = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("input"), data: z.string() }),
  z.strictObject({ type: z.literal("size"), columns: Cells, rows: Cells }),
]);

/** Shells for the pages. Each lives as long as its connection, and none longer than the server. */
export class Terminals {
  readonly #deps: TerminalsDeps;
  readonly #shells = new Map<WebSocket, Shell>();

  constructor(deps: TerminalsDeps) {
    this.#deps = deps;
  }

  get count(): number {
    return this.#shells.size;
  }

  attach(socket: WebSocket): void {
    const { openShell, log } = this.#deps;
    socket.on("error", (error) => log.warn({ err: error }, "a terminal's connection failed"));
    if (this.#shells.size >= MOST_TERMINALS) socket.close(terminalClosed.tooMany, "too many terminals");
    else {
      try {
        this.#join(socket, openShell(FIRST_SIZE));
      } catch (error) {
        log.warn({ err: error }, "a terminal could not be opened");
        socket.close(terminalClosed.failed, "no terminal could be opened");
      }
    }
  }

  #join(socket: WebSocket, shell: Shell): void {
    const { log } = this.#deps;
    this.#shells.set(socket, shell);
    log.info({ terminals: this.#shells.size }, "a terminal was opened");
    shell.onData((data) => {
      socket.send(data);
      if (socket.bufferedAmount > MOST_WAITING) waitFor(socket, shell);
    });
    shell.onExit(() => socket.close(terminalClosed.ended, "the shell has ended"));
    socket.on("message", (data, isBinary) => {
      const message = isBinary ? undefined : parse(String(data));
      if (message?.type === "input") shell.write(message.data);
      else if (message) shell.resize(message.columns, message.rows);
      else socket.close(1008, "that is no message of a terminal");
    });
    socket.on("close", () => {
      this.#shells.delete(socket);
      shell.kill("SIGHUP");
      log.info({ terminals: this.#shells.size }, "a terminal was closed");
    });
  }

  /** At the end of the server. */
  close(): void {
    for (const [socket, shell] of this.#shells) {
      shell.kill("SIGHUP");
      socket.terminate();
    }
  }
}

/** What `cat` of a large file gives would fill memory faster than a browser shows it. */
function waitFor(socket: WebSocket, shell: Shell): void {
  shell.pause();
  const timer = setInterval(() => {
    if (socket.readyState === socket.OPEN && socket.bufferedAmount > MOST_WAITING) return;
    clearInterval(timer);
    shell.resume();
  }, ASK_MS);
}

function parse(text: string): TerminalMessage | undefined {
  try {
    return Message.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
