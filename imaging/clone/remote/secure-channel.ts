import { connect, createServer, type Server, type TLSSocket } from "node:tls";
import { LifeboatError } from "#base/errors.ts";
import { CIPHER, PSK_IDENTITY } from "#imaging/clone/remote/wire.ts";
import { errnoName } from "#imaging/system/errno.ts";

/** The machine that serves a disk. */
export interface Peer {
  /** A name or an address. */
  readonly host: string;
  readonly port: number;
}

/** "office:19522", "[fe80::1]:19522" */
export const peerName = ({ host, port }: Peer): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

const CONNECT_MS = 15_000;
const READ_BUFFER = 64 << 10;

/**
 * TLS 1.3 with a key that both sides have, and no certificate: who has not the key gets no further than the greeting, and
 * fresh keys are made for each connection. What was recorded stays secret when the code becomes known later.
 */
const SECURITY = { ciphers: CIPHER, minVersion: "TLSv1.3" } as const;

export const secureServer = (key: Uint8Array): Server =>
  createServer({
    ...SECURITY,
    handshakeTimeout: CONNECT_MS,
    pskCallback: (_socket, identity) => (identity === PSK_IDENTITY ? key : null),
  });

/** OpenSSL's word for a client whose key is another one. */
export const isWrongKey = (error: unknown): boolean => errnoName(error) === "ERR_SSL_BINDER_DOES_NOT_VERIFY";

export interface ConnectionOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gets what comes, in a buffer that is used again; without it the socket's `data` events do. */
  readonly onData?: (piece: Uint8Array) => void;
}

/** @throws PEER_UNREACHABLE, PAIRING_REFUSED, PEER_INVALID; the signal's reason when it is aborted */
export async function secureConnection(
  peer: Peer,
  key: Uint8Array,
  { signal, onData }: ConnectionOptions = {},
): Promise<TLSSocket> {
  signal?.throwIfAborted();
  const socket = connect({
    ...SECURITY,
    ...peer,
    // A buffer for each record of 16 KiB would take as long as to decrypt it.
    ...(onData && { onread: { buffer: Buffer.alloc(READ_BUFFER), callback: reader(onData) } }),
    pskCallback: () => ({ psk: key, identity: PSK_IDENTITY }),
    // No certificate is good: a server that shows one has not the key.
    ca: [],
    checkServerIdentity: (_host, { subject }) => (subject ? new Error("it shows a certificate") : undefined),
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const abort = () => reject(signal?.reason as Error);
  const timer = setTimeout(() => reject(unreachable(peer, new TimedOut())), CONNECT_MS);
  socket.once("secureConnect", resolve);
  socket.once("error", (cause) => reject(failure(peer, cause)));
  signal?.addEventListener("abort", abort, { once: true });
  try {
    await promise;
    if (!socket.isSessionReused() || socket.getCipher().name !== CIPHER)
      throw new LifeboatError("PEER_INVALID", { peer: peerName(peer), problem: "it was not the code that opened it" });
    return socket;
  } catch (error) {
    socket.on("error", () => {});
    socket.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

const reader = (onData: (piece: Uint8Array) => void) => (length: number, buffer: Uint8Array) => {
  onData(buffer.subarray(0, length));
  return true;
};

class TimedOut extends Error {
  readonly code = "ETIMEDOUT";
  override readonly message = "it does not answer";
}

function failure(peer: Peer, cause: Error): LifeboatError {
  const code = errnoName(cause);
  const name = peerName(peer);
  if (code.includes("ALERT_DECRYPT_ERROR")) return new LifeboatError("PAIRING_REFUSED", { peer: name }, { cause });
  if (code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS"))
    return new LifeboatError("PEER_INVALID", { peer: name, problem: "what answers there serves no disk" }, { cause });
  return unreachable(peer, cause);
}

function unreachable(peer: Peer, cause: Error): LifeboatError {
  const reason = REASONS[errnoName(cause)] ?? cause.message;
  return new LifeboatError("PEER_UNREACHABLE", { peer: peerName(peer), reason }, { cause });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "it closed the connection",
  ENOTFOUND: "nobody knows this name",
  EAI_AGAIN: "the name cannot be looked up now",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to its network",
  ETIMEDOUT: "it does not answer",
};
