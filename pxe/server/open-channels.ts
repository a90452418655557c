import { readFile } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { plainReason } from "#base/plain-reason.ts";
import { mailChannel } from "../notify/mail.ts";
import type { Channel } from "../notify/notice.ts";
import { webhookChannel } from "../notify/webhook.ts";
import type { ServerConfig } from "./server-config.ts";

const USUAL_PORTS = { tls: 465, starttls: 587, none: 25 } as const;

/** The ways to people that are configured, with their secrets read. @throws OPEN_FAILED */
export async function openChannels({ mail, webhooks }: Pick<ServerConfig, "mail" | "webhooks">): Promise<Channel[]> {
  const channels: Channel[] = [];
  for (const { passwordFile, authority, user, port, quiet, ...one } of mail) {
    const password = passwordFile === undefined ? undefined : (await textOf(passwordFile)).trim();
    channels.push(
      mailChannel({
        ...{ ...one, port: port ?? USUAL_PORTS[one.security], quiet: quiet * 1000 },
        login: user !== undefined && password !== undefined ? { user, password } : undefined,
        authority: authority === undefined ? undefined : await textOf(authority),
      }),
    );
  }
  for (const { secretFile, quiet, ...one } of webhooks) {
    const secret = secretFile === undefined ? undefined : (await textOf(secretFile)).trim();
    channels.push(webhookChannel({ ...one, quiet: quiet * 1000, secret }));
  }
  return channels;
}

export const textOf = (file: string): Promise<string> =>
  readFile(file, "utf8").catch((cause: Error) => {
    throw new LifeboatError("OPEN_FAILED", { path: file, reason: plainReason(cause.message) }, { cause });
  });
