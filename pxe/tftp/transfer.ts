import { ConnectedSocket, type SendResult } from "../net/connected-socket.ts";
import { BlockReader, type Source } from "./block-reader.ts";
import type { TftpClient, TftpOutcome } from "./events.ts";
import type { Terms } from "./negotiate.ts";
import { acknowledged, DATA_HEAD, errorPacket, oackPacket, parseTftp, TFTP_ERROR } from "./packet.ts";

/** Repetitions without a sign of life, after which a client is given up: with the usual second, after some 40 s. */
const MOST_REPETITIONS = 6;
/** Milliseconds: the pause before a repetition doubles up to here. */
const LONGEST_PAUSE = 8000;
/** A route that is away for a moment is what the repetitions are for. */
const PASSING: readonly string[] = ["ENOBUFS", "ENETUNREACH", "EHOSTUNREACH", "ENETDOWN", "EPERM"];

export interface TransferEnd {
  readonly outcome: TftpOutcome;
  readonly bytes: number;
  readonly resent: number;
  readonly reason?: string | undefined;
}

export interface TransferRequest {
  readonly source: Source;
  /** Of the file, in bytes. */
  readonly size: number;
  readonly client: TftpClient;
  readonly terms: Terms;
  /** To send from: the address that the client has asked. */
  readonly address: string;
  /** The first pause before a repetition, in milliseconds, where a test has no time. */
  readonly pause?: number | undefined;
}

/** Whoever runs a transfer, and what it is told. */
export interface TransferRunner {
  /** On the clock of `performance`, as of the last packets: to ask for each takes longer. */
  readonly now: number;
  /** The client has answered. */
  onBegun(): void;
  /** It waits for room to send; no longer. */
  onFull(isFull: boolean): void;
  onEnd(end: TransferEnd): void;
}

/**
 * One file on its way to one client, from a port of its own. Windows are sent whole; an acknowledgement inside of one
 * starts the next behind it (RFC 7440, section 4), and a lost one is made good by `look`.
 */
export class Transfer {
  readonly socket: ConnectedSocket;
  readonly #request: TransferRequest;
  readonly #runner: TransferRunner;
  readonly #blocks: BlockReader;
  readonly #firstPause: number;
  readonly #oack: Buffer | undefined;
  /** Block numbers without end: what is sent are their lowest 16 bits, so files larger than 65535 blocks go on from 0. */
  #acknowledged = -1;
  #sent = 0;
  /** The next one of the window that is being sent. */
  #next = 0;
  #isFull = false;
  #resent = 0;
  /** A second acknowledgement of the same block asks for it again once, and not each time (RFC 1123, 4.2.3.1). */
  #hasRepeated = false;
  #repetitions = 0;
  #due = 0;
  #isOver = false;

  /** @throws NodeJS.ErrnoException: no socket for it */
  constructor(request: TransferRequest, runner: TransferRunner) {
    const { terms } = request;
    this.#request = request;
    this.#runner = runner;
    this.#blocks = new BlockReader(request.source, request.size, terms.blockSize, terms.windowSize);
    this.#firstPause = request.pause ?? terms.timeout;
    if (terms.accepted.size > 0) this.#oack = oackPacket(terms.accepted);
    this.socket = new ConnectedSocket(request.address, request.client, DATA_HEAD + terms.blockSize, terms.windowSize);
  }

  /** When it wants to be looked at, on the clock of `performance`. */
  get due(): number {
    return this.#due;
  }

  start(): void {
    // Without options the client asks for block 1 by its request, as if it had acknowledged block 0.
    if (!this.#oack) this.#acknowledged = 0;
    this.#sendNext();
  }

  /** There is something to read. @param packet room for it */
  read(packet: Buffer): void {
    const bytes = this.socket.receive(packet);
    if (bytes === "gone") this.#gone();
    else if (bytes !== "empty") this.#take(packet, bytes);
  }

  /** There is room to send again. */
  goOn(): void {
    if (this.#isOver) return;
    this.#setFull(false);
    // What comes before the first block is not worth more than its repetition.
    if (this.#acknowledged >= 0) this.#sendWindow();
  }

  /** Whether the client was silent for too long. */
  look(): void {
    if (this.#runner.now < this.#due) return;
    if (++this.#repetitions > MOST_REPETITIONS) this.#finish("no answer");
    else this.#sendNext();
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

  #take(packet: Buffer, length: number): void {
    const block = acknowledged(packet, length);
    if (block !== undefined) {
      this.#acknowledge(block);
      return;
    }
    const parsed = parseTftp(packet.subarray(0, length));
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
    if (this.#acknowledged <= 0) this.#runner.onBegun();
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
    const pause = Math.min(this.#firstPause * 2 ** this.#repetitions, Math.max(LONGEST_PAUSE, this.#firstPause));
    this.#due = this.#runner.now + pause;
    this.#next = this.#acknowledged + 1;
    if (this.#acknowledged >= 0) this.#sendWindow();
    else if (this.#oack) this.#isOnItsWay(this.socket.send(this.#oack));
  }

  #sendWindow(): void {
    const end = Math.min(this.#acknowledged + this.#request.terms.windowSize, this.#blocks.last);
    const stride = DATA_HEAD + this.#request.terms.blockSize;
    while (this.#next <= end && !this.#isFull && !this.#isOver) {
      const packets = this.#readPackets(Math.min(end + 1 - this.#next, this.socket.mostAtOnce));
      if (!packets || !this.#isOnItsWay(this.socket.sendWindow(packets))) return;
      const next = this.#next + Math.ceil(packets.length / stride);
      this.#resent += Math.max(0, Math.min(next, this.#sent + 1) - this.#next);
      this.#sent = Math.max(this.#sent, next - 1);
      this.#next = next;
    }
  }

  #readPackets(most: number): Buffer | undefined {
    try {
      return this.#blocks.packets(this.#next, most);
    } catch (error) {
      this.stop("failed", (error as Error).message);
      return undefined;
    }
  }

  /** Or lost: the timer makes that good. */
  #isOnItsWay(result: SendResult): boolean {
    if (result === "sent" || PASSING.includes(result)) return true;
    if (result === "full") this.#setFull(true);
    else if (result === "gone") this.#gone();
    else this.#finish("failed", `send ${result}`);
    return false;
  }

  #setFull(isFull: boolean): void {
    if (this.#isFull === isFull) return;
    this.#isFull = isFull;
    this.#runner.onFull(isFull);
  }

  /** At the end nobody waits for whether it came out. */
  #sendError(code: number, message: string): void {
    this.socket.send(errorPacket(code, message));
  }

  /** Firmware that has the last block, or all that it wanted to know, may close its port without a word. */
  #gone(): void {
    this.#finish("gone", "nothing listens at the client's port any more");
  }

  #refusedBy(code: number, message: string): void {
    const isProbe = this.#oack !== undefined && this.#acknowledged <= 0 && this.#request.terms.accepted.has("tsize");
    this.#finish(isProbe ? "probed" : "aborted", `the client said: ${message === "" ? `error ${code}` : message}`);
  }

  #finish(outcome: TftpOutcome, reason?: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    const { size, terms } = this.#request;
    const bytes = Math.min(Math.max(0, this.#acknowledged) * terms.blockSize, size);
    this.#runner.onEnd({ outcome, bytes, resent: this.#resent, reason });
  }
}
