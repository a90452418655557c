import type { TLSSocket } from "node:tls";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type Asked, answerShape, badRanges } from "#imaging/clone/remote/answer-shape.ts";
import { bodyLength, readDescriptionHead } from "#imaging/clone/remote/description.ts";
import { failureError } from "#imaging/clone/remote/failure.ts";
import { FrameReader } from "#imaging/clone/remote/frame-reader.ts";
import { type Peer, peerName, secureConnection } from "#imaging/clone/remote/secure-channel.ts";
import {
  ANSWER,
  badRange,
  type CloneAnswer,
  type CloneDescription,
  cloneDescription,
  cloneRequest,
  MOST_READ,
  REQUEST,
  type RequestKind,
  SILENCE_MS,
  WIRE_CODEC,
  WIRE_VERSION,
} from "#imaging/clone/remote/wire.ts";
import { openCodec } from "#imaging/codec/codec.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { errnoName } from "#imaging/system/errno.ts";

interface Pending extends Asked, PromiseWithResolvers<BadExtent[]> {
  readonly into: Uint8Array;
}

/** By this the other side knows us again when our connection broke. */
const RECEIVER = Math.floor(Math.random() * Number.MAX_SAFE_INTEGER);
const NOTHING = new Uint8Array(0);

/** A connection to a machine that serves a disk, on the receiving side. Requests may be many at a time. */
export class PeerConnection implements AsyncDisposable {
  readonly name: string;
  readonly #socket: TLSSocket;
  readonly #codec = openCodec("fastest");
  readonly #pending = new Map<number, Pending>();
  readonly #frames: FrameReader<CloneAnswer>;
  readonly #timer: NodeJS.Timeout;
  #tag = 0;
  #heard = performance.now();
  #failure: Error | undefined;

  private constructor(peer: Peer, socket: TLSSocket) {
    this.name = peerName(peer);
    this.#socket = socket;
    const shape = answerShape((tag) => this.#pending.get(tag), this.invalid);
    this.#frames = new FrameReader(shape, (header, payload) => this.#take(header, payload));
    socket.setNoDelay(true);
    socket.on("error", (cause) => this.#fail(this.#lost(cause.message, errnoName(cause))));
    socket.on("close", () => this.#fail(this.#lost("it closed the connection", "ECONNRESET")));
    this.#timer = setInterval(() => this.#ping(), SILENCE_MS / 4);
    this.#timer.unref();
  }

  /**
   * Connects and greets. @param key of pairingKey
   * @throws PEER_UNREACHABLE, PEER_LOST, PEER_BUSY, PEER_INVALID, PAIRING_REFUSED; the signal's reason when it is aborted,
   * now or later
   */
  static async open(
    peer: Peer,
    key: Uint8Array,
    signal?: AbortSignal,
  ): Promise<{ connection: PeerConnection; head: CloneDescription }> {
    const heard = { by: (_piece: Uint8Array) => {} };
    const socket = await secureConnection(peer, key, { signal, onData: (piece) => heard.by(piece) });
    const connection = new PeerConnection(peer, socket);
    heard.by = (piece) => connection.#hear(piece); // the other side says nothing before we greet
    const abort = () => connection.#fail(signal?.reason as Error);
    signal?.addEventListener("abort", abort);
    socket.once("close", () => signal?.removeEventListener("abort", abort));
    try {
      const bytes = new Uint8Array(cloneDescription.size);
      await connection.#ask(REQUEST.hello, { offset: RECEIVER, length: WIRE_VERSION, into: bytes });
      return { connection, head: readDescriptionHead(bytes, connection.invalid) };
    } catch (error) {
      await connection[Symbol.asyncDispose]();
      throw error;
    }
  }

  readonly invalid = (problem: string): LifeboatError =>
    new LifeboatError("PEER_INVALID", { peer: this.name, problem });

  /** What is behind the description's header. @throws PEER_LOST */
  async describe(head: CloneDescription): Promise<Uint8Array> {
    const body = new Uint8Array(bodyLength(head));
    for (let offset = 0; offset < body.length; offset += MOST_READ) {
      const into = body.subarray(offset, offset + MOST_READ);
      await this.#ask(REQUEST.describe, { offset, length: into.length, into });
    }
    return body;
  }

  /** Fills `into`, of any length, with bytes of the disk. @throws READ_FAILED, PEER_LOST */
  async read(into: Uint8Array, offset: number): Promise<void> {
    const parts: Promise<unknown>[] = [];
    for (let at = 0; at < into.length; at += MOST_READ) {
      const part = into.subarray(at, at + MOST_READ);
      parts.push(this.#ask(REQUEST.read, { offset: offset + at, length: part.length, into: part }));
    }
    await Promise.all(parts);
  }

  /** As a clone reads: zeros where the disk cannot be read. `into` has at most 1 MiB. @returns what is bad. @throws PEER_LOST */
  readPatiently(into: Uint8Array, offset: number): Promise<BadExtent[]> {
    return this.#ask(REQUEST.readPatiently, { offset, length: into.length, into });
  }

  /** SHA-256 of `count` chunks of the segment that begins with chunk `first`; zeros for one that cannot be read. @throws PEER_LOST */
  async hashes(first: number, count: number): Promise<Uint8Array> {
    const into = new Uint8Array(count * 32);
    await this.#ask(REQUEST.hash, { offset: first, length: count, into });
    return into;
  }

  /** Tells the other side that its disk need not be served any longer. */
  async done(): Promise<void> {
    await this.#ask(REQUEST.done, { offset: 0, length: 0, into: NOTHING });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#fail(this.#lost("it was closed here", ""));
  }

  /** @param length as the request says it; what comes back fills `into` */
  #ask(kind: RequestKind, { offset, length, into }: { offset: number; length: number; into: Uint8Array }) {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#tag = (this.#tag + 1) >>> 0;
    const pending = { kind, offset, length: into.length, into, ...Promise.withResolvers<BadExtent[]>() };
    this.#pending.set(this.#tag, pending);
    this.#socket.write(cloneRequest.serialise({ magic: "LBRQ", kind, tag: this.#tag, length, offset }));
    return pending.promise;
  }

  #hear(piece: Uint8Array): void {
    this.#heard = performance.now();
    if (this.#failure) return;
    try {
      this.#frames.push(piece);
    } catch (error) {
      this.#fail(isLifeboatError(error, "PEER_INVALID") ? error : this.invalid((error as Error).message));
    }
  }

  #take({ kind, codec, badCount, tag, rawLength }: CloneAnswer, payload: Uint8Array): void {
    const pending = this.#pending.get(tag) as Pending;
    this.#pending.delete(tag);
    if (kind === ANSWER.failure) {
      pending.reject(failureError(payload, this.name));
      return;
    }
    try {
      const bad = badRanges(payload, badCount, pending, this.invalid);
      const data = payload.subarray(badCount * badRange.size);
      if (codec === WIRE_CODEC.stored) pending.into.set(data);
      else if (this.#expand(data, pending.into) !== rawLength) throw this.invalid("its data does not expand");
      pending.resolve(bad);
    } catch (error) {
      pending.reject(error);
      throw error;
    }
  }

  #expand(data: Uint8Array, into: Uint8Array): number {
    try {
      return this.#codec.expand(data, into);
    } catch {
      return -1;
    }
  }

  /** A machine whose power or cable went says nothing: TCP alone would wait for a quarter of an hour. */
  #ping(): void {
    if (performance.now() - this.#heard > SILENCE_MS) this.#fail(this.#lost("it is silent", "ETIMEDOUT"));
    else this.#ask(REQUEST.ping, { offset: 0, length: 0, into: NOTHING }).catch(() => {}); // told to who waits for data
  }

  #lost(reason: string, code: string): LifeboatError {
    return new LifeboatError("PEER_LOST", { peer: this.name, reason }, { cause: { code } });
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    clearInterval(this.#timer);
    this.#socket.destroy();
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}
