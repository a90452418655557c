import { createSocket } from "node:dgram";
import { once } from "node:events";

/** Seconds from 1900 to 1970 (RFC 5905, 6). */
const ERA = 2_208_988_800;
const PORT = 123;

/** A time server (RFC 5905, server mode) on loopback whose clock is ahead of this machine's. */
export async function startTimeServer(
  aheadSeconds: number,
): Promise<AsyncDisposable & { readonly asked: () => number }> {
  const socket = createSocket("udp4");
  let asked = 0;
  socket.on("message", (request, from) => {
    if (request.length < 48) return;
    asked++;
    const reply = Buffer.alloc(48);
    reply[0] = ((request[0] as number) & 0x38) | 4; // no leap second, the version that was asked for, server
    reply[1] = 1;
    reply[2] = request[2] as number;
    reply[3] = 0xec; // 2^-20 s
    reply.write("LOCL", 12, "latin1");
    writeTime(reply, 16, aheadSeconds);
    request.copy(reply, 24, 40, 48);
    writeTime(reply, 32, aheadSeconds);
    writeTime(reply, 40, aheadSeconds);
    socket.send(reply, from.port, from.address);
  });
  socket.bind(PORT, "127.0.0.1");
  await once(socket, "listening");
  return {
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, "close");
    },
  };
}

function writeTime(reply: Buffer, at: number, aheadSeconds: number): void {
  const now = Date.now() / 1000 + aheadSeconds + ERA;
  const seconds = Math.floor(now);
  reply.writeUInt32BE(seconds >>> 0, at);
  reply.writeUInt32BE(Math.floor((now - seconds) * 2 ** 32) >>> 0, at + 4);
}
