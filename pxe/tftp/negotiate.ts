import type { TftpOptions } from "./packet.ts";

/** How a transfer goes. */
export interface Terms {
  /** Bytes of data in a block (RFC 2348). */
  readonly blockSize: number;
  /** Blocks that are sent before an acknowledgement is waited for (RFC 7440). */
  readonly windowSize: number;
  /** Milliseconds until the first repetition (RFC 2349). */
  readonly timeout: number;
  /** What the client is told of it; empty: it gets no OACK, and the first block at once. */
  readonly accepted: TftpOptions;
}

/** UDP over IPv4 takes no more (RFC 2348). */
const MOST_BLOCK = 65_464;
/** More only makes bursts that switches and firmware drop: measured, 16 has nearly all of the gain. */
const MOST_WINDOW = 64;
/** Bytes that may be under way to one client. */
const MOST_UNDER_WAY = 1 << 20;
const DEFAULT_TIMEOUT = 1000;

/**
 * What a client asked for, as far as we go along. Options that are unknown, or have values outside of their range, are
 * left out of the answer, as RFC 2347 has it: the client then goes on without them.
 * @param fileSize bytes
 */
export function negotiate(asked: TftpOptions, fileSize: number): Terms {
  const blockSize = within(asked.get("blksize"), 8, 65_535, MOST_BLOCK);
  const room = Math.max(1, Math.floor(MOST_UNDER_WAY / (blockSize ?? 512)));
  const windowSize = within(asked.get("windowsize"), 1, 65_535, Math.min(MOST_WINDOW, room));
  const seconds = within(asked.get("timeout"), 1, 255, 255);
  const accepted = new Map<string, string>();
  // In the order of the request: firmware was seen that reads no other.
  for (const name of asked.keys()) {
    if (name === "blksize" && blockSize !== undefined) accepted.set(name, String(blockSize));
    if (name === "windowsize" && windowSize !== undefined) accepted.set(name, String(windowSize));
    if (name === "timeout" && seconds !== undefined) accepted.set(name, String(seconds));
    if (name === "tsize" && asked.get(name) !== undefined) accepted.set(name, String(fileSize));
  }
  return {
    blockSize: blockSize ?? 512,
    windowSize: windowSize ?? 1,
    timeout: seconds === undefined ? DEFAULT_TIMEOUT : seconds * 1000,
    accepted,
  };
}

/** A whole number from `least` to `most`, but not above `limit`; undefined if it is none. */
function within(text: string | undefined, least: number, most: number, limit: number): number | undefined {
  if (text === undefined || !/^\d{1,5}$/.test(text)) return undefined;
  const value = Number(text);
  return value < least || value > most ? undefined : Math.min(value, limit);
}
