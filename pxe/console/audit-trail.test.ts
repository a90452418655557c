import { expect, test } from "vitest";
import { AuditTrail } from "./audit-trail.ts";
import { readAudit } from "./store/audit.ts";
import { openConsoleStore } from "./store/console-store.ts";

const failed = { address: "10.0.0.9", what: "logIn", target: "anna", result: "CONSOLE_LOGIN_FAILED" };

test("strangers fill no audit log: a hundred failures, then one in ten seconds, and how many were left out", async () => {
  await using store = await openConsoleStore(":memory:");
  let now = 0;
  const trail = new AuditTrail(store, () => now);
  for (let times = 0; times < 150; times++) await trail.note(undefined, failed);
  expect(await store.read((sql) => readAudit(sql))).toHaveLength(100);
  // What people do who are logged in is always told, and so is a login that succeeds.
  await trail.note({ kind: "user", name: "bert", role: "admin" }, { ...failed, what: "addUser", result: "done" });
  await trail.note(undefined, { ...failed, result: "done" });
  now += 10;
  await trail.note(undefined, failed);
  await trail.note(undefined, failed);
  const [last, login, added] = await store.read((sql) => readAudit(sql));
  expect([added?.who, login?.result]).toEqual(["bert", "done"]);
  expect(login?.target).toBe("anna (50 more of nobody were left out before)");
  expect(last).toMatchObject({ who: "nobody", target: "anna" });
  expect(await store.read((sql) => readAudit(sql))).toHaveLength(103);
});

test("what strangers ask for that is nothing is not told", async () => {
  await using store = await openConsoleStore(":memory:");
  const trail = new AuditTrail(store);
  for (const result of ["REQUEST_INVALID", "CONSOLE_TOO_MANY_TRIES", "CONSOLE_NOT_LOGGED_IN"])
    await trail.note(undefined, { ...failed, result });
  expect(await store.read((sql) => readAudit(sql))).toEqual([]);
});
