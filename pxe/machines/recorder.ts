import { setImmediate as nextTurn } from "node:timers/promises";
import { type BootRequest, bootRequestOf } from "../dhcp/boot-request.ts";
import { MESSAGE, OPTION } from "../dhcp/options.ts";
import { type DhcpPacket, NO_ADDRESS } from "../dhcp/packet.ts";
import type { HttpEvent } from "../http/file-handler.ts";
import type { MenuEvent } from "../menu/menu-event.ts";
import { ipv4In } from "../net/ipv4.ts";
import type { InterfaceEvent, PxeEvent } from "../serve/pxe-event.ts";
import type { TftpEvent } from "../tftp/events.ts";
import { say, sentenceOf } from "../words/words.ts";
import type { AddressBook, Known } from "./address-book.ts";
import { dhcpHappening } from "./dhcp-happening.ts";
import type { Happening } from "./entry.ts";
import { fileRole } from "./file-role.ts";
import type { MachineFacts } from "./machine.ts";
import type { MachineStore } from "./machine-store.ts";
import type { Sighting } from "./sighting.ts";
import { TwinWatch } from "./twin-watch.ts";

/** Milliseconds between two batches. A start takes seconds; who looks at it sees it as soon. */
const EVERY = 500;
/** Sightings of one transaction. SQLite takes some 20 ms for them, in which nothing is answered. */
const MOST_AT_ONCE = 1000;
/** Sightings that wait for a database that is away. The newest go first: what was seen before is the beginning of the story. */
const MOST_WAITING = 50_000;

export interface RecorderOptions {
  readonly store: MachineStore;
  readonly book: AddressBook;
  /** Batches cannot be saved: once, until one can be again. */
  readonly onFailure: (error: Error) => void;
  /** What was written down just now. */
  readonly onRecorded?: ((sightings: readonly Sighting[]) => void) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** An event of an address, of which the machine is found when the batch is saved. */
interface FromAddress {
  readonly address: string;
  readonly at: number;
  readonly mayCreate: boolean;
  readonly facts?: MachineFacts | undefined;
  readonly happened: (known: Known) => Happening[];
}

/**
 * Writes down what the servers see: each event goes to the timeline of its machine. Nothing waits for the database; events are gathered
 * and written in batches, so that a storm costs few transactions.
 */
export class MachineRecorder implements AsyncDisposable {
  readonly #options: RecorderOptions;
  readonly #twins: TwinWatch;
  readonly #timer: NodeJS.Timeout;
  #waiting: (Sighting | FromAddress)[] = [];
  #saving: Promise<void> | undefined;
  #hasFailed = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
    this.#twins = new TwinWatch((mac) => void this.#separate(mac));
    this.#timer = setInterval(() => void this.save(), EVERY);
  }

  /** A message of a DHCP client, whether it is answered or not. @param device the card that heard it; undefined: there is one alone */
  heard(packet: DhcpPacket, device?: string): void {
    if (packet.op !== "request") return;
    const mac = macOf(packet);
    if (mac === undefined) return;
    this.#learnAddress(packet, mac);
    const message = packet.options.get(OPTION.messageType)?.[0];
    const request = bootRequestOf(packet);
    if (message !== MESSAGE.discover && !(request && message === undefined)) return;
    if (request) this.#twins.asked(request, this.#now());
    const relay = packet.giaddr === NO_ADDRESS ? undefined : packet.giaddr;
    this.#add({
      ...{ at: this.#now(), mac, mayCreate: request !== undefined, ...(request && factsOf(request)) },
      happening: {
        ...{ kind: "discover", mac, boots: request !== undefined },
        ...(relay !== undefined && { relay }),
        ...(device !== undefined && { interface: device }),
        ...(request && !request.machine && { architecture: request.architecture }),
        ...(request?.ipxe && { ipxe: true }),
      },
    });
  }

  take({ service, event, interface: device }: PxeEvent): void {
    const at = this.#now();
    if (service === "tftp") this.#takeTftp(event, at);
    else if (service === "http") this.#takeHttp(event, at);
    else if (service === "menu") this.#takeMenu(event, at);
    else if (service === "interface") {
      if (event.type === "lost") this.note(lossOfCard(event, device));
    } else {
      if (event.type === "bound" || event.type === "renewed") {
        this.#options.book.learn(event.address, { mac: event.mac, by: "lease" });
      } else if (event.type === "released") this.#options.book.forget(event.address);
      for (const sighting of dhcpHappening(event, at, device)) this.#add(sighting);
    }
  }

  /** What a machine says of itself over HTTP, from its address. */
  report(address: string, facts: MachineFacts, happening: Happening | undefined): void {
    this.#add({
      ...{ address, at: this.#now(), mayCreate: false, facts },
      happened: () => (happening ? [happening] : []),
    });
  }

  /** What a server does for one machine that is known. */
  tell(mac: string, happening: Happening): void {
    this.#add({ at: this.#now(), mac, mayCreate: false, happening });
  }

  /** What a server is, or what happened to it: on its own timeline. */
  note(happening: Happening): void {
    this.#add({ at: this.#now(), mac: undefined, mayCreate: false, happening });
  }

  /** Writes what was gathered. */
  save(): Promise<void> {
    this.#saving ??= this.#saveWaiting().finally(() => {
      this.#saving = undefined;
    });
    return this.#saving;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#saving;
    await this.save();
  }

  async #saveWaiting(): Promise<void> {
    while (this.#waiting.length > 0 && (await this.#saveSome())) await nextTurn();
  }

  /** @returns whether the database took it */
  async #saveSome(): Promise<boolean> {
    const batch = this.#waiting.splice(0, MOST_AT_ONCE);
    try {
      const sightings: Sighting[] = [];
      for (const one of batch) sightings.push(...("mac" in one ? [one] : await this.#placed(one)));
      const recorded = joined(sightings);
      await this.#options.store.record(recorded);
      this.#hasFailed = false;
      this.#options.onRecorded?.(recorded);
      return true;
    } catch (error) {
      this.#waiting = [...batch, ...this.#waiting].slice(0, MOST_WAITING);
      if (!this.#hasFailed) this.#options.onFailure(error as Error);
      this.#hasFailed = true;
      return false;
    }
  }

  async #placed({ address, at, mayCreate, facts, happened }: FromAddress): Promise<Sighting[]> {
    const known = await this.#options.book.find(address);
    if (!known) return [];
    const common = { ...facts, at, mac: known.mac, mayCreate, address };
    const all = happened(known);
    return all.length === 0 ? [common] : all.map((happening) => ({ ...common, happening }));
  }

  #takeTftp(event: TftpEvent, at: number): void {
    const { address } = event.client;
    const { file } = event;
    if (event.type === "started") this.#loads(address, at);
    else if (event.type === "refused")
      this.#add({
        ...{ address, at, mayCreate: true },
        happened: ({ by }) => [
          {
            kind: "tftp",
            file,
            bytes: 0,
            size: 0,
            seconds: 0,
            by,
            outcome: "refused",
            resent: 0,
            reason: event.reason,
          },
        ],
      });
    else {
      const { bytes, size, seconds, outcome, resent, reason } = event;
      this.#add({
        ...{ address, at, mayCreate: true },
        happened: ({ by }) => [
          { kind: "tftp", file, bytes, size, seconds, by, outcome, resent, ...(reason !== undefined && { reason }) },
          ...(outcome === "complete" ? kernelOf(file) : []),
        ],
      });
    }
  }

  #takeHttp(event: HttpEvent, at: number): void {
    const { client, method, file, status, bytes, isWhole, seconds, agent } = event;
    const address = client.replace(/^::ffff:/, "");
    this.#loads(address, at - seconds * 1000);
    const isAll = method === "GET" && status === 200 && isWhole;
    this.#add({
      ...{ address, at, mayCreate: LOADERS.test(agent ?? "") },
      happened: ({ by }) => [
        {
          kind: "http",
          method,
          file,
          status,
          bytes,
          isWhole,
          seconds,
          times: 1,
          by,
          ...(agent !== undefined && { agent }),
        },
        ...(isAll ? kernelOf(file) : []),
      ],
    });
  }

  #takeMenu({ type, client, title, loader, starts, reason, memory }: MenuEvent, at: number): void {
    this.#add({
      ...{ address: client, at, mayCreate: false, ...(memory !== undefined && { facts: { memory } }) },
      happened: ({ by }) => [
        {
          ...{ kind: "menu", what: type, title, loader, by },
          ...(starts !== undefined && { starts }),
          ...(reason !== undefined && { reason }),
        },
      ],
    });
  }

  #loads(address: string, since: number): void {
    void this.#options.book.find(address).then((known) => known && this.#twins.loads(known, since));
  }

  async #separate(mac: string): Promise<void> {
    const { store, onFailure } = this.#options;
    try {
      await this.save();
      const [machine] = await store.find(mac);
      if (machine && machine.macs.length > 1) await store.split(machine.id, mac);
    } catch (error) {
      onFailure(error as Error);
    }
  }

  /** A client names an address to the server that it takes one from; whether it gets it is not heard. */
  #learnAddress(packet: DhcpPacket, mac: string): void {
    const wish = ipv4In(packet.options.get(OPTION.requestedAddress));
    const isRequest = packet.options.get(OPTION.messageType)?.[0] === MESSAGE.request;
    const address = packet.ciaddr !== NO_ADDRESS ? packet.ciaddr : isRequest ? wish : undefined;
    if (address !== undefined && address !== NO_ADDRESS) this.#options.book.learn(address, { mac, by: "dhcp" });
  }

  #add(one: Sighting | FromAddress): void {
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(one);
  }

  #now(): number {
    return (this.#options.now ?? Date.now)();
  }
}

function lossOfCard({ code, address, reason }: InterfaceEvent & { type: "lost" }, device = ""): Happening {
  const said = say("told.interface-lost", { interface: device, address, reason: sentenceOf(reason) });
  return { kind: "problem", code, ...said };
}

/** How firmware and boot loaders call themselves. Anybody else who reads a file is no machine that starts. */
const LOADERS = /^(iPXE|UefiHttpBoot|GRUB|gPXE)/i;

const macOf = ({ hardware, hardwareType }: DhcpPacket): string | undefined =>
  hardwareType === 1 && hardware.length === 6 && hardware.some((byte) => byte !== 0)
    ? Buffer.from(hardware).toString("hex").match(/../g)?.join(":")
    : undefined;

function factsOf({ uuid, machine, way, ipxe }: BootRequest): MachineFacts {
  const firmware = way === "http" ? "uefi http" : machine === "bios" ? "bios" : "uefi";
  return {
    ...(uuid !== undefined && { uuid }),
    ...(machine && { architecture: machine }),
    // iPXE has replaced the firmware's own way of loading.
    ...(machine && !ipxe && { firmware }),
  } as MachineFacts;
}

const kernelOf = (file: string): Happening[] => (fileRole(file) === "kernel" ? [{ kind: "kernel", file }] : []);

/** Parts of one file that were asked for one after the other are one entry: a CD over HTTP is thousands of them. */
function joined(sightings: readonly Sighting[]): Sighting[] {
  const result: Sighting[] = [];
  const open = new Map<string, number>();
  for (const one of sightings) {
    const { mac, happening: now } = one;
    const at = mac === undefined ? undefined : open.get(mac);
    const before = at === undefined ? undefined : result[at]?.happening;
    if (at !== undefined && now?.kind === "http" && now.status === 206 && before?.kind === "http")
      if (before.status === 206 && before.file === now.file) {
        const isWhole = before.isWhole && now.isWhole;
        const [bytes, seconds] = [before.bytes + now.bytes, before.seconds + now.seconds];
        result[at] = { ...one, happening: { ...now, bytes, seconds, isWhole, times: before.times + now.times } };
        continue;
      }
    if (mac !== undefined) open.set(mac, result.length);
    result.push(one);
  }
  return result;
}
