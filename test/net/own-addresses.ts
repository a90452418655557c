import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds between two looks whether an address is there. */
const PAUSE = 10;

/** Addresses that this computer answers for, and may ask from: one `ip` for thousands of them. */
export class OwnAddresses implements AsyncDisposable {
  readonly #device: string;
  readonly #ip: ChildProcess;

  constructor(device: string) {
    this.#device = device;
    this.#ip = spawn("ip", ["-force", "-batch", "-"], { stdio: ["pipe", "ignore", "ignore"] });
  }

  /** A local route makes the kernel answer for an address as an address of the interface would, and costs it less. */
  async add(address: string): Promise<void> {
    this.#ip.stdin?.write(`route add local ${address} dev ${this.#device}\n`);
    while (!(await canBind(address))) await sleep(PAUSE);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = once(this.#ip, "exit");
    this.#ip.stdin?.end();
    await ended;
  }
}

function canBind(address: string): Promise<boolean> {
  const socket = createSocket("udp4");
  return new Promise((resolve) => {
    const end = (isThere: boolean) => socket.close(() => resolve(isThere));
    socket.on("error", () => end(false));
    socket.bind(0, address, () => end(true));
  });
}
