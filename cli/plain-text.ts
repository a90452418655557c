import { unprintableIn } from "#base/printable.ts";

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
