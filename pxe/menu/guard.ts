import { safeParts } from "../net/served-root.ts";
import { LoginThrottle } from "./login-throttle.ts";
import type { Menus } from "./menu.ts";
import { isPassword } from "./password-hash.ts";

/** Milliseconds for which an address may load an entry's files without having asked for one of them. */
const GRANT = 600_000;
const MOST_GRANTS = 4096;
/** Passwords that are checked side by side: each keeps a processor busy. */
const MOST_CHECKS = 2;
const MOST_WAITING = 32;

export type LoginResult =
  | { readonly type: "right" }
  | { readonly type: "wrong" }
  /** wait: milliseconds until it may be tried again. */
  | { readonly type: "later"; readonly wait: number };

/** Who may start entries with a password, and load the files that only those have. */
export class MenuGuard {
  readonly #menus: Pick<Menus, "users" | "guarded">;
  readonly #throttle = new LoginThrottle();
  readonly #now: () => number;
  /** By address and entry, until when. */
  readonly #grants = new Map<string, number>();
  /** Addresses whose password is being checked: one at a time, or many at once would count as the first mistake. */
  readonly #checked = new Set<string>();
  #line: Promise<unknown>[] = Array.from({ length: MOST_CHECKS }, () => Promise.resolve());

  constructor(menus: Pick<Menus, "users" | "guarded">, now: () => number = () => performance.now()) {
    this.#menus = menus;
    this.#now = now;
  }

  /** Whether a name and a password are those of a user of this entry. */
  async login(
    address: string,
    entry: { readonly id: string; readonly users: readonly string[] },
    given: { readonly name: string; readonly password: string },
  ): Promise<LoginResult> {
    const wait = this.#throttle.wait(address, this.#now());
    if (wait > 0) return { type: "later", wait };
    if (this.#checked.has(address) || this.#checked.size >= MOST_WAITING) return { type: "later", wait: 1000 };
    const hash = entry.users.includes(given.name) ? this.#menus.users.get(given.name) : undefined;
    // A name that is not there takes as long as one that is.
    const compared = hash ?? this.#menus.users.values().next().value;
    const isRight = compared !== undefined && (await this.#check(address, () => isPassword(given.password, compared)));
    if (!hash || !isRight) {
      this.#throttle.missed(address, this.#now());
      return { type: "wrong" };
    }
    this.#throttle.succeeded(address);
    this.#grant(address, entry.id);
    return { type: "right" };
  }

  /** Why an address may not load a file: only a password opens it. */
  refusal(address: string, file: string): string | undefined {
    const owners = this.#menus.guarded.get((safeParts(file) ?? []).join("/"));
    if (!owners) return undefined;
    const granted = owners.filter((id) => (this.#grants.get(`${address} ${id}`) ?? 0) > this.#now());
    // An ISO is read for as long as its system runs.
    for (const id of granted) this.#grant(address, id);
    return granted.length > 0 ? undefined : "a password opens this file";
  }

  #grant(address: string, id: string): void {
    const key = `${address} ${id}`;
    this.#grants.delete(key);
    this.#grants.set(key, this.#now() + GRANT);
    if (this.#grants.size > MOST_GRANTS) this.#grants.delete(this.#grants.keys().next().value as string);
  }

  async #check<T>(address: string, check: () => Promise<T>): Promise<T> {
    this.#checked.add(address);
    const [first, ...others] = this.#line as [Promise<unknown>, ...Promise<unknown>[]];
    const done = first.then(check);
    this.#line = [...others, done.catch(() => {})];
    return await done.finally(() => this.#checked.delete(address));
  }
}
