import { EventEmitter } from "node:events";
import type { ReadStream, WriteStream } from "node:tty";
import type { Client, RouteName } from "#rescue/api/client.ts";
import { Idle } from "#rescue/console-menu/ask.ts";
import type { Context } from "#rescue/console-menu/context.ts";
import { type Key, KeyParser } from "#rescue/console-menu/keys.ts";
import { Terminal } from "#rescue/console-menu/terminal.ts";
import { TextScreen } from "#test/doubles/text-screen.ts";

export interface Said {
  readonly name: RouteName;
  readonly params?: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever was sent
  readonly body?: any;
}

export interface ScriptedMenu {
  readonly context: Context;
  /** What was asked of the server. */
  readonly said: Said[];
  /** The screen before each key, and the last one. */
  readonly screens: string[];
}

const KEYS: Readonly<Record<string, string>> = {
  ...{ down: "\x1b[B", up: "\x1b[A", enter: "\r", clear: "\x15", "page-down": "\x1b[6~" },
};

/**
 * A menu whose user presses these keys, and whose server answers from a table. When there are no more keys,
 * the user has gone away (`Idle`).
 */
export function scriptedMenu(
  keys: readonly string[],
  replies: Partial<Record<RouteName, (said: Said) => unknown>>,
): ScriptedMenu {
  const screen = new TextScreen();
  const screens: string[] = [];
  const terminal = new Terminal(
    new EventEmitter() as unknown as ReadStream,
    { columns: 80, rows: 24, write: (text: string) => screen.write(text) } as unknown as WriteStream,
  );
  const parser = new KeyParser();
  const left = keys.flatMap((key): Key[] =>
    key === "escape" ? [{ name: "escape" }] : parser.feed(Buffer.from(KEYS[key] ?? key)),
  );
  terminal.key = async () => {
    screens.push(screen.text);
    const next = left.shift();
    if (next === undefined) throw new Idle();
    return next;
  };
  const said: Said[] = [];
  const call = async (name: RouteName, given: Omit<Said, "name"> = {}) => {
    const one = { name, ...given };
    said.push(one);
    const reply = replies[name];
    if (!reply) throw new Error(`the menu asked for ${name}, which the test does not expect`);
    return reply(one);
  };
  return { context: { terminal, client: { call } as unknown as Client }, said, screens };
}
