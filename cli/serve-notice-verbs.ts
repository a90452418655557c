import { hostname } from "node:os";
import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { outputOf, verb } from "#cli/verb.ts";
import type { Channel } from "#pxe/notify/notice.ts";
import { trialMessage } from "#pxe/notify/notifier.ts";
import { openChannels } from "#pxe/server/open-channels.ts";
import { readServerConfig } from "#pxe/server/read-server-config.ts";

const PATIENCE = 60_000;

/** `serve test-mail`, `serve test-webhook`: whether messages would arrive. Nothing else is started. */
export function addServeNoticeVerbs(serve: Command): void {
  for (const [name, kind] of [
    ["test-mail", "mail"],
    ["test-webhook", "webhook"],
  ] as const)
    verb(serve, name, `send a message to each ${kind} of the configuration, or to one, and say whether it was taken`)
      .argument("[channel]", "its name in the configuration")
      .requiredOption("--config <file>", "as `serve` reads it")
      .action(async (wanted: string | undefined, options: { config: string }, command: Command) => {
        const channels = await openChannels(await readServerConfig(options.config));
        const meant = channels.filter((one) => one.kind === kind && (wanted === undefined || one.name === wanted));
        if (meant.length === 0) throw unknown(wanted ?? `a ${kind}`, channels);
        for (const channel of meant)
          await channel.send(trialMessage(hostname(), Date.now()), AbortSignal.timeout(PATIENCE));
        const sent = meant.map(({ name: channel, to }) => ({ channel, to }));
        outputOf(command).result({ sent }, () =>
          sent.map(({ channel, to }) => `${channel}: taken, for ${to}`).join("\n"),
        );
      });
}

const unknown = (channel: string, channels: readonly Channel[]) =>
  new LifeboatError("NOTICE_CHANNEL_UNKNOWN", {
    channel,
    have: channels.map(({ name, kind }) => `${name} (${kind})`).join(", ") || "nothing",
  });
