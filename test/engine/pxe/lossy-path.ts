import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import { once } from "node:events";
import { caseRandom } from "#test/fuzz/random.ts";

/** What happens to packets on the way, in parts of 1. */
export interface Trouble {
  readonly lost?: number;
  readonly twice?: number;
  /** Overtaken by the next ones. */
  readonly late?: number;
}

/** A way between TFTP clients and a server on which packets are lost, doubled and overtaken, always the same ones. */
export async function lossyPath(server: { address: string; port: number }, trouble: Trouble) {
  const front = createSocket("udp4");
  front.bind(0, "127.0.0.1");
  await once(front, "listening");
  const random = caseRandom(7, "lossy-path", 0);
  const backs = new Map<number, { readonly socket: Socket; readonly ready: Promise<unknown>; peer: number }>();
  let isOpen = true;
  let passed = 0;
  let lost = 0;
  const carry = (send: () => void) => {
    if (random.chance(trouble.lost ?? 0)) {
      lost++;
      return;
    }
    passed++;
    if (random.chance(trouble.late ?? 0)) setTimeout(() => isOpen && send(), 3);
    else send();
    if (random.chance(trouble.twice ?? 0)) send();
  };
  const backOf = (client: RemoteInfo) => {
    const known = backs.get(client.port);
    if (known) return known;
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    const back = { socket, ready: once(socket, "listening"), peer: server.port };
    socket.on("message", (packet, from) => {
      back.peer = from.port;
      carry(() => front.send(packet, client.port, client.address, () => {}));
    });
    socket.on("error", () => {});
    backs.set(client.port, back);
    return back;
  };
  front.on("message", async (packet, client) => {
    const back = backOf(client);
    await back.ready;
    const to = packet[1] === 1 ? server.port : back.peer;
    carry(() => back.socket.send(packet, to, server.address, () => {}));
  });
  return {
    port: front.address().port,
    get counts() {
      return { passed, lost };
    },
    [Symbol.dispose]() {
      isOpen = false;
      front.close();
      for (const { socket } of backs.values()) socket.close();
    },
  };
}
