import { LifeboatError } from "#base/errors.ts";
import { unprintableIn } from "#base/printable.ts";
import { MOST_NOTE } from "#imaging/wish/capture-wish.ts";

/** What is wrong with a text of the user's own, or undefined. */
export function textProblem(
  value: string,
  { least, most, multiline }: { readonly least: number; readonly most: number; readonly multiline: boolean },
): string | undefined {
  const length = [...value].length;
  if (length < least || length > most) return `it has ${length} characters, allowed are ${least} to ${most}`;
  const found = unprintableIn(multiline ? value.replaceAll("\n", "") : value);
  return found && `it has the control character ${found}`;
}

const NAME_LIMIT = 200;
const LABEL_LIMIT = 60;

export const checkedName = (name: string): string =>
  checked("--name", name, textProblem(name, { least: 1, most: NAME_LIMIT, multiline: false }));

export const checkedNote = (note: string, what = "--note"): string =>
  checked(what, note, textProblem(note, { least: 0, most: MOST_NOTE, multiline: true }));

export const checkedLabel = (label: string): string =>
  checked("--label", label, textProblem(label, { least: 1, most: LABEL_LIMIT, multiline: false }));

/** Names and notes are shown on many screens, and by programs that trust them more than they should. */
function checked(what: string, value: string, problem: string | undefined): string {
  if (problem) throw new LifeboatError("USAGE", { problem: `${what} cannot be used: ${problem}` });
  return value;
}
