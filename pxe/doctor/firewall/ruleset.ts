/** A message that comes in, as far as rules look at it. */
export interface Incoming {
  readonly protocol: "udp" | "tcp";
  /** Of this machine. */
  readonly port: number;
  /** The interface that it comes in by. */
  readonly device: string;
}

/** What becomes of it. "maybe": it hangs on what cannot be known beforehand, such as the sender's address or a rate. */
export interface Fate {
  readonly drops: "no" | "maybe" | "yes";
  /** For people, such as "table inet filter, chain input, handle 5". */
  readonly where?: string | undefined;
}

type Answer = "yes" | "no" | "maybe";
type Json = { readonly [key: string]: unknown };

interface Chain {
  readonly family: string;
  readonly table: string;
  readonly name: string;
  readonly hook?: string;
  readonly prio?: number;
  readonly policy?: string;
}
interface Rule {
  readonly family: string;
  readonly table: string;
  readonly chain: string;
  readonly handle: number;
  readonly expr: readonly Json[];
}

/** Rules of nftables, as `nft --json list ruleset` prints them (libnftables-json(5)); those of iptables are among them where that uses nftables. */
export interface Ruleset {
  readonly chains: readonly Chain[];
  readonly rules: readonly Rule[];
  readonly sets: ReadonlyMap<string, readonly unknown[]>;
}

/** @throws Error: it is not what nft prints */
export function parseRuleset(text: string): Ruleset {
  const { nftables } = JSON.parse(text) as { readonly nftables?: readonly Json[] };
  if (!nftables) throw new Error("it is no ruleset");
  const sets = nftables.flatMap(({ set }) => (set ? [set as Json] : []));
  return {
    chains: nftables.flatMap(({ chain }) => (chain ? [chain as Chain] : [])),
    rules: nftables.flatMap(({ rule }) => (rule ? [rule as Rule] : [])),
    sets: new Map(
      sets.map(({ family, table, name, elem }) => [`${family} ${table} @${name}`, (elem ?? []) as unknown[]]),
    ),
  };
}

const FAMILIES = ["ip", "inet"];

/** Whether the rules of this machine drop a message before a server hears it. Each base chain may; the last word of one is not that of all. */
export function fateOf(packet: Incoming, ruleset: Ruleset): Fate {
  const bases = ruleset.chains
    .filter(({ family, hook }) => FAMILIES.includes(family) && (hook === "input" || hook === "prerouting"))
    .toSorted((a, b) => Number(a.hook === "input") - Number(b.hook === "input") || (a.prio ?? 0) - (b.prio ?? 0));
  let fate: Fate = { drops: "no" };
  for (const base of bases) {
    const walk = new Walk(packet, ruleset);
    const end = walk.through(base, 0);
    const drop = end === "drop" || (end === "continue" && base.policy === "drop");
    const policy = `policy of chain ${base.name} (table ${base.family} ${base.table})`;
    const where = end === "drop" ? walk.dropper : policy;
    if (drop && !walk.mayBeAccepted) return { drops: "yes", where };
    if (drop) fate = { drops: "maybe", where };
    else if (walk.mayBeDropped !== undefined) fate = { drops: "maybe", where: walk.mayBeDropped };
  }
  return fate;
}

type End = "accept" | "drop" | "return" | "continue";
/** Chains that call each other deeper are refused by the kernel. */
const DEEPEST = 16;

class Walk {
  readonly #packet: Incoming;
  readonly #ruleset: Ruleset;
  dropper: string | undefined;
  mayBeAccepted = false;
  mayBeDropped: string | undefined;

  constructor(packet: Incoming, ruleset: Ruleset) {
    this.#packet = packet;
    this.#ruleset = ruleset;
  }

  through({ family, table, name }: Pick<Chain, "family" | "table" | "name">, depth: number): End {
    const isHere = (rule: Rule) => rule.family === family && rule.table === table && rule.chain === name;
    for (const rule of this.#ruleset.rules.filter(isHere)) {
      const end = this.#apply(rule, depth);
      if (end !== "continue") return end;
    }
    return "continue";
  }

  #apply(rule: Rule, depth: number): End {
    let answer: Answer = "yes";
    for (const expression of rule.expr) {
      const [kind = ""] = Object.keys(expression);
      if (kind === "match") answer = both(answer, this.#matches(expression["match"] as Json, rule));
      else if (kind === "limit" || kind === "xt" || kind === "vmap") answer = both(answer, "maybe");
      if (answer === "no") return "continue";
      const end = this.#verdict(kind, expression[kind], rule, { answer, depth });
      if (end !== undefined) return end;
    }
    return "continue";
  }

  /** Undefined: it is no verdict. */
  #verdict(
    kind: string,
    value: unknown,
    rule: Rule,
    { answer, depth }: { answer: Answer; depth: number },
  ): End | undefined {
    const { family, table, chain, handle } = rule;
    if (kind === "accept") {
      if (answer === "yes") return "accept";
      this.mayBeAccepted = true;
      return "continue";
    }
    if (kind === "drop" || kind === "reject") {
      const where = `table ${family} ${table}, chain ${chain}, handle ${handle}`;
      if (answer === "yes") {
        this.dropper = where;
        return "drop";
      }
      this.mayBeDropped ??= where;
      return "continue";
    }
    if (kind === "return") return answer === "yes" ? "return" : "continue";
    if ((kind !== "jump" && kind !== "goto") || depth >= DEEPEST) return undefined;
    const end = this.through({ family, table, name: (value as { target: string }).target }, depth + 1);
    if (end === "accept" || end === "drop") {
      if (answer === "yes") return end;
      if (end === "accept") this.mayBeAccepted = true;
      else this.mayBeDropped ??= this.dropper;
      return "continue";
    }
    return kind === "goto" && answer === "yes" ? "return" : "continue";
  }

  #matches({ op, left, right }: Json, rule: Rule): Answer {
    const own = this.#value(left as Json);
    if (own === undefined) return "maybe";
    const values = this.#flat(right, rule);
    if (values === undefined) return "maybe";
    const isThere = values.some((value) => isSame(own, value));
    if (op === "==" || op === "in") return isThere ? "yes" : "no";
    return op === "!=" ? (isThere ? "no" : "yes") : "maybe";
  }

  /** What the packet has where the rule looks; undefined where that cannot be known. */
  #value(left: Json): string | number | undefined {
    const { payload, meta, ct } = left as Record<
      string,
      { protocol?: string; field?: string; key?: string } | undefined
    >;
    const { protocol, port, device } = this.#packet;
    if (payload?.field === "dport") return payload.protocol === protocol || payload.protocol === "th" ? port : -1;
    if (payload?.field === "protocol") return protocol;
    if (payload?.field === "sport" && payload.protocol !== protocol && payload.protocol !== "th") return -1;
    if (meta?.key === "iifname" || meta?.key === "iif") return device;
    if (meta?.key === "l4proto") return protocol;
    if (meta?.key === "nfproto") return "ipv4";
    if (meta?.key === "protocol") return "ip";
    // It is the first one of its sender.
    return ct?.key === "state" ? "new" : undefined;
  }

  #flat(right: unknown, { family, table }: Rule): readonly unknown[] | undefined {
    if (typeof right === "string" && right.startsWith("@"))
      return this.#ruleset.sets.get(`${family} ${table} ${right}`);
    if (Array.isArray(right)) return right;
    const { set } = (typeof right === "object" ? right : {}) as { set?: unknown };
    return set === undefined ? [right] : Array.isArray(set) ? set : [set];
  }
}

const both = (one: Answer, other: Answer): Answer =>
  one === "no" || other === "no" ? "no" : one === "maybe" || other === "maybe" ? "maybe" : "yes";

/** Names of interfaces may end in a star; numbers may be a range. */
function isSame(own: string | number, value: unknown): boolean {
  if (typeof value === "string" && value.endsWith("*")) return String(own).startsWith(value.slice(0, -1));
  const { range, elem } = (typeof value === "object" && value !== null ? value : {}) as {
    range?: readonly [number, number];
    elem?: { val?: unknown };
  };
  if (elem) return isSame(own, elem.val);
  return range ? Number(own) >= range[0] && Number(own) <= range[1] : own === value;
}
