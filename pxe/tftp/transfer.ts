import { createSocket, type Socket } from "node:dgram";
import { BlockReader } from "./block-reader.ts";
import type { TftpClient, TftpOutcome } from "./events.ts";
import type { Terms } from "./negotiate.ts";
import { acknowledged, errorPacket, oackPacket, parseTftp, TFTP_ERROR } from "./packet.ts";
import type { TftpFile } from "./tftp-file.ts";

/** Repetitions without a sign of life, after which a client is given up: with the usual second, after some 40 s. */
const MOST_REPETITIONS = 6;
/** Milliseconds: the pause before a repetition doubles up to here. */
const LONGEST_PAUSE = 8000;
/** A full queue, or a route that is away for a moment, is what the repetitions are for. */
const PASSING: readonly string[] = ["ENOBUFS", "EAGAIN", "ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EPERM"];

export interface TransferEnd {
  readonly outcome: TftpOutcome;
  readonly bytes: number;
  readonly resent: number;
  readonly reason?: string | undefined;
}

export interface TransferRequest {
  readonly file: TftpFile;
  readonly client: TftpClient;
  readonly terms: Terms;
  /** To send from: the address that the client has asked. */
  readonly address: string;
  /** The first pause before a repetition, in milliseconds, where a test has no time. */
  readonly pause?: number | undefined;
  /** Many other transfers go on. */
  readonly isCrowd: boolean;
}

/**
 * One file on its way to one client, from a port of its own. Windows are sent whole; an acknowledgement inside of one
 * starts the next behind it (RFC 7440, section 4), and a lost one is made good by the timer.
 */
export class Transfer {
  readonly ended: Promise<TransferEnd>;
  readonly #end = Promise.withResolvers<TransferEnd>();
  readonly #socket: Socket = createSocket("udp4");
  readonly #request: TransferRequest;
  readonly #blocks: BlockReader;
  readonly #firstPause: number;
  readonly #oack: Buffer | undefined;
  /** Block numbers without end: what is sent are their lowest 16 bits, so files larger than 65535 blocks go on from 0. */
  #acknowledged = -1;
  #sent = 0;
  #resent = 0;
  /** A second acknowledgement of the same block asks for it again once, and not each time (RFC 1123, 4.2.3.1). */
  #hasRepeated = false;
  #repetitions = 0;
  /** The sending of an older window stops when there is a newer one. */
  #round = 0;
  #timer: NodeJS.Timeout | undefined;
  /** When what was sent is sent again, and when that is looked at, on the clock of `performance`: a timer for each packet costs more. */
  #due = 0;
  #looksAt = 0;
  #isOver = false;
  readonly #onSent = (error: NodeJS.ErrnoException | null) => {
    if (error) this.#lost(error);
  };

  constructor(request: TransferRequest) {
    const { file, terms } = request;
    this.ended = this.#end.promise;
    this.#request = request;
    this.#blocks = new BlockReader(file.handle, file.size, terms.blockSize, terms.windowSize, request.isCrowd);
    this.#firstPause = request.pause ?? terms.timeout;
    if (terms.accepted.size > 0) this.#oack = oackPacket(terms.accepted);
    this.#socket.on("message", (packet) => this.#take(packet));
    this.#socket.on("error", (error: NodeJS.ErrnoException) => this.#lost(error));
    this.#socket.bind(0, request.address, () => {
      if (this.#isOver) return;
      // Connected: the kernel keeps away what others send to this port, and tells when nothing listens there any more.
      this.#socket.connect(request.client.port, request.client.address, (error?: Error) => {
        if (error) this.#lost(error);
        else this.#start();
      });
    });
  }

  /** Nothing was acknowledged: the same request again is a repetition of it. */
  get isNew(): boolean {
    return this.#acknowledged < 0 || (this.#oack === undefined && this.#acknowledged === 0);
  }

  /** The client has turned to something else: a word from here would pass for an answer to that. */
  drop(reason: string): void {
    this.#finish("replaced", reason);
  }

  /** Tells the client and ends. */
  stop(outcome: "failed" | "stopped", message: string): void {
    if (this.#isOver) return;
    this.#sendError(TFTP_ERROR.undefined, message);
    this.#finish(outcome, message);
  }

  #start(): void {
    if (this.#isOver) return;
    // Without options the client asks for block 1 by its request, as if it had acknowledged block 0.
    if (!this.#oack) this.#acknowledged = 0;
    this.#sendNext();
  }

  #take(packet: Buffer): void {
    if (this.#isOver) return;
    const block = acknowledged(packet);
    if (block !== undefined) {
      this.#acknowledge(block);
      return;
    }
    const parsed = parseTftp(packet);
    if (parsed.type === "error") this.#refusedBy(parsed.code, parsed.message);
    // Whoever sends data to a server that only reads has lost its way; noise is passed over.
    else if (parsed.type === "data" || parsed.type === "oack") {
      this.#sendError(TFTP_ERROR.illegalOperation, "this transfer goes the other way");
      this.#finish("aborted", "the client sent data");
    }
  }

  #acknowledge(block: number): void {
    if (this.#acknowledged < 0) {
      if (block === 0) this.#advance(0);
      return;
    }
    const ahead = (block - this.#acknowledged) & 0xffff;
    if (ahead === 0) this.#repeatOnce();
    // More than was sent: an old one that was long under way.
    else if (ahead <= this.#sent - this.#acknowledged) this.#advance(this.#acknowledged + ahead);
  }

  #advance(block: number): void {
    // What follows in the window was lost.
    this.#hasRepeated = block < this.#sent;
    this.#acknowledged = block;
    this.#repetitions = 0;
    if (block === this.#blocks.last) this.#finish("complete");
    else this.#sendNext();
  }

  /** In a window, it says that what follows was lost. With single blocks it is only late (the sorcerer's apprentice). */
  #repeatOnce(): void {
    if (this.#request.terms.windowSize === 1 || this.#hasRepeated || this.#sent === 0) return;
    this.#hasRepeated = true;
    this.#sendNext();
  }

  #sendNext(): void {
    this.#round++;
    if (this.#acknowledged >= 0) this.#sendWindow(this.#acknowledged + 1, this.#round);
    else if (this.#oack) this.#send(this.#oack);
    const pause = Math.min(this.#firstPause * 2 ** this.#repetitions, Math.max(LONGEST_PAUSE, this.#firstPause));
    this.#due = performance.now() + pause;
    if (this.#due < this.#looksAt) clearTimeout(this.#timer);
    else if (this.#timer) return;
    this.#lookAfter(pause);
  }

  #lookAfter(pause: number): void {
    this.#looksAt = performance.now() + pause;
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  /** Whether the client was silent for too long. */
  #look(): void {
    this.#timer = undefined;
    const left = this.#due - performance.now();
    if (left >= 1) this.#lookAfter(left);
    else if (++this.#repetitions > MOST_REPETITIONS) this.#finish("no answer");
    else this.#sendNext();
  }

  #sendWindow(from: number, round: number): void {
    const end = Math.min(this.#acknowledged + this.#request.terms.windowSize, this.#blocks.last);
    for (let block = from; block <= end; block++) {
      const packet = this.#blocks.held(block);
      if (!packet) {
        void this.#readAndSend(block, round).catch((error: Error) => this.stop("failed", error.message));
        return;
      }
      if (block <= this.#sent) this.#resent++;
      else this.#sent = block;
      this.#send(packet);
    }
  }

  async #readAndSend(block: number, round: number): Promise<void> {
    await this.#blocks.read(block);
    if (!this.#isOver && round === this.#round) this.#sendWindow(block, round);
  }

  #send(packet: Buffer): void {
    this.#socket.send(packet, this.#onSent);
  }

  /** At the end nobody waits for whether it came out. */
  #sendError(code: number, message: string): void {
    try {
      this.#socket.send(errorPacket(code, message), () => {});
    } catch {
      // It was not connected yet.
    }
  }

  #lost(error: NodeJS.ErrnoException): void {
    if (error.code === "ECONNREFUSED") {
      // Firmware that has the last block, or all that it wanted to know, may close its port without a word.
      this.#finish("gone", "nothing listens at the client's port any more");
    } else if (!PASSING.includes(error.code ?? "")) this.#finish("failed", error.message);
  }

  #refusedBy(code: number, message: string): void {
    const isProbe = this.#oack !== undefined && this.#acknowledged <= 0 && this.#request.terms.accepted.has("tsize");
    this.#finish(isProbe ? "probed" : "aborted", `the client said: ${message === "" ? `error ${code}` : message}`);
  }

  #finish(outcome: TftpOutcome, reason?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    const { file, terms } = this.#request;
    const bytes = Math.min(Math.max(0, this.#acknowledged) * terms.blockSize, file.size);
    const settled = { outcome, bytes, resent: this.#resent, reason };
    // Errors that were just sent leave first; a descriptor that cannot be closed is gone all the same.
    setImmediate(() => this.#socket.close());
    void file.handle.close().then(
      () => this.#end.resolve(settled),
      () => this.#end.resolve(settled),
    );
  }
}
