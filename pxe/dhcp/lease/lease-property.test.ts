import { expect, test } from "vitest";
import { kindOf, LeaseNetwork, numberIn, OWN, type Said } from "#test/doubles/lease-network.ts";
import { caseRandom, type Random } from "#test/fuzz/random.ts";
import { OPTION } from "../options.ts";

/** A computer as it is: it starts by firmware or by its system, which name themselves differently. */
interface Computer {
  readonly mac: string;
  /** Copies of one disk: all of them say this. */
  readonly id: string;
  isFirmware: boolean;
  offer: string | undefined;
  address: string | undefined;
  until: number;
}

const firmware = [[OPTION.vendorClass, Buffer.from("PXEClient:Arch:00007")]] as const;
const RANGE = { pools: ["10.0.0.100-10.0.0.111"], exclude: ["10.0.0.105-10.0.0.106"], lease: 100 };

class World {
  readonly #random: Random;
  readonly #network: LeaseNetwork;
  readonly #computers: Computer[];
  bindings = 0;
  kills = 0;

  constructor(number: number) {
    this.#random = caseRandom(20_261_130, "leases", number);
    this.#computers = Array.from({ length: 20 }, (_, i) => ({
      ...{ mac: `02:00:00:00:00:${(i + 16).toString(16)}`, id: i % 3 === 0 ? "one machine-id" : `system ${i}` },
      ...{ isFirmware: true, offer: undefined, address: undefined, until: 0 },
    }));
    const reservations = [{ mac: this.#computers[2]?.mac, address: "10.0.0.103" }];
    this.#network = new LeaseNetwork({ ...RANGE, reservations });
  }

  async step(): Promise<void> {
    const { int, pick, chance } = this.#random;
    const computer = pick(this.#computers);
    const said = this.#said(computer);
    const action = int(14);
    if (action < 4) await this.#hear(computer, { ...said, wish: chance(0.3) ? this.#anyAddress() : undefined });
    else if (action < 8 && computer.offer !== undefined)
      await this.#hear(computer, {
        ...said,
        kind: "request",
        wish: computer.offer,
        server: chance(0.9) ? OWN : "10.0.0.9",
      });
    else if (action === 8) await this.#hear(computer, { ...said, kind: "request", wish: this.#anyAddress() });
    else if (action === 9 && this.#has(computer))
      await this.#hear(computer, { ...said, kind: "request", ciaddr: computer.address ?? "", unicast: chance(0.5) });
    else if (action === 10 && this.#has(computer)) await this.#leave(computer, said);
    else if (action === 11) this.#network.now += pick([1, 5, 30, 61, 101, 700]);
    else if (action === 12) this.#kill();
    else this.#restart(computer);
  }

  /** It goes off and on again: with the other of its two names, and without an address. */
  #restart(computer: Computer): void {
    Object.assign(computer, { isFirmware: this.#random.chance(0.5), offer: undefined, address: undefined });
    const address = `10.0.0.${100 + this.#random.int(12)}`;
    if (this.#random.chance(0.7)) this.#network.strangers.delete(address);
    else if (!this.#computers.some((one) => this.#has(one) && one.address === address))
      this.#network.strangers.add(address);
  }

  /** In the middle of what is being looked at and saved. */
  #kill(): void {
    this.kills++;
    const lost = this.#said(this.#random.pick(this.#computers));
    this.#network.hear({ ...lost, kind: "request", wish: this.#anyAddress() });
    this.#network.hear(lost);
    this.#network.kill();
  }

  async #leave(computer: Computer, said: Said): Promise<void> {
    const address = computer.address ?? "";
    computer.address = undefined;
    if (this.#random.chance(0.5)) await this.#network.say({ ...said, kind: "release", ciaddr: address, server: OWN });
    else await this.#network.say({ ...said, kind: "decline", wish: address, server: OWN });
  }

  async #hear(computer: Computer, said: Said): Promise<void> {
    const answer = await this.#network.say(said);
    const kind = kindOf(answer);
    if (answer && kind === "offer") this.#check(answer.yiaddr, computer, "offered");
    if (kind === "offer") computer.offer = answer?.yiaddr;
    if (kind === "nak") computer.address = undefined;
    if (!answer || kind !== "ack") return;
    this.bindings++;
    this.#check(answer.yiaddr, computer, "bound");
    computer.address = answer.yiaddr;
    computer.until = this.#network.now + (numberIn(answer, OPTION.leaseTime) ?? 0);
  }

  /** No address is ever another computer's, nor one that is kept from everybody. */
  #check(address: string, computer: Computer, what: string): void {
    const others = this.#computers.filter((one) => one !== computer && this.#has(one) && one.address === address);
    if (others.length > 0) throw new Error(`${address} is ${what} to ${computer.mac}, and ${others[0]?.mac} has it`);
    const last = Number(address.split(".")[3]);
    expect(last === 105 || last === 106 || last < 100 || last > 111).toBe(false);
    if (last === 103) expect(computer).toBe(this.#computers[2]);
  }

  #has = (computer: Computer): boolean => computer.address !== undefined && computer.until >= this.#network.now;

  #said = ({ mac, id, isFirmware }: Computer): Said => (isFirmware ? { mac, options: firmware } : { mac, id });

  #anyAddress = (): string => `10.0.0.${95 + this.#random.int(20)}`;
}

test("whatever clients, strangers and kills do, no address is ever two computers'", async () => {
  let bindings = 0;
  let kills = 0;
  for (let number = 0; number < 60; number++) {
    const world = new World(number);
    for (let step = 0; step < 400; step++) await world.step();
    bindings += world.bindings;
    kills += world.kills;
  }
  // Nothing is shown by a server that gives nothing away.
  expect(bindings).toBeGreaterThan(2000);
  expect(kills).toBeGreaterThan(500);
}, 120_000);
