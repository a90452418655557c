import * as z from "zod";
import { Sentence } from "#base/sentence.ts";

const Line = z.object({ says: z.array(Sentence) });

/** What a command says while it works, for a program that shows it to people: a line of JSON. */
export const toldLine = (says: readonly Sentence[]): string => JSON.stringify({ says });

/** @returns undefined for any other line */
export function toldIn(line: string): readonly Sentence[] | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return Line.parse(JSON.parse(line)).says;
  } catch {
    return undefined;
  }
}
