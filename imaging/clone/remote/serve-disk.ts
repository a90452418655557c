import type { Server } from "node:tls";
import { LifeboatError } from "#base/errors.ts";
import { DiskIndex } from "#imaging/clone/disk-index.ts";
import type { OpenDisk } from "#imaging/clone/open-disk.ts";
import { type ServedDisk, writeDescription } from "#imaging/clone/remote/description.ts";
import { DiskReaders } from "#imaging/clone/remote/disk-readers.ts";
import { isWrongKey, secureServer } from "#imaging/clone/remote/secure-channel.ts";
import { ReceiverSession } from "#imaging/clone/remote/serve-receiver.ts";
import { wireSegment } from "#imaging/clone/remote/wire.ts";
import { isSourceDisk } from "#imaging/image/restorable.ts";

export type ServeEvent =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "connected"; readonly from: string }
  | { readonly type: "gone"; readonly from: string; readonly reason: string | undefined }
  /** Somebody had a wrong code. `left`: how many more may. */
  | { readonly type: "refused"; readonly from: string; readonly left: number };

export interface ServeRequest {
  /** Held by the caller. */
  readonly image: OpenDisk;
  readonly served: ServedDisk;
  /** Of pairingKey. */
  readonly key: Uint8Array;
  /** Address to listen at; all of the machine when absent. */
  readonly host?: string | undefined;
  /** 0: any that is free. */
  readonly port: number;
  readonly onEvent: (event: ServeEvent) => void;
}

/** What was served, when the receiver was done. */
export interface ServeReport {
  readonly kind: "clone-serve";
  readonly receiver: string;
  /** Plain bytes of the disk. */
  readonly sentBytes: number;
  readonly seconds: number;
}

/** A person mistypes twice; 2^60 codes are not found in so many. */
export const MOST_ATTEMPTS = 10;
/** Greetings that are not done yet, and the one that is served. */
const MOST_CONNECTIONS = 16;

/**
 * Serves a disk to one receiver at a time that knows the code, until one of them is done.
 * @throws LISTEN_FAILED, PAIRING_ATTEMPTS, INTERNAL; the signal's reason when it is aborted
 */
export async function serveDisk(request: ServeRequest, signal: AbortSignal): Promise<ServeReport> {
  const { image, served, key, onEvent } = request;
  const { chunkPlace } = image;
  if (!isSourceDisk(chunkPlace)) throw new TypeError("an image is not served");
  await using stack = new AsyncDisposableStack();
  const { disk, sectorSize, budget } = chunkPlace;
  const readers = stack.use(new DiskReaders({ disk, sectorSize, budget }));
  const index = stack.use(await DiskIndex.open(image.regions, image.chunkSize, wireSegment()));
  const started = performance.now();
  const desk = new Desk({ ...writeDescription(image, served), index, readers }, onEvent);
  const server = secureServer(key);
  stack.defer(() => desk.close());
  stack.defer(() => void server.close());
  await listen(server, request);
  const address = server.address();
  onEvent({ type: "listening", port: typeof address === "object" && address ? address.port : request.port });
  desk.open(server);
  const abort = () => desk.finished.reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  try {
    const { from, sentBytes } = await desk.finished.promise;
    return { kind: "clone-serve", receiver: from, sentBytes, seconds: (performance.now() - started) / 1000 };
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/** Who comes, and whose turn it is. */
class Desk {
  readonly finished = Promise.withResolvers<ReceiverSession>();
  readonly #served: ConstructorParameters<typeof ReceiverSession>[1];
  readonly #onEvent: (event: ServeEvent) => void;
  readonly #sessions = new Set<ReceiverSession>();
  #active: ReceiverSession | undefined;
  #attempts = 0;

  constructor(served: ConstructorParameters<typeof ReceiverSession>[1], onEvent: (event: ServeEvent) => void) {
    this.#served = served;
    this.#onEvent = onEvent;
  }

  open(server: Server): void {
    server.maxConnections = MOST_CONNECTIONS;
    server.on(
      "secureConnection",
      (socket) => void this.#welcome(new ReceiverSession(socket, this.#served, this.#admit)),
    );
    server.on("tlsClientError", (error, socket) => {
      // A browser, or whoever looks for open ports, tries no code.
      if (isWrongKey(error)) this.#refused(socket.remoteAddress ?? "?");
    });
  }

  close(): void {
    for (const session of this.#sessions) session.end("the serving side was stopped");
  }

  async #welcome(session: ReceiverSession): Promise<void> {
    this.#sessions.add(session);
    const reason = await session.ended();
    this.#sessions.delete(session);
    if (this.#active !== session) return;
    this.#active = undefined;
    if (session.isDone) this.finished.resolve(session);
    else this.#onEvent({ type: "gone", from: session.from, reason });
  }

  /** A receiver whose connection broke comes again before we know; another one has to wait. */
  readonly #admit = (session: ReceiverSession): boolean => {
    if (this.#active && this.#active.receiver !== session.receiver) return false;
    const before = this.#active;
    this.#active = session;
    before?.end("it has connected anew");
    this.#onEvent({ type: "connected", from: session.from });
    return true;
  };

  #refused(from: string): void {
    this.#attempts++;
    this.#onEvent({ type: "refused", from, left: MOST_ATTEMPTS - this.#attempts });
    if (this.#attempts >= MOST_ATTEMPTS)
      this.finished.reject(new LifeboatError("PAIRING_ATTEMPTS", { attempts: this.#attempts }));
  }
}

async function listen(server: Server, { host, port }: ServeRequest): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once("error", reject);
  server.listen({ port, ...(host !== undefined && { host }) }, resolve);
  try {
    await promise;
  } catch (cause) {
    const address = `${host ?? "this machine"}, port ${port}`;
    throw new LifeboatError("LISTEN_FAILED", { address, reason: (cause as Error).message }, { cause });
  }
}
