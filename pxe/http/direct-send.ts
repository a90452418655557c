import type { FileHandle } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { constants } from "node:os";
import { TLSSocket } from "node:tls";
import { libc } from "../net/libc.ts";

/** Linux, <bits/uio-ext.h>: only what is in memory. */
const RWF_NOWAIT = 8;

/** The descriptor of a connection, which Node has no name for; undefined where bytes go through more than the kernel, or nowhere. */
function descriptorOf({ socket }: ServerResponse): number | undefined {
  if (!socket || socket.destroyed || socket instanceof TLSSocket || socket.writableLength > 0) return undefined;
  const { fd = -1 } = (socket as { readonly _handle?: { readonly fd?: number } })._handle ?? {};
  return fd < 0 ? undefined : fd;
}

/** A byte of a file, to be asked for. */
const probe = Buffer.alloc(1);
let probePlace: BigUint64Array | undefined;

/** Bytes that the kernel took; "full": the connection has no room; "elsewhere": a disk has to bring them, or it cannot be done at all. */
export type DirectResult = number | "full" | "elsewhere";

/** Bytes between the places that are asked for. */
const STEP = 1 << 20;

/** Whether the kernel has a part of a file in memory, by some of its bytes. Not every file system says it: then it has not. */
export function isInMemory(fd: number, position: number, count: number): boolean {
  const { addressOf, preadv2 } = libc();
  probePlace ??= BigUint64Array.of(addressOf(probe), 1n); // struct iovec
  const last = position + count - 1;
  for (let at = position; ; at = Math.min(at + STEP, last)) {
    if (preadv2(fd, probePlace, 1, BigInt(at), RWF_NOWAIT) !== 1n) return false;
    if (at === last) return true;
  }
}

/**
 * Hands a part of a file to the kernel for sending, without a copy of it (sendfile(2)), if it is in memory: what a disk has to bring would hold
 * up everybody. Everything that was written to the answer before must have left.
 * @param count bytes, at least one
 */
export function sendDirectly(handle: FileHandle, to: ServerResponse, position: number, count: number): DirectResult {
  const out = descriptorOf(to);
  if (out === undefined || !isInMemory(handle.fd, position, count)) return "elsewhere";
  const { errno, sendfile } = libc();
  const sent = sendfile(out, handle.fd, BigInt64Array.of(BigInt(position)), BigInt(count));
  if (sent > 0n) return Number(sent);
  return sent < 0n && errno() === constants.errno.EAGAIN ? "full" : "elsewhere";
}
