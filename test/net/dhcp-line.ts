import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { readMessage, type ServerMessage } from "./client-message.ts";

/** Messages that go out before what has come in is looked at. */
const AT_A_TIME = 64;
/** Bytes that may wait to be read: two thousand answers at once. */
const ROOM = 4 << 20;

/** The one socket at port 68 by which all simulated machines of this process ask, and hear what is meant for their cards. */
export class DhcpLine implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #listeners = new Map<string, (message: ServerMessage) => void>();
  #waiting: Buffer[] = [];
  #isSending = false;
  #isClosed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("message", (packet) => {
      const message = readMessage(packet);
      if (message) this.#listeners.get(message.mac)?.(message);
    });
  }

  /** The interface needs a default route, and no address: a broadcast then goes out from 0.0.0.0, as a computer without one sends it. */
  static async open(): Promise<DhcpLine> {
    const socket = createSocket({ type: "udp4", reuseAddr: true });
    socket.bind(68, "0.0.0.0");
    await once(socket, "listening");
    socket.setBroadcast(true);
    socket.setRecvBufferSize(ROOM);
    socket.setSendBufferSize(ROOM);
    return new DhcpLine(socket);
  }

  /** @param mac hexadecimal, without colons */
  listen(mac: string, take: (message: ServerMessage) => void): void {
    this.#listeners.set(mac, take);
  }

  broadcast(message: Buffer): void {
    this.#waiting.push(message);
    this.#sendSoon();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }

  #sendSoon(): void {
    if (this.#isSending) return;
    this.#isSending = true;
    setImmediate(() => {
      this.#isSending = false;
      if (this.#isClosed) return;
      // What finds the queue of the device full is lost, as on a cable: the machine asks again.
      for (const message of this.#waiting.splice(0, AT_A_TIME))
        this.#socket.send(message, 67, "255.255.255.255", () => {});
      if (this.#waiting.length > 0) this.#sendSoon();
    });
  }
}
