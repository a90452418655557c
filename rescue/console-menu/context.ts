import { isLifeboatError, type LifeboatError } from "#base/errors.ts";
import type { Client } from "#rescue/api/client.ts";
import { read } from "#rescue/console-menu/ask.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import type { Terminal } from "#rescue/console-menu/terminal.ts";

export interface Context {
  readonly terminal: Terminal;
  readonly client: Client;
  /** The screen is read aloud: what changes all the time is not shown all the time. */
  readonly isSpoken?: boolean;
}

export const problemLines = ({ code, text, safe, next }: LifeboatError): string[] => [
  `${text}.`,
  "",
  messages.problem.safe(safe),
  messages.problem.next(next),
  "",
  messages.problem.code(code),
];

/** While something is asked of the server, which may take its time. */
export function wait({ terminal }: Context, title: string): void {
  terminal.draw({ title, body: [{ text: messages.waiting }], keys: "" });
}

/**
 * Asks the server, with a word on the screen meanwhile. A refusal is shown, and then there is no result; that the server is gone is
 * for the main menu to say.
 */
export async function attempt<T>(context: Context, title: string, action: () => Promise<T>): Promise<T | undefined> {
  wait(context, title);
  try {
    return await action();
  } catch (error) {
    if (!isLifeboatError(error) || error.code === "SERVER_UNREACHABLE") throw error;
    await read(context.terminal, { title: messages.problem.title, lines: problemLines(error) });
    return undefined;
  }
}
