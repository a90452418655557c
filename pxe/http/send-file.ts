import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { setImmediate as nextTurn } from "node:timers/promises";
import { type DirectResult, isInMemory, sendDirectly } from "./direct-send.ts";

/**
 * Bytes that are read at once: each reading wakes another thread, and 1 MiB takes two thirds of the processor time that 256 KiB take.
 * The more load at the same time the less, so that all together have so many bytes in memory.
 */
const [LEAST_READ, MOST_READ] = [16 << 10, 1 << 20];
const MOST_IN_MEMORY = 128 << 20;
/** Buffers of each size that are kept for the next ones. */
const MOST_KEPT = 16;

/** The kernel hands out a new buffer page by page, and empties each of them: that took more time than reading and sending. */
const kept = new Map<number, Buffer[]>();
const take = (size: number): Buffer => kept.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size);
let running = 0;

/** Bytes that are handed over at once; that are written to hear when there is room for more; that a disk brings before it is asked again. */
const [DIRECT, LITTLE, MUCH] = [4 << 20, 16 << 10, 8 << 20];

/**
 * Sends a part of a file, and does not end the answer: what is in memory without a copy, the rest by two buffers.
 * @param end the last byte @returns bytes that were handed over: fewer when the file has become shorter, or the client is gone
 * @throws Error the disk fails
 */
export async function sendFile(handle: FileHandle, to: ServerResponse, start: number, end: number): Promise<number> {
  let position = start;
  // The head of the answer leaves with a first piece.
  for (
    let sent: DirectResult = "full";
    ;
    sent = sendDirectly(handle, to, position, Math.min(DIRECT, end + 1 - position))
  ) {
    if (typeof sent === "number") {
      position += sent;
      await nextTurn(); // of others
    } else {
      const last = Math.min(end, position + (sent === "full" ? LITTLE : MUCH) - 1);
      position += await sendBuffered(handle, to, position, last);
      if (position <= last) return position - start;
    }
    if (position > end) return position - start;
  }
}

/** One buffer is read while the other one is sent. */
async function sendBuffered(handle: FileHandle, to: ServerResponse, start: number, end: number): Promise<number> {
  const stream = new Sending(to);
  running++;
  const size = readSize(end + 1 - start);
  const turns = Array.from({ length: end - start < size ? 1 : 2 }, () => ({
    buffer: take(size),
    bytes: 0,
    sent: Promise.resolve(true),
  }));
  let [position, lost] = [start, 0];
  try {
    for (let i = 0; position <= end; i++) {
      const turn = turns[i % turns.length] as (typeof turns)[number];
      if (!(await turn.sent)) break;
      const bytesRead = await read(handle, turn.buffer, Math.min(size, end + 1 - position), position);
      if (bytesRead === 0) break;
      position += bytesRead;
      turn.bytes = bytesRead;
      turn.sent = stream.write(turn.buffer.subarray(0, bytesRead));
    }
  } finally {
    running--;
    // What a connection that was cut off still reads of a buffer is not known.
    for (const { buffer, bytes, sent } of turns)
      if (await sent) keep(buffer);
      else lost += bytes;
    stream[Symbol.dispose]();
  }
  return position - start - lost;
}

/** Another thread reads, but for a little that is in memory: to wake it takes longer. */
async function read(handle: FileHandle, into: Buffer, bytes: number, position: number): Promise<number> {
  if (bytes <= LITTLE && isInMemory(handle.fd, position, bytes)) return readSync(handle.fd, into, 0, bytes, position);
  return (await handle.read(into, 0, bytes, position)).bytesRead;
}

/** A power of two, for one of those that load now. */
function readSize(wanted: number): number {
  const share = Math.max(LEAST_READ, Math.min(MOST_READ, MOST_IN_MEMORY / 2 / running));
  let size = LEAST_READ;
  while (size < wanted && size * 2 <= share) size *= 2;
  return size;
}

function keep(buffer: Buffer): void {
  const same = kept.get(buffer.length) ?? [];
  if (same.length < MOST_KEPT) kept.set(buffer.length, [...same, buffer]);
}

/** An answer that may be cut off: Node then calls nobody back who writes. */
class Sending implements Disposable {
  readonly #to: ServerResponse;
  readonly #waiting = new Set<(isSent: boolean) => void>();
  readonly #cutOff = () => {
    for (const resolve of this.#waiting) resolve(false);
  };

  constructor(to: ServerResponse) {
    this.#to = to;
    to.once("close", this.#cutOff);
  }

  /** @returns whether the kernel has all of it */
  write(bytes: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.#to.destroyed) return resolve(false);
      this.#waiting.add(resolve);
      this.#to.write(bytes, (error) => {
        this.#waiting.delete(resolve);
        resolve(!error);
      });
    });
  }

  [Symbol.dispose](): void {
    this.#to.off("close", this.#cutOff);
  }
}
