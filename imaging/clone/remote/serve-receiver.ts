import type { TLSSocket } from "node:tls";
import { isLifeboatError } from "#base/errors.ts";
import type { DiskReaders } from "#imaging/clone/remote/disk-readers.ts";
import type { Failure } from "#imaging/clone/remote/failure.ts";
import { FrameReader } from "#imaging/clone/remote/frame-reader.ts";
import { type ReadWork, SLOT_BYTES } from "#imaging/clone/remote/read-job.ts";
import {
  ANSWER,
  badRange,
  type CloneDescription,
  type CloneRequest,
  cloneAnswer,
  cloneDescription,
  cloneRequest,
  MOST_IN_FLIGHT,
  MOST_READ,
  REQUEST,
  SILENCE_MS,
  WIRE_CODEC,
  WIRE_SEGMENT_CHUNKS,
  WIRE_VERSION,
  wireSegment,
} from "#imaging/clone/remote/wire.ts";
import type { ChunkIndex } from "#imaging/image/restorable.ts";

/** What is served, the same to whoever comes. */
export interface Served {
  readonly head: CloneDescription;
  readonly body: Uint8Array;
  /** In segments of wireSegment(). */
  readonly index: ChunkIndex;
  readonly readers: DiskReaders;
}

/** Requests that wait for a slot; with more of them the receiver is not listened to. */
const MOST_WAITING = 64;
const PEER_BROKE = "it does not keep to the protocol";

/** One receiver who knows the code, from its greeting to its end. */
export class ReceiverSession {
  readonly from: string;
  /** The random number by which a receiver is known again when its connection broke. */
  receiver: number | undefined;
  /** Of the disk, plain. */
  sentBytes = 0;
  isDone = false;
  readonly #socket: TLSSocket;
  readonly #served: Served;
  readonly #admit: (session: ReceiverSession) => boolean;
  readonly #frames = new FrameReader({ header: cloneRequest, lengthOf: () => 0 }, (request) => this.#take(request));
  readonly #waiting: CloneRequest[] = [];
  readonly #free: SharedArrayBuffer[] = [];
  #isAdmitted = false;
  #slots = 0;
  #pongs = 0;
  #fault: string | undefined;

  /** @param admit asked when a receiver has said who it is */
  constructor(socket: TLSSocket, served: Served, admit: (session: ReceiverSession) => boolean) {
    this.from = socket.remoteAddress ?? "?";
    this.#socket = socket;
    this.#served = served;
    this.#admit = admit;
    socket.setNoDelay(true);
    socket.setTimeout(SILENCE_MS, () => this.end("it has been silent for a minute"));
    socket.on("data", (piece: Buffer) => this.#hear(piece));
    socket.on("error", (error) => this.end(error.message));
  }

  /** Resolves when the connection is gone: with the reason, where it is not that the receiver was done. */
  readonly ended = (): Promise<string | undefined> =>
    new Promise((resolve) => this.#socket.once("close", () => resolve(this.isDone ? undefined : this.#fault)));

  end(reason: string): void {
    this.#fault ??= reason;
    this.#socket.destroy();
  }

  #hear(piece: Uint8Array): void {
    try {
      this.#frames.push(piece);
    } catch (error) {
      if (!(error instanceof ProtocolFault) && !isLifeboatError(error)) throw error;
      this.end(`${PEER_BROKE}: ${error.message}`);
    }
  }

  #take(request: CloneRequest): void {
    const { kind, tag } = request;
    if (kind === REQUEST.hello) this.#greet(request);
    else if (!this.#isAdmitted) throw new ProtocolFault("it asks before it has greeted");
    else if (kind === REQUEST.ping) this.#pong(tag);
    else if (kind === REQUEST.done) this.#finish(tag);
    else {
      this.#check(request);
      this.#waiting.push(request);
      if (this.#waiting.length > MOST_WAITING) this.#socket.pause();
      this.#pump();
    }
  }

  /** @throws ProtocolFault for a request that leaves what is served */
  #check({ kind, length, offset }: CloneRequest): void {
    const { size, chunks } = this.#served.head;
    const bound = { [REQUEST.describe]: this.#served.body.length, [REQUEST.hash]: chunks }[kind] ?? size;
    const most = kind === REQUEST.hash ? WIRE_SEGMENT_CHUNKS : MOST_READ;
    if (!KINDS.includes(kind) || length === 0 || length > most || offset + length > bound)
      throw new ProtocolFault(`it asks for ${length} at ${offset} (kind ${kind})`);
  }

  #greet({ tag, length, offset }: CloneRequest): void {
    if (this.receiver !== undefined) throw new ProtocolFault("it greets twice");
    this.receiver = offset;
    if (length !== WIRE_VERSION) this.#refuse(tag, { code: "version", version: WIRE_VERSION });
    else if (!this.#admit(this)) this.#refuse(tag, { code: "busy" });
    else {
      this.#isAdmitted = true;
      void this.#send(tag, cloneDescription.serialise(this.#served.head));
    }
  }

  /** Who asks and does not listen must not fill our memory. */
  #pong(tag: number): void {
    if (this.#pongs === MOST_WAITING) throw new ProtocolFault("it does not listen to answers");
    this.#pongs++;
    void this.#send(tag, EMPTY).finally(() => this.#pongs--);
  }

  #finish(tag: number): void {
    this.isDone = true;
    void this.#send(tag, EMPTY);
    this.#socket.end();
  }

  #refuse(tag: number, failure: Failure): void {
    void this.#send(tag, Buffer.from(JSON.stringify(failure)), ANSWER.failure);
    this.#socket.end();
  }

  #pump(): void {
    while (this.#waiting.length > 0 && !this.#socket.destroyed) {
      const slot = this.#free.pop() ?? this.#newSlot();
      if (!slot) return;
      const request = this.#waiting.shift() as CloneRequest;
      this.#answer(request, slot)
        .catch((error: Error) => this.end(error.message))
        .finally(() => {
          this.#free.push(slot);
          if (this.#waiting.length <= MOST_WAITING / 2) this.#socket.resume();
          this.#pump();
        });
    }
  }

  /** Memory for answers on their way: no more is read than the receiver takes. */
  #newSlot(): SharedArrayBuffer | undefined {
    if (this.#slots === MOST_IN_FLIGHT) return undefined;
    this.#slots++;
    return new SharedArrayBuffer(SLOT_BYTES);
  }

  async #answer(request: CloneRequest, slot: SharedArrayBuffer): Promise<void> {
    const { kind, tag, offset, length } = request;
    if (kind === REQUEST.describe) return this.#send(tag, this.#served.body.subarray(offset, offset + length));
    const done = await this.#served.readers.run({ ...(await this.#work(request)), slot });
    if ("failed" in done) {
      const failure: Failure = { code: "read", ...done.failed };
      return this.#send(tag, Buffer.from(JSON.stringify(failure)), ANSWER.failure);
    }
    const { codec, rawLength, storedLength, badCount } = done;
    const header = { magic: "LBAN", kind: ANSWER.data, codec, badCount, tag, rawLength, storedLength } as const;
    new Uint8Array(slot).set(cloneAnswer.serialise(header));
    if (kind !== REQUEST.hash) this.sentBytes += rawLength;
    await this.#write(Buffer.from(slot, 0, cloneAnswer.size + badCount * badRange.size + storedLength));
  }

  async #work({ kind, offset, length }: CloneRequest): Promise<ReadWork> {
    if (kind !== REQUEST.hash) return { kind: "read", offset, length, patient: kind === REQUEST.readPatiently };
    const { index } = this.#served;
    const table = await index.load(index.segmentOf(offset), wireSegment());
    if (table.first !== offset || table.count < length)
      throw new ProtocolFault(`no segment of ${length} chunks begins at chunk ${offset}`);
    return { kind: "hash", table, count: length };
  }

  #send(tag: number, data: Uint8Array, kind: number = ANSWER.data): Promise<void> {
    const { length } = data;
    const header = { magic: "LBAN", kind, codec: WIRE_CODEC.stored, badCount: 0, tag } as const;
    const bytes = cloneAnswer.serialise({ ...header, rawLength: length, storedLength: length });
    return this.#write(length > 0 ? Buffer.concat([bytes, data]) : bytes);
  }

  /** Resolves when the bytes are no longer needed: they are on their way, or never will be. */
  #write(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#socket.write(bytes, () => resolve()); // an error ends the session by itself
    });
  }
}

class ProtocolFault extends Error {}

const EMPTY = new Uint8Array(0);
const KINDS: readonly number[] = [REQUEST.describe, REQUEST.read, REQUEST.readPatiently, REQUEST.hash];
