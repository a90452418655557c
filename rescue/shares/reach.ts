import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { connect, isIP } from "node:net";
import { LifeboatError } from "#base/errors.ts";
import { type FileShare, PROTOCOLS, portOf } from "#rescue/shares/share.ts";

/** Longer than a busy server takes, shorter than a person waits for a button. */
const ANSWER_MS = 8000;

const WHY: Readonly<Record<string, string>> = {
  ENOTFOUND: "no DNS server knows it",
  EAI_AGAIN: "no DNS server answers; is there a network?",
  EHOSTUNREACH: "nothing is at this address",
  ENETUNREACH: "this computer has no way to that network; has it an address itself?",
  ETIMEDOUT: "nothing came back",
};

/**
 * Whether the server's port can be reached at all, by the cause that a person can mend. Mount programs say
 * "mount error(115)" for most of them, after minutes.
 * @throws SHARE_NAME_UNKNOWN, SHARE_NO_ANSWER, SHARE_NOT_SERVED
 */
export async function reachServer(share: FileShare): Promise<void> {
  const { server } = share;
  const port = portOf(share);
  if (isIP(server.replace(/%.*$/, "")) === 0)
    await lookup(server).catch((cause: NodeJS.ErrnoException) => {
      throw new LifeboatError("SHARE_NAME_UNKNOWN", { server, reason: reasonOf(cause) }, { cause });
    });
  const socket = connect({ host: server, port, signal: AbortSignal.timeout(ANSWER_MS) });
  try {
    await once(socket, "connect");
  } catch (thrown) {
    // Of several addresses of a name, the last one's error says what the others' do.
    const cause = (thrown instanceof AggregateError ? thrown.errors.at(-1) : thrown) as NodeJS.ErrnoException;
    if (cause.code === "ECONNREFUSED" || cause.code === "ECONNRESET")
      throw new LifeboatError("SHARE_NOT_SERVED", { server, port, protocol: PROTOCOLS[share.kind] }, { cause });
    const reason = cause.code === "ABORT_ERR" ? (WHY["ETIMEDOUT"] as string) : reasonOf(cause);
    throw new LifeboatError("SHARE_NO_ANSWER", { server, port, reason }, { cause });
  } finally {
    socket.destroy();
  }
}

const reasonOf = ({ code, message }: NodeJS.ErrnoException): string => WHY[code ?? ""] ?? message;
