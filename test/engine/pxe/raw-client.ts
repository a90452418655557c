import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { parseTftp, requestPacket } from "#pxe/tftp/packet.ts";

type Packet = ReturnType<typeof parseTftp>;

/** A socket that says what a test wants, and keeps what comes. */
export async function rawClient() {
  const socket = createSocket("udp4");
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  const got: (Packet & { readonly port: number })[] = [];
  socket.on("message", (packet, from) => got.push({ ...parseTftp(Buffer.from(packet)), port: from.port }));
  return {
    got,
    port: socket.address().port,
    send: (packet: Uint8Array, port: number) => socket.send(packet, port, "127.0.0.1"),
    ask(port: number, file: string, options: Record<string, string> = {}): void {
      const asked = new Map(Object.entries(options));
      socket.send(requestPacket({ type: "read", file, mode: "octet", options: asked }), port, "127.0.0.1");
    },
    /** Waits until `count` packets are there. */
    async have(count: number) {
      for (let i = 0; i < 500 && got.length < count; i++) await sleep(10);
      if (got.length < count) throw new Error(`${got.length} packets came of ${count}`);
      return got;
    },
    [Symbol.dispose]: () => socket.close(),
  };
}
