import { ask, choose } from "#rescue/console-menu/ask.ts";
import { messages } from "#rescue/console-menu/messages.ts";
import type { Terminal } from "#rescue/console-menu/terminal.ts";

export interface Confirmable {
  readonly level: "none" | "acknowledge" | "type";
  readonly text: string;
  readonly words: string;
  /** Confirms at every level. */
  readonly id: string;
}

/** By words to be typed wherever something is lost. @returns what the server wants to hear; undefined when the user went back */
export async function confirmed(
  terminal: Terminal,
  mark: string,
  { level, text, words, id }: Confirmable,
  lossless: string,
): Promise<string | undefined> {
  const { title, type, field, word, wrong, start, cancel } = messages.confirm;
  if (level === "none") {
    // The safe one is where an absent-minded Enter lands.
    const choices = [
      { value: false, label: cancel },
      { value: true, label: start },
    ];
    const chosen = await choose(terminal, { title, mark, lead: lossless, choices });
    return chosen.type === "chosen" && chosen.value ? id : undefined;
  }
  const wanted = level === "type" ? words : word;
  let problem: string | undefined;
  for (;;) {
    const question = { title, mark, lead: [text, "", type(wanted)], field };
    const typed = await ask(terminal, { ...question, ...(problem !== undefined && { problem }) });
    if (typed === undefined) return undefined;
    if (typed.trim() === wanted) return level === "type" ? wanted : id;
    problem = wrong(wanted);
  }
}
