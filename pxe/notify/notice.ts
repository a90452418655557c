/** What people can ask to be told of. */
export const TOPICS = ["job-done", "job-failed", "machine-problem", "server-trouble"] as const;
export type Topic = (typeof TOPICS)[number];

/** Something that somebody may want to know, though nobody watches. Texts may come from the network: whoever shows them makes them printable. */
export interface Notice {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly topic: Topic | "trial";
  /** What the machine is called. */
  readonly machine?: string | undefined;
  /** Of a problem. */
  readonly code?: string | undefined;
  readonly text: string;
}

/** One message to people: a notice, or those that were held back since the last one. */
export interface Message {
  /** Stays the same when it is sent again: who gets it twice can see that. */
  readonly id: string;
  /** Name of the server. */
  readonly server: string;
  readonly notices: readonly Notice[];
  /** So many more of the same that are not in it. */
  readonly more: number;
}

/** A way to people. */
export interface Channel {
  readonly name: string;
  readonly kind: "mail" | "webhook";
  /** For people; no secret. */
  readonly to: string;
  readonly topics: readonly Topic[];
  /** Milliseconds in which a topic is told once; what else comes of it is told together at their end. */
  readonly quiet: number;
  /** @throws NOTICE_NOT_SENT */
  send(message: Message, signal: AbortSignal): Promise<void>;
}

/** "pc7: a restore has failed (JOB_FAILED)" */
export const noticeText = ({ machine, code, text }: Notice): string =>
  `${machine === undefined ? "" : `${machine}: `}${text}${code === undefined ? "" : ` (${code})`}`;
