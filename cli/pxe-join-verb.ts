import type { Command } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { formatBytes } from "#base/units.ts";
import { size } from "#cli/options.ts";
import { readTextFile } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { withSignal } from "#cli/with-signal.ts";
import { addressTowards } from "#pxe/net/address-towards.ts";
import { type SwarmFigures, SwarmPeer } from "#pxe/swarm/swarm-peer.ts";

interface JoinOptions {
  tokenFile: string;
  address?: string;
  keep: number;
}

const KEEP = 256 << 20;

/** `pxe join SERVER`: this computer passes on to others what it loads from a server, and loads from them. */
export function addJoinVerb(pxe: Command): void {
  verb(
    pxe,
    "join",
    "load from a server together with other computers: `restore` then reads from the address that this prints",
  )
    .argument(
      "<server>",
      "its address, as `pxe serve --swarm-token-file` serves it: http://192.0.2.1; or a folder of it with a swarm of its own",
    )
    .requiredOption("--token-file <file>", "what the server's computers know each other by; - is standard input")
    .option("--address <address>", "of this computer, where the others reach it (default: what the server sees)")
    .option("--keep <size>", "so much of what was loaded is kept for the others, in memory", size, KEEP)
    .action(async (server: string, { tokenFile, address, keep }: JoinOptions, command: Command) => {
      const output = outputOf(command);
      const origin = originOf(server);
      const token = tokenOf(tokenFile, await readTextFile(tokenFile));
      const own = address ?? (await addressTowards(new URL(origin).hostname.replaceAll(/[[\]]/g, "")));
      let figures: SwarmFigures | undefined;
      try {
        await withSignal("the swarm", async (signal) => {
          await using peer = await SwarmPeer.open({ origin, token, address: own, cacheBytes: keep });
          figures = peer.figures;
          if (output.json) process.stdout.write(`${JSON.stringify({ ready: { url: peer.url } })}\n`);
          else output.message(`Read from ${peer.url} in place of ${origin}. Ctrl+C ends it.`);
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
        });
      } catch (error) {
        // It runs until somebody ends it: that is how it succeeds.
        if (!(error instanceof LifeboatError) || error.code !== "CANCELLED") throw error;
      }
      if (figures) output.result(figures, () => describe(figures as SwarmFigures));
    });
}

/** Long enough not to be found by trying. @throws KEY_INVALID */
export function tokenOf(file: string, text: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]{16,200}$/.test(token)) return token;
  const problem = "a token has 16 to 200 letters and digits, without blanks: `openssl rand -hex 16` makes one";
  throw new LifeboatError("KEY_INVALID", { what: file, problem });
}

/** @throws USAGE */
function originOf(server: string): string {
  const url = URL.parse(/^https?:\/\//i.test(server) ? server : `http://${server}`);
  if (url && url.search === "" && url.hash === "" && url.username === "")
    return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
  throw new LifeboatError("USAGE", { problem: `${server} is no address of a server, such as http://192.0.2.1` });
}

const describe = ({ fromOrigin, fromPeers, toPeers }: SwarmFigures): string =>
  `Loaded ${formatBytes(fromOrigin)} from the server and ${formatBytes(fromPeers)} from other computers; passed on ${formatBytes(toPeers)}.`;
