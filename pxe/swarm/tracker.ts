/** Where a computer is to load a piece from: the server itself, or another computer by its name. */
export type From = "origin" | { readonly peer: string };

export interface Assignment {
  readonly piece: string;
  readonly from: From;
}

export interface Failure extends Assignment {
  /** The other computer works, and does not hold the piece any more. */
  readonly isGone: boolean;
}

/** What a computer says when it asks for something to do. */
export interface Report {
  /** Keys of pieces that it holds since it last said so. */
  readonly have: readonly string[];
  /** Keys of pieces that it has given up. */
  readonly gone: readonly string[];
  /** What it was told to load, and could not: from a computer that is away, or holds something else. */
  readonly failed: readonly Failure[];
  /** Keys of pieces that it needs, the most urgent first; those that it loads are among them. */
  readonly wants: readonly string[];
  /** Keys of pieces that it loads: an answer that told it to load others may not have reached it. */
  readonly loading: readonly string[];
  /** How many pieces it would load at once from now on. */
  readonly slots: number;
}

export interface TrackerLimits {
  /** Pieces that the server sends at once, to all together. */
  readonly originSlots: number;
  /** Pieces that a computer has to send, at once and one behind the other. */
  readonly peerSlots: number;
  /** Milliseconds after which one that has nothing to load gets from the server what others hold or load. */
  readonly patience: number;
  /** Milliseconds without a word after which a computer counts as gone. */
  readonly silence: number;
}

export const LIMITS: TrackerLimits = { originSlots: 5, peerSlots: 3, patience: 3000, silence: 20_000 };

interface Peer {
  readonly holds: Set<string>;
  /** What it loads, and from where. */
  readonly loading: Map<string, { readonly from: From; readonly since: number }>;
  /** Since when it has had nothing to load, though there is something that it wants. */
  idleSince: number | undefined;
  seen: number;
  /** Others could not load from it: until then it is not asked. */
  shunned: number;
}

/**
 * Who loads what from whom, so that a server sends each piece about once, however many want it: a piece that some computer
 * holds comes from there; one that nobody holds comes from the server, to one computer; the others wait for that one,
 * but never for long. Knows no network and no clock of its own.
 */
export class Tracker {
  readonly #peers = new Map<string, Peer>();
  readonly #holders = new Map<string, Set<string>>();
  readonly #limits: TrackerLimits;

  constructor(limits: Partial<TrackerLimits> = {}) {
    this.#limits = { ...LIMITS, ...limits };
  }

  get peers(): readonly string[] {
    return [...this.#peers.keys()];
  }

  /** @param now milliseconds of any clock that does not go back @returns what it is to load now, at most `slots` pieces */
  report(name: string, { have, gone, failed, wants, loading, slots }: Report, now: number): Assignment[] {
    this.#forgetSilent(now);
    const peer = this.#peer(name, now);
    for (const piece of have) this.#hold(name, peer, piece);
    for (const piece of gone) this.#release(name, peer, piece);
    // What it wants it does not hold, whatever it said: an answer that did not reach it leaves it not knowing what we know.
    for (const piece of wants) this.#release(name, peer, piece);
    for (const { piece, from, isGone } of failed) {
      peer.loading.delete(piece);
      const other = from === "origin" ? undefined : this.#peers.get(from.peer);
      if (from === "origin" || !other) continue;
      this.#release(from.peer, other, piece);
      if (!isGone) other.shunned = now + this.#limits.silence;
    }
    keepOnly(peer.loading, loading);
    const open = wants.filter((piece) => !peer.loading.has(piece));
    const found: Assignment[] = [];
    const order = (piece: string, from: From | undefined) => {
      if (from === undefined || found.length >= slots) return;
      peer.loading.set(piece, { from, since: now });
      found.push({ piece, from });
    };
    // Each brings in something else: one that brought in all would have to pass on all.
    for (const piece of open) if (this.#mayBringIn(peer, piece, now)) order(piece, "origin");
    // What few hold comes first: soon there are more to load it from.
    const held = open.filter((piece) => !peer.loading.has(piece) && this.#countHolders(piece, now) > 0);
    for (const piece of held.toSorted((a, b) => this.#countHolders(a, now) - this.#countHolders(b, now)))
      if (found.length < slots) order(piece, this.#holderOf(name, piece, now));
    return found.length > 0 ? found : this.#afterPatience(peer, wants, slots, now);
  }

  /** A computer that says good-bye. */
  leave(name: string): void {
    const peer = this.#peers.get(name);
    if (!peer) return;
    for (const piece of peer.holds) this.#release(name, peer, piece);
    this.#peers.delete(name);
  }

  #afterPatience(peer: Peer, wants: readonly string[], slots: number, now: number): Assignment[] {
    const [piece] = wants;
    const isIdle = piece !== undefined && slots > 0 && peer.loading.size === 0;
    if (!isIdle) peer.idleSince = undefined;
    else peer.idleSince ??= now;
    if (!isIdle || now - (peer.idleSince ?? now) < this.#limits.patience || !this.#originIsFree()) return [];
    peer.loading.set(piece, { from: "origin", since: now });
    return [{ piece, from: "origin" }];
  }

  /** Nobody has it and nobody brings it, and this one brings no more than its share. */
  #mayBringIn({ loading }: Peer, piece: string, now: number): boolean {
    if (this.#countHolders(piece, now) > 0 || !this.#originIsFree()) return false;
    const own = [...loading.values()].filter(({ from }) => from === "origin").length;
    const share = Math.max(1, Math.floor(this.#limits.originSlots / this.#peers.size));
    return own < share && !this.#isComing(piece, now);
  }

  /** Of those that can be asked. */
  #countHolders(piece: string, now: number): number {
    let count = 0;
    for (const name of this.#holders.get(piece) ?? []) if (this.#isAsked(name, now)) count++;
    return count;
  }

  /** The one with the least to send. */
  #holderOf(name: string, piece: string, now: number): From | undefined {
    const holders = [...(this.#holders.get(piece) ?? [])].filter(
      (other) => other !== name && this.#isAsked(other, now),
    );
    const load = new Map(
      holders.map((other) => [other, this.#loadOf((from) => from !== "origin" && from.peer === other)]),
    );
    const [least] = holders.toSorted((a, b) => (load.get(a) as number) - (load.get(b) as number));
    return least !== undefined && (load.get(least) as number) < this.#limits.peerSlots ? { peer: least } : undefined;
  }

  #originIsFree(): boolean {
    return this.#loadOf((from) => from === "origin") < this.#limits.originSlots;
  }

  /** Somebody loads it from the server, and is not slower than others wait. */
  #isComing(piece: string, now: number): boolean {
    for (const { loading } of this.#peers.values()) {
      const one = loading.get(piece);
      if (one?.from === "origin" && now - one.since < this.#limits.patience) return true;
    }
    return false;
  }

  #loadOf(isCounted: (from: From) => boolean): number {
    let count = 0;
    for (const { loading } of this.#peers.values())
      for (const { from } of loading.values()) if (isCounted(from)) count++;
    return count;
  }

  #isAsked(name: string, now: number): boolean {
    const peer = this.#peers.get(name);
    return peer !== undefined && peer.shunned <= now;
  }

  #peer(name: string, now: number): Peer {
    const peer = this.#peers.get(name) ?? {
      ...{ holds: new Set<string>(), loading: new Map(), idleSince: undefined, seen: now, shunned: 0 },
    };
    peer.seen = now;
    this.#peers.set(name, peer);
    return peer;
  }

  #forgetSilent(now: number): void {
    for (const [name, { seen }] of this.#peers) if (now - seen > this.#limits.silence) this.leave(name);
  }

  #hold(name: string, peer: Peer, piece: string): void {
    peer.holds.add(piece);
    peer.loading.delete(piece);
    const holders = this.#holders.get(piece) ?? new Set();
    this.#holders.set(piece, holders.add(name));
  }

  #release(name: string, peer: Peer, piece: string): void {
    peer.holds.delete(piece);
    const holders = this.#holders.get(piece);
    holders?.delete(name);
    if (holders?.size === 0) this.#holders.delete(piece);
  }
}

function keepOnly(map: Map<string, unknown>, keys: readonly string[]): void {
  const kept = new Set(keys);
  for (const key of map.keys()) if (!kept.has(key)) map.delete(key);
}
