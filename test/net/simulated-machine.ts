import { setTimeout as sleep } from "node:timers/promises";
import { addressBytes, addressOption, CODE, KIND, type ServerMessage, writeMessage } from "./client-message.ts";
import type { DhcpLine } from "./dhcp-line.ts";
import { loadByHttp, reportByHttp } from "./http-load.ts";
import type { Loaded } from "./loaded.ts";
import type { OwnAddresses } from "./own-addresses.ts";
import { loadByTftp } from "./tftp-load.ts";

/** How far machines go: an address, the boot loader by TFTP, files by HTTP, and the reports of a rescue system. */
export const STAGES = ["address", "loader", "files", "done"] as const;
export type Stage = (typeof STAGES)[number];

/** What happened to a machine. Seconds since it asked first. */
export type MachineEvent = { readonly machine: string } & (
  | {
      readonly type: "offer" | "address";
      readonly address: string;
      readonly seconds: number;
      readonly questions: number;
    }
  | { readonly type: "refused"; readonly seconds: number }
  | ({ readonly type: "loaded"; readonly by: "tftp" | "http"; readonly file: string } & Loaded)
  | { readonly type: "failed"; readonly reason: string }
  | { readonly type: "ready"; readonly seconds: number }
);

export interface MachineOptions {
  readonly line: DhcpLine;
  readonly addresses: OwnAddresses;
  readonly until: Stage;
  /** By HTTP, from the root. */
  readonly files: readonly string[];
  /** Milliseconds until it asks again, for the first time: firmware takes 4000 (PXE 2.1, section 2.2.3). */
  readonly pause: number;
  readonly signal: AbortSignal;
  readonly tell: (event: MachineEvent) => void;
}

/** Pauses double so often: 4, 8, 16 and 32 seconds, then firmware begins anew. */
const QUESTIONS = 4;
/** As OVMF asks. */
const BLOCKS = { blockSize: 1468, windowSize: 4 };
const VENDOR = Buffer.from("PXEClient:Arch:00007:UNDI:003000");

/** "02:77:00:00:01:f4" is the 500th. */
export const macOf = (number: number): string =>
  Buffer.from([2, 0x77, number >>> 24, number >>> 16, number >>> 8, number])
    .toString("hex")
    .replace(/..(?=.)/g, "$&:");

interface Lease {
  readonly address: string;
  readonly server: string;
  readonly file: string;
}

/** A UEFI machine that starts from the network; where nobody answers, it asks until the signal ends it. */
export class SimulatedMachine {
  readonly #number: number;
  readonly #mac: string;
  readonly #options: MachineOptions;
  #begun = 0;
  #questions = 0;
  #take: (message: ServerMessage) => void = () => {};

  constructor(number: number, options: MachineOptions) {
    this.#number = number;
    this.#mac = macOf(number);
    this.#options = options;
    options.line.listen(this.#mac.replaceAll(":", ""), (message) => this.#hear(message));
  }

  /** Where it fails it begins anew, as who stands before it would do. @returns whether it came as far as it was to */
  async start(): Promise<boolean> {
    const { signal, pause } = this.#options;
    this.#begun = performance.now();
    while (!signal.aborted) {
      try {
        const lease = await this.#obtain();
        if (!lease) return false;
        await this.#boot(lease);
        this.#tell({ type: "ready", seconds: this.#seconds() });
        return true;
      } catch (error) {
        this.#tell({ type: "failed", reason: (error as Error).message });
        await sleep(pause, undefined, { signal }).catch(() => {});
      }
    }
    return false;
  }

  #hear(message: ServerMessage): void {
    const { kind, yiaddr } = message;
    const told = { seconds: this.#seconds(), questions: this.#questions };
    // A late one, too: what was given counts, not what is used.
    if (kind === KIND.ack) this.#tell({ type: "address", address: yiaddr, ...told });
    if (kind === KIND.offer) this.#tell({ type: "offer", address: yiaddr, ...told });
    if (kind === KIND.nak) this.#tell({ type: "refused", seconds: told.seconds });
    this.#take(message);
  }

  async #obtain(): Promise<Lease | undefined> {
    while (!this.#options.signal.aborted) {
      const offer = await this.#ask("discover", [], ({ kind, yiaddr }) => kind === KIND.offer && yiaddr !== "0.0.0.0");
      const server = offer && addressOption(offer, CODE.server);
      if (!offer || server === undefined) continue;
      const wish = [
        [CODE.requested, addressBytes(offer.yiaddr)],
        [CODE.server, addressBytes(server)],
      ] as const;
      const answer = await this.#ask("request", wish, ({ kind }) => kind === KIND.ack || kind === KIND.nak);
      if (answer?.kind === KIND.ack) return { address: answer.yiaddr, server, file: fileOf(answer) };
    }
    return undefined;
  }

  /** @returns undefined when nobody answers for as long as firmware waits */
  async #ask(
    kind: "discover" | "request",
    options: readonly (readonly [number, Uint8Array])[],
    isAnswer: (message: ServerMessage) => boolean,
  ): Promise<ServerMessage | undefined> {
    const { line, signal, pause } = this.#options;
    const answer = Promise.withResolvers<ServerMessage>();
    this.#take = (message) => isAnswer(message) && answer.resolve(message);
    try {
      for (let i = 0; i < QUESTIONS && !signal.aborted; i++) {
        const over = new AbortController();
        this.#questions++;
        line.broadcast(this.#message(kind, options));
        const waited = sleep(pause * 2 ** i, undefined, { signal: AbortSignal.any([signal, over.signal]) });
        const got = await Promise.race([answer.promise, waited.catch(() => undefined)]);
        over.abort();
        if (got) return got;
      }
      return undefined;
    } finally {
      this.#take = () => {};
    }
  }

  #message(kind: "discover" | "request", options: readonly (readonly [number, Uint8Array])[]): Buffer {
    return writeMessage({
      ...{ kind, transaction: this.#number, mac: Buffer.from(this.#mac.replaceAll(":", ""), "hex") },
      seconds: Math.floor(this.#seconds()),
      options: [
        [CODE.most, Uint8Array.of(5, 0xc0)],
        [CODE.wanted, Uint8Array.of(1, 3, 6, 43, 54, 60, 66, 67)],
        [93, Uint8Array.of(0, 7)],
        [94, Uint8Array.of(1, 3, 0)],
        [97, Buffer.concat([Buffer.alloc(13, 0x4c), Buffer.from([0, 0, 0, this.#number >>> 8, this.#number])])],
        [CODE.vendor, VENDOR],
        ...options,
      ],
    });
  }

  async #boot({ address, server, file }: Lease): Promise<void> {
    const { addresses, until, files } = this.#options;
    if (until === "address") return;
    await addresses.add(address);
    const loader = await loadByTftp({ server, file, from: address, ...BLOCKS });
    this.#tell({ type: "loaded", by: "tftp", file, ...loader });
    if (until === "loader") return;
    for (const one of files)
      this.#tell({ type: "loaded", by: "http", file: one, ...(await loadByHttp(`http://${server}/${one}`, address)) });
    if (until === "files") return;
    const report = (kind: string, text: string) =>
      reportByHttp(`http://${server}/.lifeboat/report`, address, { kind, text, serial: `SN${this.#number}` });
    await report("up", "the rescue system is up");
    await report("job", "a restore began");
    await report("done", "the restore is done");
  }

  #tell(event: DistributiveOmit<MachineEvent, "machine">): void {
    this.#options.tell({ machine: this.#mac, ...event } as MachineEvent);
  }

  #seconds(): number {
    return (performance.now() - this.#begun) / 1000;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

const fileOf = (message: ServerMessage): string =>
  message.options.get(CODE.bootFile)?.toString("latin1").replace(/\0$/, "") ?? message.file;
