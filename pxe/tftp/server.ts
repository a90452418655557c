import type { RemoteInfo, Socket } from "node:dgram";
import { setTimeout as sleep } from "node:timers/promises";
import { plainReason } from "#base/plain-reason.ts";
import { bindUdp, closeUdp } from "../net/bind-udp.ts";
import { socketFailure } from "../net/listen-failure.ts";
import type { Refusal, ServedRoot } from "../net/served-root.ts";
import type { TftpClient, TftpEvent } from "./events.ts";
import { negotiate } from "./negotiate.ts";
import { errorPacket, parseTftp, TFTP_ERROR, type TftpPacket, type TftpRequest } from "./packet.ts";
import { closeFile, sourceOf, type TftpFile, textFile } from "./tftp-file.ts";
import type { TransferEnd } from "./transfer.ts";
import { type RunningTransfer, TransferThread } from "./transfer-thread.ts";

const SERVICE = "the TFTP server";
/** Each transfer has a socket and a file open. */
const MOST_TRANSFERS = 2000;
/** GRUB and firmware load one file after the other; iPXE at most a few side by side. */
const MOST_FOR_ONE = 8;

export interface TftpOptions {
  readonly root: ServedRoot;
  /** Of this machine, that clients ask: answers must come from the one that was asked. */
  readonly address: string;
  /** 69 when absent; 0: any that is free. */
  readonly port?: number | undefined;
  /** Why a client does not get a file, though it is there. */
  readonly mayNotLoad?: ((address: string, file: string) => Promise<string | undefined>) | undefined;
  /** A text in place of a file of the folder. */
  readonly madeFile?: ((file: string, address: string) => Promise<string | undefined>) | undefined;
  readonly onEvent?: ((event: TftpEvent) => void) | undefined;
  /** The server cannot go on: PXE_SOCKET_FAILED. */
  readonly onFailure?: ((error: Error) => void) | undefined;
  readonly mostTransfers?: number | undefined;
  readonly mostForOne?: number | undefined;
  /** First pause before a repetition, in milliseconds, instead of what clients ask for. */
  readonly pause?: number | undefined;
}

export interface TftpStats {
  /** Transfers that go on now. */
  readonly running: number;
  readonly complete: number;
  /** Requests that got an error for an answer. */
  readonly refused: number;
  /** Bytes of files that clients have acknowledged, in all. */
  readonly bytes: number;
}

const REFUSALS: Readonly<Record<Refusal, readonly [code: number, message: string]>> = {
  missing: [TFTP_ERROR.notFound, "there is no such file"],
  forbidden: [TFTP_ERROR.accessViolation, "this file is not served"],
};

interface Running {
  readonly key: string;
  readonly address: string;
  readonly request: TftpRequest;
  /** Absent while the file is being opened. */
  transfer?: RunningTransfer;
}

/** A server for the files of one folder, to be read only (RFC 1350, 2347, 2348, 2349, 7440). */
export class TftpServer implements AsyncDisposable {
  readonly port: number;
  readonly #options: TftpOptions;
  readonly #socket: Socket;
  readonly #thread: TransferThread;
  readonly #running = new Map<string, Running>();
  #ids = 0;
  #counts = { complete: 0, refused: 0, bytes: 0 };
  #isClosing = false;

  private constructor(options: TftpOptions, socket: Socket, thread: TransferThread) {
    this.#options = options;
    this.#socket = socket;
    this.#thread = thread;
    this.port = socket.address().port;
    socket.on("message", (packet, from) => this.#take(packet, from));
    const place = { service: SERVICE, protocol: "udp", address: options.address, port: this.port } as const;
    socket.on("error", (error) => options.onFailure?.(socketFailure(place, error)));
  }

  /** @throws PXE_PORT_TAKEN, PXE_PORT_DENIED, PXE_SOCKET_FAILED */
  static async open(options: TftpOptions): Promise<TftpServer> {
    const place = { service: SERVICE, address: options.address, port: options.port ?? 69 };
    const failed = (error: Error) => options.onFailure?.(socketFailure({ ...place, protocol: "udp" }, error));
    const thread = await TransferThread.open(failed);
    try {
      return new TftpServer(options, await bindUdp(place), thread);
    } catch (error) {
      await thread[Symbol.asyncDispose]();
      throw error;
    }
  }

  get stats(): TftpStats {
    return { running: this.#running.size, ...this.#counts };
  }

  /** Takes no new request, lets those that run go on for so many milliseconds, then ends them with a word to the clients. */
  async close(grace = 0): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const ended = () => Promise.allSettled([...this.#running.values()].map(({ transfer }) => transfer?.ended));
    if (grace > 0 && this.#running.size > 0) {
      const stop = new AbortController();
      await Promise.race([ended(), sleep(grace, undefined, { signal: stop.signal }).catch(() => {})]);
      stop.abort();
    }
    for (const { transfer } of this.#running.values()) transfer?.stop("stopped", "the server is being stopped");
    await ended();
    await closeUdp(this.#socket);
    await this.#thread[Symbol.asyncDispose]();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #take(packet: Buffer, from: RemoteInfo): void {
    if (from.port === 0) return; // nobody could answer there
    const request = parseTftp(packet);
    // Answering errors, or noise, would let two servers talk to each other for ever.
    if (request.type === "malformed" || request.type === "error") return;
    const refusal = refusalOf(request);
    if (refusal) this.#refuse(from, "file" in request ? request.file : "", refusal);
    else if (request.type === "read" && !this.#isClosing) void this.#serve(request, from);
  }

  async #serve(request: TftpRequest, from: RemoteInfo): Promise<void> {
    const client = { address: from.address, port: from.port };
    const key = `${from.address}:${from.port}`;
    const before = this.#running.get(key);
    if (before && isRepetition(before, request)) return;
    before?.transfer?.drop("another file was asked for");
    if (this.#isTooMuch(from)) return;
    const running: Running = { key, address: from.address, request };
    this.#running.set(key, running);
    const file = await this.#find(request.file, from.address).catch((error: Error) => error);
    const isStale = this.#running.get(key) !== running || this.#isClosing;
    if (typeof file === "object" && !(file instanceof Error) && !isStale) return this.#send(running, client, file);
    if (this.#running.get(key) === running) this.#running.delete(key);
    if (file instanceof Error) this.#refuse(from, request.file, [TFTP_ERROR.undefined, plainReason(file.message)]);
    else if (typeof file === "string") this.#refuse(from, request.file, REFUSALS[file]);
    else await closeFile(file);
  }

  async #find(file: string, address: string): Promise<TftpFile | Refusal | Error> {
    const { mayNotLoad, madeFile, root } = this.#options;
    const refusal = await mayNotLoad?.(address, file);
    if (refusal !== undefined) return new Error(refusal);
    const made = await madeFile?.(file, address);
    return made === undefined ? root.find(file) : textFile(file, made);
  }

  #isTooMuch(from: RemoteInfo): boolean {
    const { mostTransfers = MOST_TRANSFERS, mostForOne = MOST_FOR_ONE } = this.#options;
    const own = [...this.#running.values()].filter(({ address }) => address === from.address).length;
    if (own < mostForOne && this.#running.size < mostTransfers) return false;
    const whose = own < mostForOne ? "all clients" : "this client";
    this.#refuse(from, "", [TFTP_ERROR.undefined, `too many transfers of ${whose} go on: try again later`]);
    return true;
  }

  #send(running: Running, client: TftpClient, file: TftpFile): void {
    const { address, pause, onEvent } = this.#options;
    const terms = negotiate(running.request.options, file.size);
    const transfer = this.#thread.start({ source: sourceOf(file), size: file.size, client, terms, address, pause });
    running.transfer = transfer;
    const started = performance.now();
    const { blockSize, windowSize } = terms;
    const what = { id: ++this.#ids, client, file: file.name, size: file.size };
    onEvent?.({ type: "started", ...what, blockSize, windowSize });
    void transfer.ended.then(async (end) => {
      await closeFile(file);
      this.#done(running, what, end, (performance.now() - started) / 1000);
    });
  }

  #done(
    running: Running,
    what: Pick<TftpEvent & { type: "ended" }, "id" | "client" | "file" | "size">,
    end: TransferEnd,
    seconds: number,
  ): void {
    if (this.#running.get(running.key) === running) this.#running.delete(running.key);
    if (end.outcome === "complete") this.#counts.complete++;
    this.#counts.bytes += end.bytes;
    this.#options.onEvent?.({ type: "ended", ...what, ...end, seconds });
  }

  #refuse(from: RemoteInfo, file: string, [code, message]: readonly [number, string]): void {
    this.#counts.refused++;
    if (!this.#isClosing) this.#socket.send(errorPacket(code, message), from.port, from.address, () => {});
    const client = { address: from.address, port: from.port };
    this.#options.onEvent?.({ type: "refused", client, file, reason: message });
  }
}

/** Why a packet at this port cannot begin a transfer. */
function refusalOf(packet: TftpPacket): readonly [code: number, message: string] | undefined {
  if (packet.type === "write") return [TFTP_ERROR.accessViolation, "nothing can be written here"];
  if (packet.type !== "read") return [TFTP_ERROR.unknownTransfer, "no transfer goes on here"];
  // netascii would change every 0x0a and 0x0d of a boot loader.
  if (packet.mode !== "octet") return [TFTP_ERROR.illegalOperation, "only binary transfers (mode octet) are served"];
  return undefined;
}

/** The client has not heard of us yet, and asks again: the transfer repeats its first packet by itself. */
const isRepetition = ({ request, transfer }: Running, again: TftpRequest): boolean =>
  request.file === again.file && (transfer === undefined || transfer.isNew);
