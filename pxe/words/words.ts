import { saysWords } from "#base/deployment/says-words.ts";
import { staysWords } from "#base/deployment/stays-words.ts";
import { cameWords, goesWords } from "#base/deployment/work-words.ts";
import { listenerOf, type Sentence, speakerOf } from "#base/sentence.ts";
import { doctorWords } from "./doctor.ts";
import { identityWords } from "./identities.ts";
import { stepWords } from "./steps.ts";
import { timelineWords } from "./timeline.ts";
import { unsentReasons, unsentWords } from "./unsent.ts";

/** What machines say of their work. */
const orderWords = { ...saysWords, ...goesWords, ...cameWords } as const;

/** All that this server says in sentences. The console has the same in its other languages, key by key. */
export const serverWords = {
  ...doctorWords,
  ...timelineWords,
  ...identityWords,
  ...orderWords,
  ...stepWords,
  ...unsentWords,
  ...staysWords,
} as const;

/** What the console says in words of its own, as it can do it itself. */
type DoneThere = "do.NOT_APPROVED" | "do.REFUSED" | "do.STARTS_FROM_DISK";
export type DoctorWords = Omit<typeof doctorWords, DoneThere>;
export type TimelineWords = typeof timelineWords;
export type IdentityWords = typeof identityWords;
export type StepWords = typeof stepWords;
export type UnsentWords = typeof unsentWords;
export type StaysWords = typeof staysWords;
export type OrderWords = typeof orderWords;

export const say = speakerOf(serverWords);

const KEYS = new Map<string, string>(
  Object.entries(serverWords).flatMap(([key, text]) => (typeof text === "string" ? [[text, key]] : [])),
);

/** What was kept as a text, with the key of its words where it is all of them. */
export function sentenceOf(text: string): Sentence {
  const key = KEYS.get(text);
  return key === undefined ? { text } : { text, said: { key, values: {} } };
}

/** Why a message did not arrive. */
export const hearUnsent = listenerOf(unsentReasons);

/** What a clean-up has left as it is. */
export const hearStays = listenerOf(staysWords);

/** What a machine says of its work, which comes as a text. */
export const hearMachine = listenerOf(orderWords);
