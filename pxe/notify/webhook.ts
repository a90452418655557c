import { createHmac } from "node:crypto";
import { say } from "../words/words.ts";
import { notSent } from "./not-sent.ts";
import type { Channel, Message, Topic } from "./notice.ts";

export interface WebhookOptions {
  readonly name: string;
  readonly url: string;
  /** Undefined: messages are not signed. */
  readonly secret?: string | undefined;
  readonly topics: readonly Topic[];
  readonly quiet: number;
}

/** Milliseconds. */
const PATIENCE = 15_000;

/** "sha256=..." of the time, a dot and the body: who gets it can refuse what others have made, and what is old. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;

/** POST of JSON to an address of the configuration; no other one is ever asked, wherever it leads. */
export function webhookChannel({ name, url, secret, topics, quiet }: WebhookOptions): Channel {
  return {
    ...{ name, kind: "webhook", to: new URL(url).host, topics, quiet },
    async send(message, signal) {
      const body = JSON.stringify(bodyOf(message));
      const timestamp = String(Math.floor(Date.now() / 1000));
      try {
        const response = await fetch(url, {
          ...{ method: "POST", body, redirect: "error" },
          headers: {
            ...{ "Content-Type": "application/json", "User-Agent": "lifeboat" },
            ...{ "Lifeboat-Delivery": message.id, "Lifeboat-Timestamp": timestamp },
            ...(secret !== undefined && { "Lifeboat-Signature": signatureOf(secret, timestamp, body) }),
          },
          signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
        });
        await response.body?.cancel();
        if (!response.ok) throw new Error(`it answered with status ${response.status}`);
      } catch (cause) {
        const { message: said, cause: inner } = cause as Error & { cause?: Error };
        const reason = inner?.message || said;
        throw notSent(say("unsent.webhook", { name }), reason, cause);
      }
    },
  };
}

const bodyOf = ({ id, server, notices, more }: Message) => ({
  ...{ version: 1, id, server },
  notices: notices.map(({ at, ...notice }) => ({ at: new Date(at).toISOString(), ...notice })),
  more,
});
