import { afterEach, beforeEach, expect, test } from "vitest";
import { Access } from "#pxe/console/access.ts";
import { appendAudit, readAudit } from "#pxe/console/store/audit.ts";
import { type ConsoleStore, openConsoleStore } from "#pxe/console/store/console-store.ts";
import { allRules, keepRules, noteRun, removeRules, rulesOf } from "#pxe/console/store/retention.ts";
import { noteSize, sizesOf } from "#pxe/console/store/sizes.ts";
import { listTokens, revokeToken } from "#pxe/console/store/tokens.ts";
import { changeRole, listUsers, removeUser } from "#pxe/console/store/users.ts";
import type { Notice } from "#pxe/notify/notice.ts";
import { claim, countWaiting, isSent, release, takeNotice } from "#pxe/notify/waiting.ts";

const PASSWORD = "correct horse 7";
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const entry = (target: string) => ({ ...{ at: 1, who: "anna", address: "::1", what: "x", result: "done" }, target });
const notice = (machine: string): Notice => ({ at: 1, topic: "job-failed", text: "it has failed", machine });

/** What every store of the console holds to, whatever it is. @param newPlace an empty one each time */
export function consoleStoreSuite(newPlace: () => Promise<string>): void {
  let place: string;
  let store: ConsoleStore;
  let now: number;
  let access: Access;
  beforeEach(async () => {
    place = await newPlace();
    store = await openConsoleStore(place);
    now = 1_000_000;
    access = new Access({ store, times: { idle: 1000, lifetime: 5000 }, now: () => now, cost: CHEAP });
  });
  afterEach(() => store[Symbol.asyncDispose]());

  test("what an older version wrote gets the tables that it lacks, and loses nothing", async () => {
    await access.addUser("anna", "admin", PASSWORD);
    await store.change(async (sql) => {
      await sql("DROP TABLE repository_retention");
      await sql("UPDATE console_state SET version = 1");
    });
    await using newer = await openConsoleStore(place);
    expect(await newer.read(allRules)).toEqual([]);
    expect(await newer.read(listUsers)).toHaveLength(1);
  });

  test("rules of an older version are applied at the time that it had for all", async () => {
    const rules = { last: 3, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
    const kept = { rules, quietTime: "23:30", setBy: "anna", setAt: 1 };
    await store.change((sql) => keepRules(sql, { name: "a", id: "1" }, kept));
    await store.change(async (sql) => {
      await sql("ALTER TABLE repository_retention DROP COLUMN quiet_time");
      await sql("UPDATE console_state SET version = 2");
    });
    await using newer = await openConsoleStore(place);
    expect(await newer.read(allRules)).toMatchObject([{ rules, quietTime: "05:00" }]);
  });

  test("rules are those of one repository, not of another one of its name or id", async () => {
    const rules = { last: 3, daily: 7, weekly: 0, monthly: 0, yearly: 0 };
    const kept = { rules, quietTime: "23:30", setBy: "anna", setAt: 1_800_000_000_000 };
    const run = { at: 1_800_000_000_001, deleted: 2, freed: 2 ** 40, later: 5 };
    await store.change((sql) => keepRules(sql, { name: "a", id: "1" }, kept));
    await store.change((sql) => noteRun(sql, { name: "a", id: "2" }, run));
    expect(await store.read((sql) => rulesOf(sql, { name: "a", id: "1" }))).toEqual(kept);
    for (const other of [
      { name: "a", id: "2" },
      { name: "b", id: "1" },
    ])
      expect(await store.read((sql) => rulesOf(sql, other))).toBeUndefined();
    await store.change((sql) => noteRun(sql, { name: "a", id: "1" }, run));
    expect(await store.read(allRules)).toEqual([{ name: "a", id: "1", ...kept, last: run }]);
    await store.change((sql) => keepRules(sql, { name: "a", id: "1" }, { ...kept, setBy: "bert" }));
    expect(await store.read(allRules)).toEqual([{ name: "a", id: "1", ...kept, setBy: "bert" }]);
    await store.change((sql) => removeRules(sql, { name: "a", id: "1" }));
    expect(await store.read(allRules)).toEqual([]);
  });

  test("users and logins are there, in this process and in another one", async () => {
    const made = await access.addUser("anna", "admin", PASSWORD);
    expect(made).toEqual({ name: "anna", role: "admin", createdAt: now, sessions: 0 });
    const secret = await access.logIn("anna", PASSWORD, "::1");
    await using other = await openConsoleStore(place);
    expect(await other.read(listUsers)).toEqual([{ ...made, lastLogin: now, sessions: 1 }]);
    const elsewhere = new Access({ store: other, times: { idle: 1000, lifetime: 5000 }, now: () => now });
    expect(await elsewhere.who(secret)).toMatchObject({
      kind: "user",
      name: "anna",
      role: "admin",
      endsAt: now + 5000,
    });
    now += 1001;
    expect(await elsewhere.who(secret)).toBeUndefined();
    expect(await elsewhere.who("x")).toBeUndefined();
  });

  test("two who make the first admin at the same moment: one is made", async () => {
    const code = access.setUpCode();
    const both = await Promise.allSettled(["anna", "bert"].map((name) => access.setUp(code, name, PASSWORD, name)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(await store.read(listUsers)).toHaveLength(1);
  });

  test("two admins who remove each other at the same moment: one stays", async () => {
    await access.addUser("anna", "admin", PASSWORD);
    await access.addUser("bert", "admin", PASSWORD);
    const both = await Promise.allSettled([
      store.change((sql) => removeUser(sql, "anna")),
      store.change((sql) => changeRole(sql, "bert", "viewer")),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect((await store.read(listUsers)).filter(({ role }) => role === "admin")).toHaveLength(1);
  });

  test("a user has the twenty logins that were used last", async () => {
    await access.addUser("anna", "viewer", PASSWORD);
    const secrets: string[] = [];
    for (let times = 0; times < 21; times++) {
      secrets.push(await access.logIn("anna", PASSWORD, "::1"));
      now += 1;
    }
    expect(await access.who(secrets[0] ?? "")).toBeUndefined();
    expect(await access.who(secrets[1] ?? "")).toMatchObject({ name: "anna" });
  });

  test("tokens: used, over, revoked", async () => {
    const { secret, ...token } = await access.createToken({ name: "ci", role: "operator", days: 1 }, "anna");
    expect(await access.who(secret)).toMatchObject({ kind: "token", name: "ci", role: "operator" });
    expect(await store.read(listTokens)).toEqual([{ ...token, lastUsed: now }]);
    now += 86_400_000;
    expect(await access.who(secret)).toBeUndefined();
    await store.change((sql) => revokeToken(sql, token.id));
    expect(await store.read(listTokens)).toEqual([]);
  });

  test("the audit log only grows, the newest first; of too much the oldest goes", async () => {
    await store.change(async (sql) => {
      for (let times = 1; times <= 1001; times++) await appendAudit(sql, entry(`${times} ${"x".repeat(600)}`), 10);
    });
    const first = await store.read((sql) => readAudit(sql, { most: 2 }));
    expect(first.map(({ target }) => target.slice(0, 4))).toEqual(["1001", "1000"]);
    expect(first[0]?.target).toHaveLength(500);
    const before = await store.read((sql) => readAudit(sql, { before: first[1]?.id, most: 100 }));
    expect(before.map(({ target }) => target.split(" ")[0])).toEqual(
      Array.from({ length: 9 }, (_, at) => String(999 - at)),
    );
  });

  test("entries are found by any of their texts, letter by letter, whatever the case", async () => {
    const targets = ["pc7: 100%", "pc7: 100 percent", "Lab_1", "Lab-1"];
    await store.change(async (sql) => {
      for (const target of targets) await appendAudit(sql, entry(target));
    });
    const found = async (search: string) =>
      (await store.read((sql) => readAudit(sql, { search }))).map(({ target }) => target);
    expect(await found("100%")).toEqual(["pc7: 100%"]);
    expect(await found("lab_")).toEqual(["Lab_1"]);
    expect(await found("\\")).toEqual([]);
    expect(await found("")).toHaveLength(4);
  });

  test("sizes: one a day, the last one", async () => {
    for (const [day, bytes] of [
      ["2026-11-29", 5],
      ["2026-11-30", 2 ** 45],
      ["2026-11-30", 2 ** 46],
    ] as const)
      await store.change((sql) => noteSize(sql, "repo", { day, bytes, points: 2 }));
    expect(await store.read((sql) => sizesOf(sql, "repo"))).toEqual([
      { day: "2026-11-29", bytes: 5, points: 2 },
      { day: "2026-11-30", bytes: 2 ** 46, points: 2 },
    ]);
    expect(await store.read((sql) => sizesOf(sql, "other"))).toEqual([]);
  });

  test("notices: one server takes one, and it comes back when that does not say that it was sent", async () => {
    await store.change((sql) => takeNotice(sql, { channel: "chat", quiet: 100 }, notice("pc1"), 0));
    await store.change((sql) => takeNotice(sql, { channel: "chat", quiet: 100 }, notice("pc2"), 1));
    await using other = await openConsoleStore(place);
    const taken = await store.change((sql) => claim(sql, "chat", 5, 50));
    expect(taken).toMatchObject({ notices: [notice("pc1")], more: 0, tries: 1, since: 0 });
    expect(await other.change((sql) => claim(sql, "chat", 49, 90))).toBeUndefined();
    const again = await other.change((sql) => claim(sql, "chat", 50, 90));
    expect(again).toMatchObject({ id: taken?.id, tries: 2 });
    await other.change((sql) => isSent(sql, again?.id ?? -1));
    await store.change((sql) => release(sql, "chat", 100));
    expect(await store.read((sql) => countWaiting(sql, "chat"))).toBe(1);
    expect(await store.change((sql) => claim(sql, "chat", 100, 150))).toMatchObject({ notices: [notice("pc2")] });
  });

  test("what fails in the middle leaves nothing", async () => {
    const failing = store.change(async (sql) => {
      await appendAudit(sql, entry("half"));
      await sql("SELECT nothing FROM nowhere");
    });
    await expect(failing).rejects.toMatchObject({ code: "CONSOLE_STORE_FAILED" });
    expect(await store.read((sql) => readAudit(sql))).toEqual([]);
  });
}
