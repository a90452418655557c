import { messages } from "#rescue/console-menu/messages.ts";
import type { Frame, Line, Terminal } from "#rescue/console-menu/terminal.ts";
import { pad, textWidth, wrap } from "#rescue/console-menu/text-width.ts";

export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly detail?: string;
  /** Why it cannot be chosen. */
  readonly refusal?: string;
}

export interface ChoiceQuestion<T> {
  readonly title: string;
  readonly mark?: string;
  readonly lead?: string | readonly string[];
  readonly choices: readonly Choice<T>[];
  /** Shown in place of the choices when there are none. */
  readonly none?: string;
  /** A letter that means something else here, and what. */
  readonly letters?: Readonly<Record<string, string>>;
  /** Where the mark stands first. */
  readonly at?: number;
}

export type Chosen<T> =
  | { readonly type: "chosen"; readonly value: T }
  | { readonly type: "letter"; readonly letter: string }
  | { readonly type: "back" };

/** Nobody is there any more: the menu goes away, and gives its memory back. */
export class Idle extends Error {}
const IDLE_MS = 15 * 60_000;

async function nextKey(terminal: Terminal) {
  const key = await terminal.key(IDLE_MS);
  if (!key) throw new Idle();
  if (key.name === "interrupt") throw new Idle();
  return key;
}

/** One of a list, by arrow keys and Enter, or by its number. */
export async function choose<T>(terminal: Terminal, question: ChoiceQuestion<T>): Promise<Chosen<T>> {
  const { choices, letters = {} } = question;
  let at = Math.min(question.at ?? 0, Math.max(0, choices.length - 1));
  let said = "";
  for (;;) {
    terminal.draw(choiceFrame(terminal, question, at, said));
    said = "";
    const key = await nextKey(terminal);
    const { name } = key;
    if (name === "escape" || name === "left") return { type: "back" };
    if (name === "up") at = Math.max(0, at - 1);
    if (name === "down" || name === "tab") at = Math.min(choices.length - 1, at + 1);
    if (name === "home" || name === "page-up") at = 0;
    if (name === "end" || name === "page-down") at = Math.max(0, choices.length - 1);
    if (name === "text" && key.text.toLowerCase() in letters) return { type: "letter", letter: key.text.toLowerCase() };
    const digit = name === "text" && /^[1-9]$/.test(key.text) ? Number(key.text) - 1 : undefined;
    if (digit !== undefined && digit < choices.length) at = digit;
    if (name !== "enter" && name !== "right") continue;
    const choice = choices[at];
    if (!choice) continue;
    if (choice.refusal === undefined) return { type: "chosen", value: choice.value };
    said = messages.choose.refused(choice.refusal);
  }
}

function choiceFrame<T>(terminal: Terminal, question: ChoiceQuestion<T>, at: number, said: string): Frame {
  const { title, mark, lead, choices, none, letters = {} } = question;
  const width = terminal.columns - 6;
  const leads = typeof lead === "string" ? [lead] : (lead ?? []);
  const head: Line[] =
    leads.length === 0 ? [] : [...leads.flatMap((text) => wrap(text, width)), ""].map((text) => ({ text }));
  const blocks = choices.map((choice, index) => choiceLines(choice, index, index === at, width));
  const room = terminal.room - head.length - 2;
  const { lines, first } = window(blocks, at, room);
  const foot: Line[] = said === "" ? [] : [{ text: "" }, { text: said, style: "bold" }];
  const body = choices.length === 0 && none !== undefined ? wrap(none, width).map((text) => ({ text })) : lines;
  const others = Object.entries(letters).map(([letter, what]) => `${letter.toUpperCase()} ${what}`);
  return {
    title,
    ...(mark !== undefined && { mark }),
    body: [...head, ...body, ...foot],
    keys: [messages.choose.keys, ...others].join("   "),
    cursor: { line: head.length + first, column: 0 },
  };
}

function choiceLines<T>(
  { label, detail, refusal }: Choice<T>,
  index: number,
  selected: boolean,
  width: number,
): Line[] {
  const style = selected ? ("selected" as const) : refusal === undefined ? undefined : ("dim" as const);
  const lines: Line[] = [{ text: `${index < 9 ? `${index + 1}.` : "  "} ${label}`, ...(style && { style }) }];
  if (detail !== undefined) for (const text of wrap(detail, width)) lines.push({ text: `   ${text}` });
  if (refusal !== undefined) for (const text of wrap(refusal, width)) lines.push({ text: `   ${text}`, style: "dim" });
  return lines;
}

/** As many whole choices as there is room for, the selected one among them. @returns with the line where that one begins */
function window(blocks: readonly Line[][], at: number, room: number): { lines: Line[]; first: number } {
  let [from, to] = [at, at + 1];
  const height = () => blocks.slice(from, to).reduce((sum, block) => sum + block.length, 0);
  const fits = (block: Line[] | undefined) => block !== undefined && height() + block.length <= room;
  for (let grew = true; grew; ) {
    grew = false;
    if (fits(blocks[to])) [to, grew] = [to + 1, true];
    if (from > 0 && fits(blocks[from - 1])) [from, grew] = [from - 1, true];
  }
  const first = blocks.slice(from, at).reduce((sum, block) => sum + block.length, 0);
  return { lines: blocks.slice(from, to).flat(), first };
}

export interface InputQuestion {
  readonly title: string;
  readonly mark?: string;
  readonly lead: readonly string[];
  readonly field: string;
  readonly isSecret?: boolean;
  readonly value?: string;
  /** Said of what was typed before. */
  readonly problem?: string;
}

/** A line of text; undefined when Escape was pressed. */
export async function ask(terminal: Terminal, question: InputQuestion): Promise<string | undefined> {
  const { title, mark, field, isSecret = false } = question;
  let typed = question.value ?? "";
  const width = terminal.columns - 6;
  const head = [...question.lead.flatMap((text) => wrap(text, width)), ""];
  const problem = question.problem === undefined ? [] : ["", ...wrap(question.problem, width)];
  for (;;) {
    const shown = isSecret ? "*".repeat([...typed].length) : typed;
    const room = width - textWidth(field) - 2;
    const tail = [...shown].slice(-room).join("");
    terminal.draw({
      ...{ title, ...(mark !== undefined && { mark }), keys: messages.ask.keys },
      body: [
        ...head.map((text) => ({ text })),
        { text: `${field}: ${pad(tail, Math.min(room, 40))}`, style: "bold" as const },
        ...problem.map((text) => ({ text, style: "bold" as const })),
      ],
      cursor: { line: head.length, column: textWidth(`${field}: ${tail}`) },
    });
    const key = await nextKey(terminal);
    if (key.name === "escape") return undefined;
    if (key.name === "enter") return typed;
    if (key.name === "backspace") typed = [...typed].slice(0, -1).join("");
    if (key.name === "clear") typed = "";
    if (key.name === "text") typed += key.text;
  }
}

/** A text that may be longer than the screen; true for Enter, false for Escape. */
export async function read(
  terminal: Terminal,
  page: { readonly title: string; readonly mark?: string; readonly lines: readonly string[]; readonly keys?: string },
): Promise<boolean> {
  const lines = page.lines.flatMap((text) => wrap(text, terminal.columns - 4, "    "));
  let top = 0;
  const last = Math.max(0, lines.length - terminal.room + 1);
  for (;;) {
    const shown = lines.slice(top, top + terminal.room - 1);
    const more = top < last ? [{ text: messages.read.more, style: "bold" as const }] : [];
    terminal.draw({
      ...{
        title: page.title,
        ...(page.mark !== undefined && { mark: page.mark }),
        keys: page.keys ?? messages.read.keys,
      },
      body: [...shown.map((text) => ({ text })), ...more],
      cursor: { line: 0, column: 0 },
    });
    const key = await nextKey(terminal);
    if (key.name === "escape" || key.name === "left") return false;
    // What was not seen yet is not agreed to.
    if (key.name === "enter" && top >= last) return true;
    const step = terminal.room - 2;
    if (key.name === "down") top = Math.min(last, top + 1);
    if (key.name === "up") top = Math.max(0, top - 1);
    if (key.name === "page-down" || key.name === "enter" || (key.name === "text" && key.text === " "))
      top = Math.min(last, top + step);
    if (key.name === "page-up") top = Math.max(0, top - step);
    if (key.name === "home") top = 0;
    if (key.name === "end") top = last;
  }
}
