import type { Said, Sentence } from "#base/sentence.ts";
import { say, sentenceOf } from "../words/words.ts";
import { OTHER_DHCP_SERVER } from "./dhcp-happening.ts";
import type { Entry } from "./entry.ts";

/** Why something was refused. */
export const why = ({
  reason = "",
  said,
}: {
  readonly reason?: string | undefined;
  readonly said?: Said | undefined;
}): Sentence => (said ? { text: reason, said } : sentenceOf(reason));

/** How a transfer by TFTP ended that did not end well. */
export function howEnded({ outcome, reason }: Pick<Extract<Entry, { kind: "tftp" }>, "outcome" | "reason">): Sentence {
  const how = sentenceOf(outcome);
  return reason === undefined ? how : say("how.both", { how, reason: sentenceOf(reason) });
}

/** With the words of what is told in it, for who says it in another language: most of them are known by the text that was kept. */
export function told(entry: Entry): Entry {
  const { said } = entry.said ? entry : (toldOf(entry) ?? {});
  return said ? { ...entry, said } : entry;
}

function toldOf(entry: Entry): Sentence | undefined {
  switch (entry.kind) {
    case "no offer":
    case "no address":
    case "menu":
      return entry.reason === undefined ? undefined : why(entry);
    case "tftp":
      return entry.outcome === "refused" ? why(entry) : howEnded(entry);
    case "problem":
      if (entry.code === OTHER_DHCP_SERVER) return say("told.other-dhcp", { server: entry.text });
      return sentenceOf(entry.text);
    case "up":
    case "job":
    case "done":
    case "wake":
    case "identity":
      return sentenceOf(entry.text);
    default:
      return undefined;
  }
}
