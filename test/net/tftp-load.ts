import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { crc32 } from "node:zlib";
import { ackPacket, errorPacket, parseTftp, requestPacket, type TftpPacket } from "#pxe/tftp/packet.ts";
import type { Loaded } from "./loaded.ts";

/** Milliseconds until something is said again, and how often that is done. */
const PAUSE = 1000;
const MOST_REPETITIONS = 8;

export interface TftpWish {
  readonly server: string;
  readonly file: string;
  /** Of the machine that asks. */
  readonly from: string;
  readonly blockSize: number;
  readonly windowSize: number;
}

/** Loads a file as UEFI does: it asks for the size, breaks off, and asks again for the file. @throws Error what the server said */
export async function loadByTftp(wish: TftpWish): Promise<Loaded> {
  const size = await probe(wish);
  const loaded = await load(wish);
  if (loaded.bytes !== size) throw new Error(`${loaded.bytes} bytes came of ${size}`);
  return loaded;
}

async function probe(wish: TftpWish): Promise<number> {
  await using talk = await Talk.open(wish);
  const oack = await talk.ask(requestOf(wish, { tsize: "0" }), (packet) => packet.type === "oack");
  talk.say(errorPacket(8, "the size is known"));
  return Number(oack.type === "oack" && oack.options.get("tsize"));
}

async function load(wish: TftpWish): Promise<Loaded> {
  await using talk = await Talk.open(wish);
  const begun = performance.now();
  const options = { blksize: String(wish.blockSize), windowsize: String(wish.windowSize) };
  const oack = await talk.ask(requestOf(wish, options), (packet) => packet.type === "oack");
  const told = (name: string, otherwise: number) =>
    Number((oack.type === "oack" && oack.options.get(name)) || otherwise);
  const [blockSize, windowSize] = [told("blksize", 512), told("windowsize", 1)];
  let [bytes, crc, block] = [0, 0, 0];
  for (let isLast = false; !isLast; ) {
    const end = block + windowSize;
    await talk.ask(ackPacket(block & 0xffff), (packet) => {
      if (packet.type !== "data") return false;
      const ahead = (packet.block - block) & 0xffff;
      // A gap asks for what is missing once more (RFC 7440, section 4); what came before is only late.
      if (ahead !== 1) return ahead > 1 && ahead <= windowSize;
      block++;
      bytes += packet.data.length;
      crc = crc32(packet.data, crc);
      isLast = packet.data.length < blockSize;
      return isLast || block === end;
    });
  }
  talk.say(ackPacket(block & 0xffff));
  return { bytes, crc, seconds: (performance.now() - begun) / 1000 };
}

const requestOf = ({ file }: TftpWish, options: Readonly<Record<string, string>>): Buffer =>
  requestPacket({ type: "read", file, mode: "octet", options: new Map(Object.entries(options)) });

/** One transfer's socket. */
class Talk implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #server: string;
  #port = 69;
  #take: (packet: TftpPacket) => void = () => {};

  private constructor(socket: Socket, server: string) {
    this.#socket = socket;
    this.#server = server;
    socket.on("message", (bytes, { port }) => {
      const packet = parseTftp(bytes);
      if (this.#port === 69) this.#port = port;
      if (packet.type !== "malformed" && port === this.#port) this.#take(packet);
    });
  }

  static async open({ from, server }: TftpWish): Promise<Talk> {
    const socket = createSocket("udp4");
    socket.bind(0, from);
    await once(socket, "listening");
    return new Talk(socket, server);
  }

  say(packet: Buffer): void {
    this.#socket.send(packet, this.#port, this.#server, () => {});
  }

  /** Says something until what comes is enough. @throws Error what the server said, or that it says nothing */
  async ask(packet: Buffer, isEnough: (answer: TftpPacket) => boolean): Promise<TftpPacket> {
    const done = Promise.withResolvers<TftpPacket>();
    let repetitions = 0;
    this.#take = (answer) => {
      if (answer.type === "error") done.reject(new Error(answer.message));
      else if (isEnough(answer)) done.resolve(answer);
    };
    const timer = setInterval(() => {
      if (++repetitions > MOST_REPETITIONS) done.reject(new Error("the TFTP server does not answer"));
      else this.say(packet);
    }, PAUSE);
    this.say(packet);
    try {
      return await done.promise;
    } finally {
      clearInterval(timer);
      this.#take = () => {};
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise<void>((resolve) => this.#socket.close(resolve));
  }
}
