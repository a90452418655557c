import { createTransport } from "nodemailer";
import { plainReason } from "#base/plain-reason.ts";
import { printable } from "#base/printable.ts";
import { say } from "../words/words.ts";
import { notSent } from "./not-sent.ts";
import { type Channel, type Message, noticeText, type Topic } from "./notice.ts";

export interface MailOptions {
  readonly name: string;
  readonly server: string;
  readonly port: number;
  /** starttls: a connection that cannot be secured carries nothing (RFC 8314 names both ways). */
  readonly security: "tls" | "starttls" | "none";
  readonly login?: { readonly user: string; readonly password: string } | undefined;
  /** Who vouches for the server, in PEM; else whom Node trusts. */
  readonly authority?: string | undefined;
  readonly from: string;
  readonly to: readonly string[];
  readonly topics: readonly Topic[];
  readonly quiet: number;
}

/** Milliseconds: for the connection, for the server's first word, and for each word after it. */
const TIMES = { connectionTimeout: 15_000, greetingTimeout: 15_000, socketTimeout: 30_000 };
const MOST_SUBJECT = 120;

/** Mail by SMTP (RFC 5321), a connection a message. */
export function mailChannel(options: MailOptions): Channel {
  const { name, server, port, security, login, authority, from, to, topics, quiet } = options;
  return {
    ...{ name, kind: "mail", to: to.join(", "), topics, quiet },
    async send(message, signal) {
      const transport = createTransport({
        ...{ host: server, port, secure: security === "tls", ...TIMES },
        ...{ requireTLS: security === "starttls", ignoreTLS: security === "none" },
        ...(login && { auth: { user: login.user, pass: login.password } }),
        tls: { minVersion: "TLSv1.2", ...(authority !== undefined && { ca: authority }) },
        // Texts come from the network: none of them may name a file or a page to be sent along.
        ...{ disableFileAccess: true, disableUrlAccess: true },
      });
      const stop = () => transport.close();
      signal.addEventListener("abort", stop, { once: true });
      try {
        signal.throwIfAborted();
        await transport.sendMail({
          ...{ from, to: [...to], subject: subjectOf(message), text: bodyOf(message) },
          messageId: `<${message.id}.lifeboat@${server}>`,
          headers: { "Auto-Submitted": "auto-generated" }, // RFC 3834: nobody answers that he is on holiday
        });
      } catch (cause) {
        const reason = plainReason((cause as Error).message);
        throw notSent(say("unsent.mail", { server: `${server}:${port}` }), reason, cause);
      } finally {
        signal.removeEventListener("abort", stop);
        transport.close();
      }
    },
  };
}

function subjectOf({ server, notices, more }: Message): string {
  const [first] = notices;
  const others = notices.length - 1 + more;
  const text = `[Lifeboat ${server}] ${first ? noticeText(first) : ""}${others > 0 ? ` (and ${others} more)` : ""}`;
  return printable(text).slice(0, MOST_SUBJECT);
}

const bodyOf = ({ server, notices, more }: Message): string =>
  [
    ...notices.map((notice) => printable(`${new Date(notice.at).toISOString()}  ${noticeText(notice)}`)),
    ...(more > 0 ? [`and ${more} more of the same kind.`] : []),
    "",
    `Lifeboat on ${printable(server)}. The console and \`lifeboat pxe machines\` have the timelines.`,
    "",
  ].join("\n");
