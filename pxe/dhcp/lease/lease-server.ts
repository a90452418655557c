import { ipv4In, ipv4Number, ipv4Text, isWithin } from "../../net/ipv4.ts";
import { MESSAGE, OPTION, subOptions } from "../options.ts";
import { type DhcpPacket, NO_ADDRESS } from "../packet.ts";
import { candidates, canHave, isOver, type Search } from "./candidates.ts";
import { type Client, clientOf } from "./client.ts";
import { judgeRequest } from "./judge-request.ts";
import type { Lease, LeaseState } from "./lease.ts";
import type { LeaseBook } from "./lease-book.ts";
import type { InUse, LeaseEvent } from "./lease-event.ts";
import { type Grant, grantReply, nakReply } from "./lease-reply.ts";
import { isSameMachine, isSetAside } from "./lease-table.ts";
import { networkText, reservationOf, type Subnet } from "./subnet.ts";

/** How long an offer is kept for its client, and how long an address rests that somebody else was found at. Seconds. */
const OFFER_SECONDS = 60;
const REST_SECONDS = 600;
/** Addresses that are looked at for one DISCOVER. The client asks again. */
const MOST_LOOKS = 4;
/** RFC 3527: the network that a relay asks for, where it is not that of its own address. */
const LINK_SELECTION = 5;

export interface LeaseServerOptions {
  /** Of the interface. */
  readonly own: string;
  readonly subnets: readonly Subnet[];
  /** Shared by the servers of all cards, whose networks are others. */
  readonly book: LeaseBook;
  /** Seconds since 1970; never goes back. */
  readonly now: () => number;
  readonly isInUse: InUse;
  /** An answer, as it is to be sent. @param request what it answers */
  readonly send: (reply: DhcpPacket, request: DhcpPacket) => void;
  readonly onEvent: (event: LeaseEvent) => void;
}

/**
 * Gives addresses out at one network card (RFC 2131): what a message does to the leases, and what is answered. A lease is on the disk
 * before its client hears of it.
 */
export class LeaseServer {
  readonly #options: LeaseServerOptions;
  /** Of clients whose address is being looked at: their newest DISCOVER. */
  readonly #looking = new Map<string, DhcpPacket>();
  #isClosed = false;

  constructor(options: LeaseServerOptions) {
    this.#options = options;
  }

  /** @param isUnicast it came to this server alone @returns false: it is of a network in which this server gives no addresses */
  take(packet: DhcpPacket, isUnicast: boolean): boolean {
    const message = packet.options.get(OPTION.messageType)?.[0];
    if (packet.op !== "request" || message === undefined) return false;
    const client = clientOf(packet);
    if (!client) return false;
    const subnet = this.#subnetOf(packet, isUnicast || message === MESSAGE.inform);
    if (!subnet) {
      if (message === MESSAGE.discover && packet.giaddr !== NO_ADDRESS)
        this.#options.onEvent({ type: "unknown network", mac: client.mac, relay: packet.giaddr });
      return false;
    }
    const search = { subnet, table: this.#table, client, now: this.#options.now() };
    if (message === MESSAGE.discover) this.#discover(packet, search);
    else if (message === MESSAGE.request) this.#request(packet, search);
    else if (message === MESSAGE.decline) this.#decline(packet, search);
    else if (message === MESSAGE.release) this.#release(packet, search);
    else if (message === MESSAGE.inform) this.#grant(packet, "ack", { ...search, address: undefined, seconds: 0 });
    return true;
  }

  /** Nothing may be taken any more, and what is being looked at is offered to nobody. */
  close(): void {
    this.#isClosed = true;
  }

  get #table(): LeaseBook["table"] {
    return this.#options.book.table;
  }

  #subnetOf(packet: DhcpPacket, hasAddress: boolean): Subnet | undefined {
    const { giaddr, ciaddr, options } = packet;
    const within = (address: string) => this.#options.subnets.find((one) => isWithin(one, ipv4Number(address)));
    if (giaddr !== NO_ADDRESS) {
      const relay = options.get(OPTION.relayAgent);
      return within(ipv4In(relay && subOptions(relay).get(LINK_SELECTION)) ?? giaddr);
    }
    // Renewals of clients behind a relay come past it.
    return within(hasAddress && ciaddr !== NO_ADDRESS ? ciaddr : this.#options.own);
  }

  #discover(packet: DhcpPacket, search: Search): void {
    const key = `${search.subnet.first} ${search.client.key}`;
    const isLooking = this.#looking.has(key);
    this.#looking.set(key, packet);
    if (isLooking) return;
    void this.#findAddress(packet, search).then((address) => {
      const newest = this.#looking.get(key) ?? packet;
      this.#looking.delete(key);
      if (address === undefined || this.#isClosed) return;
      this.#options.onEvent({ type: "offered", mac: search.client.mac, address: ipv4Text(address) });
      this.#grant(newest, "offer", { ...search, address, seconds: search.subnet.leaseSeconds });
    });
  }

  /** An address that is held for the client from now on. */
  async #findAddress(packet: DhcpPacket, search: Search): Promise<number | undefined> {
    const wish = ipv4In(packet.options.get(OPTION.requestedAddress));
    const { looked } = this.#options.book;
    let looks = 0;
    for (const address of candidates(search, wish === undefined ? undefined : ipv4Number(wish), looked)) {
      const lease = this.#table.at(address);
      const isKnown = lease !== undefined && isSameMachine(lease, search.client) && !isOver(lease, search.now);
      if (!isKnown && looks++ >= MOST_LOOKS) break;
      if (!isKnown && !(await this.#isFree(address, search))) continue;
      // What the client has already stays its own, even if it does not take it now.
      if (!isKnown || lease.state === "offered") this.#put(address, search, "offered", OFFER_SECONDS);
      return address;
    }
    const { mac } = search.client;
    this.#options.onEvent({ type: "no address free", mac, subnet: networkText(search.subnet) });
    return undefined;
  }

  async #isFree(address: number, search: Search): Promise<boolean> {
    const { own, book, isInUse, now, onEvent } = this.#options;
    book.looked.add(address);
    try {
      const user = await isInUse(ipv4Text(address), search.client, isWithin(search.subnet, ipv4Number(own)));
      // Its owner of before may have come back in the meantime.
      if (!canHave({ ...search, now: now() }, address)) return false;
      if (user === undefined) return true;
      this.#put(address, search, "conflicting", REST_SECONDS);
      book.saveSoon();
      onEvent({ type: "conflict", mac: search.client.mac, address: ipv4Text(address), user });
      return false;
    } finally {
      book.looked.delete(address);
    }
  }

  #request(packet: DhcpPacket, search: Search): void {
    const { own, book, onEvent, send } = this.#options;
    const { client, subnet, now } = search;
    const verdict = judgeRequest(packet, search, own);
    if (verdict.type === "none") return;
    if (verdict.type === "other server") {
      for (const { state, address } of this.#table.of(client, subnet))
        if (state === "offered") this.#table.drop(address);
      onEvent({ type: "other server", server: verdict.server, mac: client.mac });
      return;
    }
    const known = { mac: client.mac, address: ipv4Text(verdict.address) };
    if (verdict.type === "refuse") {
      onEvent({ type: "refused", ...known, reason: verdict.why });
      send(nakReply(packet, verdict.why, own), packet);
      return;
    }
    const before = this.#table.at(verdict.address);
    const isRenewal = before?.state === "bound" && isSameMachine(before, client) && !isOver(before, now);
    this.#put(verdict.address, search, "bound", subnet.leaseSeconds);
    // It has one address in a network.
    for (const { address, state } of this.#table.of(client, subnet))
      if (address !== verdict.address && state === "bound") this.#put(address, search, "released", 0);
    book.afterSaving(() => {
      onEvent({ type: isRenewal ? "renewed" : "bound", ...known });
      this.#grant(packet, "ack", { ...search, address: verdict.address, seconds: subnet.leaseSeconds });
    });
  }

  /** The client has found somebody else there. Only one that has the address can say that. */
  #decline(packet: DhcpPacket, search: Search): void {
    const lease = this.#leaseOf(packet, ipv4In(packet.options.get(OPTION.requestedAddress)), search);
    if (lease) this.#end(lease, search, "declined", REST_SECONDS);
  }

  #release(packet: DhcpPacket, search: Search): void {
    const lease = this.#leaseOf(packet, packet.ciaddr, search);
    if (lease?.state === "bound") this.#end(lease, search, "released", 0);
  }

  #leaseOf(packet: DhcpPacket, address: string | undefined, { client }: Search): Lease | undefined {
    const server = ipv4In(packet.options.get(OPTION.serverId));
    if (address === undefined || (server !== undefined && server !== this.#options.own)) return undefined;
    const lease = this.#table.at(ipv4Number(address));
    return lease && isSameMachine(lease, client) && !isSetAside(lease) ? lease : undefined;
  }

  #end({ address }: Lease, search: Search, state: "declined" | "released", seconds: number): void {
    this.#put(address, search, state, seconds);
    this.#options.book.saveSoon();
    this.#options.onEvent({ type: state, mac: search.client.mac, address: ipv4Text(address) });
  }

  #put(address: number, { client }: Search, state: LeaseState, seconds: number): void {
    const { key, mac, isFirmware } = client;
    this.#table.put({ address, client: key, mac, isFirmware, state, until: this.#options.now() + seconds });
  }

  #grant(packet: DhcpPacket, kind: "offer" | "ack", grant: Grant & { readonly client: Client }): void {
    const hostName = reservationOf(grant.subnet, grant.client)?.name;
    this.#options.send(grantReply(packet, kind, { ...grant, hostName }, this.#options.own), packet);
  }
}
