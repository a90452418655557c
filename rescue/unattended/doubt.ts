import type { Sentence } from "#base/sentence.ts";
import { toldIn } from "#base/told-line.ts";
import { type ErrorSaid, errorLines } from "#imaging/words/say-problem.ts";
import type { CommandResult } from "#rescue/unattended/run-command.ts";

/** A reason to do nothing by itself, for people. */
export class Doubt extends Error {
  readonly lines: readonly Sentence[];
  constructor(lines: readonly Sentence[]) {
    super(lines.map(({ text }) => text).join("; "));
    this.lines = lines;
  }
}

/** A command that did not do it: trying once more may help, where a doubt would come again. */
export class CommandFailed extends Doubt {
  readonly code: string | undefined;
  /** @param came what it has done all the same */
  constructor(result: CommandResult, came: readonly Sentence[] = []) {
    const { lines, code } = reasonIn(result);
    super([...came, ...(came.length > 0 && code === undefined ? [] : lines)]);
    this.code = code;
  }
}

/** With --json an error is an object on standard error, else lines that begin with the program's name. */
function reasonIn({ stderr }: CommandResult): { lines: Sentence[]; code: string | undefined } {
  const last = stderr.trim().split("\n").at(-1) ?? "";
  try {
    const { error } = JSON.parse(last) as { error: ErrorSaid };
    return { lines: errorLines(error), code: error.code };
  } catch {
    const lines = stderr
      .trim()
      .split("\n")
      .flatMap((line) => toldIn(line)?.map(({ text }) => text) ?? [line]);
    const first = lines.findLastIndex((line) => line.startsWith("lifeboat: "));
    const said = lines.slice(Math.max(0, first)).map((line) => line.replace(/^lifeboat: /, ""));
    return { lines: said.map((text) => ({ text })), code: /^([A-Z][A-Z0-9_]+): /.exec(said[0] ?? "")?.[1] };
  }
}
