import { LifeboatError } from "#base/errors.ts";
import type { Said, Sentence } from "#base/sentence.ts";
import { hearUnsent } from "../words/words.ts";

/** A message that did not arrive, as far as that can be said with keys. */
export function notSent(channel: Sentence, reason: string, cause: unknown): LifeboatError<"NOTICE_NOT_SENT"> {
  const told = { channel: channel.said, reason: hearUnsent(reason).said };
  const said = Object.fromEntries(Object.entries(told).filter((one): one is [string, Said] => one[1] !== undefined));
  return new LifeboatError("NOTICE_NOT_SENT", { channel: channel.text, reason }, { cause, said });
}
