import { type ExtraEnvironment, type RunningCommand, startLifeboatWith } from "#test/engine/image/command.ts";

/** A `clone serve` that listens, on loopback. */
export interface Offer extends RunningCommand, AsyncDisposable {
  readonly code: string;
  readonly port: number;
  /** As `clone receive` takes it. */
  readonly host: string;
}

/** What it prints at the end, as JSON behind the line with the code. */
export interface ServeResult {
  readonly kind: string;
  readonly receiver: string;
  readonly sentBytes: number;
}

export const offer = (disk: string, ...more: string[]): Promise<Offer> => offerWith({}, disk, ...more);

export async function offerWith(extra: ExtraEnvironment, disk: string, ...more: string[]): Promise<Offer> {
  const args = ["clone", "serve", disk, "--listen", "127.0.0.1", "--json"];
  const running = startLifeboatWith(extra, ...args, ...(more.includes("--port") ? [] : ["--port", "0"]), ...more);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let text = "";
  running.child.stdout?.on("data", (data: Buffer) => {
    text += data.toString();
    if (text.includes("\n")) resolve(text.split("\n")[0] as string);
  });
  void running.result.then(({ stderr }) => reject(new Error(`it does not serve: ${stderr}`)), reject);
  const { code, port } = JSON.parse(await promise) as { code: string; port: number };
  return {
    ...running,
    ...{ code, port, host: `127.0.0.1:${port}` },
    async [Symbol.asyncDispose]() {
      running.child.kill("SIGKILL");
      await running.result;
    },
  };
}

/** The report of a serving side that has ended by itself. */
export async function served({ result }: Offer): Promise<ServeResult> {
  const { status, stdout, stderr } = await result;
  if (status !== 0) throw new Error(`it ended with ${status}: ${stderr}`);
  return JSON.parse(stdout.slice(stdout.indexOf("\n"))) as ServeResult;
}
