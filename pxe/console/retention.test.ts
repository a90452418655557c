import { afterEach, beforeEach, expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { TestConsole } from "#test/doubles/console.ts";
import type { RetentionRules } from "./contract/retention.ts";
import type { RepositoryView } from "./contract/server.ts";
import type { RepositoryFacts } from "./repositories.ts";
import type { RetentionEngine } from "./retention.ts";
import { readAudit } from "./store/audit.ts";
import { allRules } from "./store/retention.ts";

const RULES: RetentionRules = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
const DAY = 86_400_000;

/** Deletes what it is said to, and notes it. */
class PlayedEngine implements RetentionEngine {
  going: string[] = ["office-1", "office-2"];
  fails: LifeboatError | undefined;
  /** It goes on when that is resolved. */
  waits: Promise<void> | undefined;
  warnings: string[] = [];
  readonly deleted: string[] = [];

  preview = () => Promise.resolve(this.going.map((name) => ({ name, createdAt: "", reasons: [] })));

  apply: RetentionEngine["apply"] = async (_found, _rules, confirm, { onProgress }) => {
    confirm(this.going);
    onProgress({ phase: "repack", ratio: 0.5 });
    await this.waits;
    if (this.fails) throw this.fails;
    this.deleted.push(...this.going);
    return { deleted: this.going.splice(0), freed: 0, later: 1 << 20, warnings: this.warnings };
  };
}

const facts = { bytes: 0, points: [], isEncrypted: false };
let engine: PlayedEngine;
let served: TestConsole;
let looked: RepositoryFacts[];
beforeEach(async () => {
  engine = new PlayedEngine();
  looked = [
    { ...facts, name: "pcs/repo", id: "1", folder: "/srv/pcs/repo" },
    { ...facts, name: "ward", id: "2", folder: "/srv/ward", isEncrypted: true },
  ];
  served = await TestConsole.open({ look: () => Promise.resolve(looked), retention: engine });
});
afterEach(() => served[Symbol.asyncDispose]());

const code = (said: { body: never }) => (said.body as { code?: string }).code;
const params = { name: "pcs/repo" };
const set = async (rules: unknown = RULES, name = "pcs/repo") =>
  served.call("setRetention", { params: { name }, body: rules, headers: await served.as("admin") });
const apply = async (points: string[]) =>
  served.call("applyRetention", { params, body: { points }, headers: await served.as("admin") });
const audit = async () =>
  (await served.store.read((sql) => readAudit(sql))).filter(({ what }) => /etention/.test(what));
const last = async () => (await served.store.read(allRules))[0]?.last;

test("rules are set, shown and removed, and the audit log has it", async () => {
  expect(await set({ ...RULES, daily: 7 })).toMatchObject({ status: 200 });
  const headers = await served.as("viewer");
  expect((await served.call("repositories", { headers })).body).toMatchObject([
    { name: "pcs/repo", retention: { rules: { last: 1, daily: 7 }, setBy: "token a-admin" } },
    { name: "ward" },
  ]);
  await served.call("removeRetention", { params, headers: await served.as("admin") });
  expect(await served.store.read(allRules)).toEqual([]);
  expect(await audit()).toMatchObject([
    { what: "removeRetention", target: "pcs/repo", result: "done" },
    { what: "setRetention", target: "pcs/repo: last 1, daily 7, at 05:00", result: "done" },
  ]);
});

test("rules that keep nothing, of no repository, or of an encrypted one are refused", async () => {
  expect(code(await set({ ...RULES, last: 0 }))).toBe("REQUEST_INVALID");
  expect(code(await set({ ...RULES, last: -1 }))).toBe("REQUEST_INVALID");
  expect(code(await set(RULES, "elsewhere"))).toBe("NOT_FOUND");
  expect(code(await set(RULES, "ward"))).toBe("RETENTION_LOCKED");
  const query = "?last=0&daily=0&weekly=0&monthly=0&yearly=0";
  const headers = await served.as("operator");
  expect(code(await served.call("previewRetention", { params, query, headers }))).toBe("REQUEST_INVALID");
  expect(await served.store.read(allRules)).toEqual([]);
});

test("what is applied is what was shown, and nothing when that has changed or no rules are set", async () => {
  expect(code(await apply(engine.going))).toBe("RETENTION_NOT_SET");
  await set();
  expect(code(await apply(["office-1"]))).toBe("RETENTION_CHANGED");
  expect(code(await apply(["office-1", "office-3"]))).toBe("RETENTION_CHANGED");
  expect(engine.deleted).toEqual([]);
  expect((await apply(["office-2", "office-1"])).body).toMatchObject({ deleted: ["office-1", "office-2"] });
  expect(await last()).toEqual({ at: served.clock.now, by: "token a-admin", deleted: 2, freed: 0, later: 1 << 20 });
  expect((await audit())[0]).toMatchObject({
    ...{ who: "token a-admin", what: "applyRetention", result: "done" },
    target: "pcs/repo: 2 points deleted (office-1, office-2), 0 B freed, 1 MiB more by a later run",
  });
});

test("others see how far it is, who began it, and what came of it", async () => {
  await set();
  const seen = async () => {
    const { body } = await served.call("repositories", { headers: await served.as("viewer") });
    const [{ work, retention }] = body as [RepositoryView];
    return { work, last: retention?.last };
  };
  expect((await seen()).work).toBeUndefined();
  const gate = Promise.withResolvers<void>();
  engine.waits = gate.promise;
  const events = served.events.from(undefined, new AbortController().signal);
  const told = events.next();
  const applying = apply([...engine.going]);
  await expect
    .poll(async () => (await seen()).work)
    .toMatchObject({
      ...{ by: "token a-admin", since: served.clock.now, points: 2, phase: "repack", ratio: 0.5 },
    });
  expect((await told).value).toMatchObject({ data: { kind: "repositories" } });
  gate.resolve();
  await applying;
  expect(await seen()).toMatchObject({ work: undefined, last: { by: "token a-admin", deleted: 2 } });
});

test("one that somebody began and that failed is seen by others, too; a refusal is not", async () => {
  await set();
  expect(code(await apply(["office-1"]))).toBe("RETENTION_CHANGED");
  engine.fails = new LifeboatError("REPOSITORY_CAPTURING", { folder: "/srv/pcs/repo", by: "pc7" });
  expect(code(await apply([...engine.going]))).toBe("REPOSITORY_CAPTURING");
  expect(await last()).toBeUndefined();
  engine.fails = new LifeboatError("CREATE_FAILED", { file: "/srv/pcs/repo/leases", reason: "read-only" });
  expect(code(await apply([...engine.going]))).toBe("CREATE_FAILED");
  expect(await last()).toMatchObject({ by: "token a-admin", problem: { code: "CREATE_FAILED" } });
});

test("at the time that was set with the rules", async () => {
  const now = new Date(served.clock.now);
  const inAnHour = `${String((now.getHours() + 1) % 24).padStart(2, "0")}:00`;
  expect(code(await set({ ...RULES, quietTime: "24:00" }))).toBe("REQUEST_INVALID");
  expect((await set({ ...RULES, quietTime: inAnHour })).body).toMatchObject({ quietTime: inAnHour });
  await served.retention.runDue();
  expect(engine.deleted).toEqual([]);
  served.clock.now += 3_600_000;
  await served.retention.runDue();
  expect(engine.deleted).toEqual(["office-1", "office-2"]);
});

test("by itself: nothing without rules; not on the day they were set; then once a day", async () => {
  await served.retention.runDue();
  await set();
  await served.retention.runDue();
  expect(engine.deleted).toEqual([]);
  served.clock.now += DAY;
  await Promise.all([served.retention.runDue(), served.retention.runDue()]);
  expect(engine.deleted).toEqual(["office-1", "office-2"]);
  engine.going = ["office-3"];
  await served.retention.runDue();
  expect(engine.deleted).toHaveLength(2);
  expect(await audit()).toMatchObject([
    { who: "the server", what: "applyRetention", result: "done" },
    { what: "setRetention" },
  ]);
});

test("whoever is at work is waited for; another failure is told, and tried again the next day", async () => {
  await set();
  served.clock.now += DAY;
  engine.fails = new LifeboatError("REPOSITORY_CAPTURING", { folder: "/srv/pcs/repo", by: "pc7" });
  await served.retention.runDue();
  expect([await last(), served.troubles]).toEqual([undefined, []]);
  engine.fails = new LifeboatError("CREATE_FAILED", { file: "/srv/pcs/repo/leases", reason: "read-only" });
  await served.retention.runDue();
  await served.retention.runDue();
  expect(served.troubles).toEqual([engine.fails]);
  expect(await last()).toMatchObject({ deleted: 0, problem: { code: "CREATE_FAILED" } });
  expect((await audit())[0]).toMatchObject({ target: "pcs/repo (office-1, office-2)", result: "CREATE_FAILED" });
  engine.fails = undefined;
  served.clock.now += DAY;
  await served.retention.runDue();
  expect(engine.deleted).toHaveLength(2);
});

test("rules are not applied to another repository that stands in the folder now", async () => {
  await set();
  looked = looked.map((one) => ({ ...one, id: `${one.id ?? ""}0` }));
  served.clock.now += DAY;
  await served.retention.runDue();
  expect(engine.deleted).toEqual([]);
});

test("what stayed is kept as a text, and shown with its words", async () => {
  engine.warnings = ["office-1 stays, because it is in use by a process on nas: clean up again when that has ended"];
  await set();
  expect(await apply(engine.going)).toMatchObject({ status: 200 });
  const by = { text: "a process on nas", said: { key: "stays.process", values: { host: "nas" } } };
  expect((await last())?.warnings).toEqual([
    { text: engine.warnings[0], said: { key: "stays.in-use", values: { point: "office-1", by } } },
  ]);
});
