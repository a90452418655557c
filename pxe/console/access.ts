import { randomUUID, timingSafeEqual } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import type { Token, User } from "./contract/people.ts";
import type { Role } from "./contract/role.ts";
import { COST, expectGoodPassword, hashPassword, isPassword, type ScryptCost } from "./password.ts";
import { newCode, newSecret, plainCode, secretHash } from "./secret.ts";
import type { ConsoleStore } from "./store/console-store.ts";
import {
  addSession,
  endSession,
  endSessionsOf,
  findSession,
  forgetEnded,
  type SessionTimes,
  USE_STEP,
  useSession,
} from "./store/sessions.ts";
import { addToken, findToken, useToken } from "./store/tokens.ts";
import { addUser, credentialOf, listUsers, setPassword } from "./store/users.ts";
import { Throttle } from "./throttle.ts";
import { countedAddress, type Who } from "./who.ts";

export interface AccessOptions {
  readonly store: ConsoleStore;
  readonly times: SessionTimes;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly throttle?: Throttle;
  /** Of new passwords. */
  readonly cost?: ScryptCost;
}

/** What a token's secret begins with: whoever finds one in a file knows what it is. */
const TOKEN_PREFIX = "lifeboat_";

/** Who may come in: logs in and out, makes tokens, and says on whose behalf a request is. */
export class Access {
  readonly #store: ConsoleStore;
  readonly #times: SessionTimes;
  readonly #now: () => number;
  readonly #throttle: Throttle;
  readonly #cost: ScryptCost;
  #setUpCode: string | undefined;

  constructor({ store, times, now = Date.now, throttle = new Throttle(), cost = COST }: AccessOptions) {
    this.#store = store;
    this.#times = times;
    this.#now = now;
    this.#throttle = throttle;
    this.#cost = cost;
  }

  /** Whether there is nobody yet who could log in. @throws CONSOLE_STORE_FAILED */
  async needsSetUp(): Promise<boolean> {
    return (await this.#store.read(listUsers)).length === 0;
  }

  /** What the first admin has to know: whoever can read this server's output may be it. The same until there is one. */
  setUpCode(): string {
    this.#setUpCode ??= newCode();
    return this.#setUpCode;
  }

  /** @returns what the browser keeps @throws CONSOLE_SET_UP_REFUSED, CONSOLE_TOO_MANY_TRIES, CONSOLE_USER_INVALID */
  async setUp(code: string, name: string, password: string, address: string): Promise<string> {
    if (!(await this.needsSetUp()))
      throw new LifeboatError("CONSOLE_SET_UP_REFUSED", { reason: "there are users already" });
    const from = countedAddress(address);
    this.#throttle.begin("", from);
    if (!isSame(plainCode(code), plainCode(this.setUpCode())))
      throw new LifeboatError("CONSOLE_SET_UP_REFUSED", { reason: "the server has printed another code" });
    this.#throttle.wasRight("", from);
    expectGoodPassword(name, password);
    const hashed = await hashPassword(password, this.#cost);
    await this.#store.change(async (sql) => {
      if ((await listUsers(sql)).length > 0)
        throw new LifeboatError("CONSOLE_SET_UP_REFUSED", { reason: "there are users already" });
      await addUser(sql, name, { role: "admin", password: hashed }, this.#now());
    });
    this.#setUpCode = undefined;
    return this.#open(name, hashed);
  }

  /** @returns what the browser keeps @throws CONSOLE_LOGIN_FAILED, CONSOLE_TOO_MANY_TRIES */
  async logIn(name: string, password: string, address: string): Promise<string> {
    const from = countedAddress(address);
    this.#throttle.begin(name, from);
    const credential = await this.#store.read((sql) => credentialOf(sql, name));
    if (!(await isPassword(password, credential?.password, this.#cost)) || !credential)
      throw new LifeboatError("CONSOLE_LOGIN_FAILED", {});
    this.#throttle.wasRight(name, from);
    return this.#open(name, credential.password);
  }

  async #open(name: string, password: string): Promise<string> {
    const secret = newSecret();
    const isOpen = await this.#store.change(async (sql) => {
      await forgetEnded(sql, this.#times, this.#now());
      return addSession(sql, { hash: secretHash(secret), name, password, now: this.#now() });
    });
    // It was changed, or its user was removed, since it was looked at.
    if (!isOpen) throw new LifeboatError("CONSOLE_LOGIN_FAILED", {});
    return secret;
  }

  /** Undefined: nobody whom we know. @param secret of a cookie, or a token's */
  async who(secret: string): Promise<Who | undefined> {
    const now = this.#now();
    const hash = secretHash(secret);
    if (secret.startsWith(TOKEN_PREFIX)) {
      const token = await this.#store.read((sql) => findToken(sql, hash, now));
      if (!token) return undefined;
      if (now - (token.lastUsed ?? 0) > USE_STEP) await this.#store.change((sql) => useToken(sql, token.id, now));
      return { kind: "token", name: token.name, role: token.role, endsAt: token.expiresAt };
    }
    const session = await this.#store.read((sql) => findSession(sql, hash, this.#times, now));
    if (!session) return undefined;
    if (now - session.usedAt > USE_STEP) await this.#store.change((sql) => useSession(sql, hash, now));
    return { kind: "user", name: session.name, role: session.role, endsAt: session.endsAt, session: hash };
  }

  async logOut(session: string): Promise<void> {
    await this.#store.change((sql) => endSession(sql, session));
  }

  async logOutEverywhere(name: string): Promise<void> {
    await this.#store.change((sql) => endSessionsOf(sql, name));
  }

  /** @throws CONSOLE_LOGIN_FAILED, CONSOLE_TOO_MANY_TRIES, CONSOLE_USER_INVALID */
  async changePassword({ name, session }: Who, password: string, newPassword: string, address: string): Promise<void> {
    const from = countedAddress(address);
    this.#throttle.begin(name, from);
    const credential = await this.#store.read((sql) => credentialOf(sql, name));
    if (!credential || !(await isPassword(password, credential.password)))
      throw new LifeboatError("CONSOLE_LOGIN_FAILED", {});
    this.#throttle.wasRight(name, from);
    await this.setPassword(name, newPassword, session);
  }

  /** @throws CONSOLE_USER_UNKNOWN, CONSOLE_USER_INVALID */
  async setPassword(name: string, password: string, keptSession?: string): Promise<User> {
    expectGoodPassword(name, password);
    const hashed = await hashPassword(password, this.#cost);
    return this.#store.change((sql) => setPassword(sql, name, hashed, keptSession));
  }

  /** @throws CONSOLE_USER_EXISTS, CONSOLE_USER_INVALID */
  async addUser(name: string, role: Role, password: string): Promise<User> {
    expectGoodPassword(name, password);
    const hashed = await hashPassword(password, this.#cost);
    return this.#store.change((sql) => addUser(sql, name, { role, password: hashed }, this.#now()));
  }

  /** @param days undefined: without an end */
  async createToken(
    { name, role, days }: { name: string; role: Role; days?: number | undefined },
    createdBy: string,
  ): Promise<Token & { readonly secret: string }> {
    const secret = `${TOKEN_PREFIX}${newSecret()}`;
    const now = this.#now();
    const token: Token = {
      ...{ id: randomUUID(), name, role, createdAt: now, createdBy },
      ...(days !== undefined && { expiresAt: now + days * 86_400_000 }),
    };
    await this.#store.change((sql) => addToken(sql, secretHash(secret), token));
    return { ...token, secret };
  }
}

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(Buffer.from(secretHash(one)), Buffer.from(secretHash(other)));
