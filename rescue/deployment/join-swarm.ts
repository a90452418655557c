import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { totalmem } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface JoinedSwarm extends AsyncDisposable {
  /** Of this computer, in place of the server. */
  readonly url: string;
}

export interface JoinOptions {
  /** The command, and its first arguments. */
  readonly command: readonly string[];
  /** Of the deployment's image on the server. */
  readonly server: string;
  readonly token: string;
  /** In memory. */
  readonly folder: string;
}

/** Milliseconds that the program may take to begin, on a slow machine that does much else. */
const PATIENCE = 300_000;
/** Bytes: what is kept for others, in memory, which a small machine needs itself. */
const keptBytes = (): number => Math.min(256 << 20, Math.floor(totalmem() / 8));

/** `lifeboat pxe join`: what this computer loads it passes on to others of the deployment. @throws Error */
export async function joinSwarm({ command, server, token, folder }: JoinOptions): Promise<JoinedSwarm> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, "swarm-token");
  await writeFile(file, token, { mode: 0o600 });
  const [program = "", ...first] = command;
  const child = spawn(
    program,
    [...first, "pxe", "join", server, "--token-file", file, "--keep", String(keptBytes()), "--json"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(child, "close");
  ended.catch(() => {}); // a program that is not there: `line` says it
  const stop = async () => {
    child.kill("SIGINT");
    await ended.catch(() => {});
  };
  const lines = createInterface({ input: child.stdout });
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const line = once(lines, "line", { signal }).then(([text]) => String(text));
    const text = await Promise.race([
      line,
      ended.then(() => Promise.reject(new Error("the swarm could not be joined"))),
    ]);
    const { ready } = JSON.parse(text) as { ready: { url: string } };
    return { url: ready.url, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
