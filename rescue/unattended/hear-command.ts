import { goesWords } from "#base/deployment/work-words.ts";
import { listenerOf, type Sentence } from "#base/sentence.ts";
import { toldIn } from "#base/told-line.ts";

const hear = listenerOf(goesWords);

/** A line that a command prints of its progress: what it says, or how far this pass is, and the whole. */
export function hearLine(line: string): readonly Sentence[] {
  const told = toldIn(line);
  if (told) return told;
  const parts = line.split("; ").map(hear);
  return parts.every(({ said }) => said) ? parts : [{ text: line }];
}

/** What has come of a command, of what it printed; as it came where that is no report. */
export function cameOf(result: string, came: (result: string) => readonly Sentence[]): readonly Sentence[] {
  try {
    return came(result);
  } catch {
    return result
      .trim()
      .split("\n")
      .map((text) => ({ text }));
  }
}
