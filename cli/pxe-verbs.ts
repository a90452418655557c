import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { port } from "#cli/peer-address.ts";
import { eventText, isNews, readyText } from "#cli/pxe-text.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { withSignal } from "#cli/with-signal.ts";
import { servePxe } from "#pxe/serve/serve-pxe.ts";

interface ServeOptions {
  root: string;
  interface: string;
  tftpPort: number;
  httpPort: number;
  dhcp: boolean;
}

/** What starts computers from the network. */
export function addPxeVerbs(program: Command): void {
  const pxe = program.command("pxe").description("start computers from the network");
  verb(pxe, "serve", "offer a folder of `media pxe` beside the DHCP server of the network (proxyDHCP, TFTP, HTTP)")
    .requiredOption("--root <folder>", "what computers may load: all files in it, by anybody in the network")
    .requiredOption("--interface <name|address>", "where the computers are connected: eth0, or its IPv4 address")
    .option("--tftp-port <n>", "0: any that is free; firmware knows only 69", port, 69)
    .option("--http-port <n>", "0: any that is free; other than 80 the set must be built for, with --url", port, 80)
    .option("--no-dhcp", "no proxyDHCP: the DHCP server of the network names the files itself")
    .action(async (options: ServeOptions, command: Command) => {
      const output = outputOf(command);
      // One line each, as they come: who reads them is a program that waits for them.
      const say = (value: object, text: string) =>
        output.json ? void process.stdout.write(`${JSON.stringify(value)}\n`) : output.message(text);
      const { dhcp, ...rest } = options;
      try {
        await withSignal("the service for computers that start from the network", (signal) =>
          servePxe(
            {
              ...{ ...rest, proxyDhcp: dhcp },
              onReady: (ready) => say({ ready }, readyText(ready, options)),
              onEvent: (event) => {
                if (output.json || isNews(event)) say(event, eventText(event));
              },
            },
            signal,
          ),
        );
      } catch (error) {
        // It runs until somebody ends it: that is how it succeeds.
        if (!(error instanceof LifeboatError) || error.code !== "CANCELLED") throw error;
      }
    });
}
