import type { Express } from "express";
import { LifeboatError } from "#base/errors.ts";
import { readBytes } from "#imaging/device/block-device.ts";
import { Access } from "#pxe/console/access.ts";
import { consoleApp } from "#pxe/console/console-app.ts";
import { api, isEnough, type Needs, ROLES } from "#pxe/console/contract.ts";
import { EventHub } from "#pxe/console/event-hub.ts";
import { readAudit } from "#pxe/console/store/audit.ts";
import { type ConsoleStore, openConsoleStore } from "#pxe/console/store/console-store.ts";
import { listUsers } from "#pxe/console/store/users.ts";
import { openMachineStore } from "#pxe/machines/open-machine-store.ts";
import { answerTo } from "#test/doubles/in-process-request.ts";
import { text } from "#test/fuzz/make-seed.ts";
import { type FuzzTarget, JSON_FILE, promise } from "#test/fuzz/target.ts";

const PASSWORD = "correct horse 7";
const MACS = ["52:54:00:00:00:0a", "52:54:00:00:00:0b"];
const LIST = `macs,name,group\n${MACS.join(" ")},pc7,office\n`;
const CHEAP = { N: 2, r: 1, p: 1 };
const log = { info: () => {}, warn: () => {}, error: () => {} };

/** Deployments have rules and tests of their own: here their requests are only read. */
const none = () => Promise.reject(new LifeboatError("PXE_DEPLOYMENT_UNKNOWN", { name: "x" }));
const noRepository = () => Promise.reject(new LifeboatError("NOT_FOUND", { what: "the repository x" }));

interface World {
  readonly app: Express;
  readonly store: ConsoleStore;
  /** By role; "cookie": of a browser whose user is an admin. */
  readonly keys: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly close: () => Promise<void>;
}

async function newWorld(): Promise<World> {
  const store = await openConsoleStore(":memory:");
  const machines = await openMachineStore(":memory:");
  await machines.announce([{ line: 1, macs: MACS, name: "pc7", group: "office" }], "the seed");
  const access = new Access({ store, times: { idle: 1e9, lifetime: 1e9 }, cost: CHEAP });
  await access.addUser("anna", "admin", PASSWORD);
  await access.addUser("vera", "viewer", PASSWORD);
  const keys: Record<string, Record<string, string>> = { nobody: {} };
  for (const role of ROLES)
    keys[role] = { Authorization: `Bearer ${(await access.createToken({ name: role, role }, "the seed")).secret}` };
  keys["cookie"] = { Cookie: `lifeboat-console=${await access.logIn("anna", PASSWORD, "127.0.0.1")}` };
  const app = consoleApp({
    ...{ access, store, machines, events: new EventHub(1), log, version: "1" },
    door: { isSecure: false, names: [] },
    wake: () => Promise.resolve(),
    repositories: { view: () => Promise.resolve([]) },
    retention: {
      ...{ preview: noRepository, set: noRepository, remove: noRepository, apply: noRepository },
      workOn: () => undefined,
    },
    root: "/nonexistent",
    settings: () => Promise.resolve({ config: {}, channels: [] }),
    testChannel: () => Promise.resolve(),
    bootFileOrders: () => Promise.resolve({ parameter: "lifeboat.orders=KEY", isThere: undefined }),
    fleet: {
      list: () => Promise.resolve([]),
      show: none,
      create: none,
      previewIdentities: none,
      act: none,
      forget: none,
    },
  });
  const close = async () => {
    await store[Symbol.asyncDispose]();
    await machines[Symbol.asyncDispose]();
  };
  return { app, store, keys, close };
}

interface Asked {
  readonly as: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const asks = (name: keyof typeof api, as: string, url: string, body: unknown = {}) => {
  const headers = api[name].method === "POST" ? { "Content-Type": "application/json", "Idempotency-Key": name } : {};
  const asked: Asked = { as, method: api[name].method, url, headers, body };
  return { name: `${name}-${as}`, content: () => text(JSON.stringify(asked)) };
};

const V1 = "/api/v1";
const SEEDS = [
  asks("session", "nobody", `${V1}/session`),
  asks("logIn", "nobody", `${V1}/session/log-in`, { name: "vera", password: PASSWORD }),
  asks("changePassword", "cookie", `${V1}/session/password`, { password: PASSWORD, newPassword: "another staple" }),
  asks("logOut", "cookie", `${V1}/session/log-out`),
  asks("users", "admin", `${V1}/users`),
  asks("addUser", "admin", `${V1}/users`, { name: "eve", role: "operator", password: PASSWORD }),
  asks("changeRole", "admin", `${V1}/users/vera/role`, { role: "operator" }),
  asks("removeUser", "cookie", `${V1}/users/vera/remove`),
  asks("createToken", "admin", `${V1}/tokens`, { name: "ci", role: "viewer", days: 7 }),
  asks("audit", "admin", `${V1}/audit?before=10`),
  asks("machines", "viewer", `${V1}/machines`),
  asks("machine", "viewer", `${V1}/machines/1`),
  asks("exportMachines", "viewer", `${V1}/machines/export?format=csv`),
  asks("markMachine", "operator", `${V1}/machines/1/mark`, { name: "pc8", note: "x", approval: "approved" }),
  asks("markMachines", "operator", `${V1}/machines/mark`, { machines: [1], marks: { policy: "once", group: "g" } }),
  asks("splitMachine", "operator", `${V1}/machines/1/split`, { mac: MACS[1] }),
  asks("wakeMachines", "operator", `${V1}/machines/wake`, { machines: [1] }),
  asks("forgetMachines", "operator", `${V1}/machines/forget`, { machines: [1] }),
  asks("importMachines", "operator", `${V1}/machines/import`, { list: LIST, isTry: false }),
  asks("snippets", "viewer", `${V1}/snippets`),
];

/** What may be done without each role, by method and path: the contract's own words, read once more. */
const ROUTES = Object.values(api).map(({ method, path, needs }) => ({
  ...{ method, needs: needs as Needs },
  pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}/?$`, "i"),
}));

let world: World | undefined;

/** Requests of anybody, in whatever role: none ends in a fault of ours, none gets more than its role, none tells a secret. */
export const target: FuzzTarget = {
  name: "console-request",
  seeds: SEEDS,
  allowed: [],
  dictionary: [
    "admin",
    "nobody",
    "cookie",
    "POST",
    "GET",
    "/api/v1/",
    "..",
    "%2e%2e%2f",
    "__proto__",
    "constructor",
    "\\u0000",
    "null",
  ],
  json: JSON_FILE,
  async parse(device) {
    const bytes = await readBytes(device, 0, Math.min(device.size, 1 << 20));
    // Seeds are tried all at once, and each has a world of its own.
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const before = turn;
    turn = over;
    await before;
    try {
      return await tried(askedIn(bytes));
    } finally {
      resolve();
    }
  },
};

let turn: Promise<void> = Promise.resolve();

async function tried(asked: ReturnType<typeof askedIn>): Promise<string> {
  world ??= await newWorld();
  const opened = world;
  const { app, keys, store } = opened;
  const key = Object.hasOwn(keys, asked.as) ? keys[asked.as] : {};
  const { status, text: said } = await answerTo(app, {
    ...{ method: asked.method, url: asked.url, headers: { Host: "127.0.0.1:8443", ...asked.headers, ...key } },
    body: asked.body,
  });
  promise(status >= 200 && status < 500, () => `status ${status}: ${said.slice(0, 400)}`);
  promise(!/scrypt:|\bat .*\.ts:\d/.test(said), () => "a hash or a stack is shown");
  const path = asked.url.split("?")[0] ?? "";
  const route = ROUTES.find(({ method, pattern }) => method === asked.method && pattern.test(path));
  const role = asked.as === "cookie" ? "admin" : ROLES.find((one) => one === asked.as);
  if (route && status < 300) promise(isEnough(role, route.needs), () => `${asked.as} may do ${path}`);
  if (asked.method === "POST" && status < 300) {
    await holdWorld(store);
    await opened.close();
    world = undefined;
  }
  return status < 300 ? "accepted" : `status ${status}`;
}

async function holdWorld(store: ConsoleStore): Promise<void> {
  const users = await store.read(listUsers);
  promise(
    users.some(({ name, role }) => name === "anna" && role === "admin"),
    () => "the only admin is gone",
  );
  const [last] = await store.read((sql) => readAudit(sql));
  promise(last?.result === "done", () => `something was done, and the audit log says ${last?.result}`);
  promise(!JSON.stringify(last).includes(PASSWORD), () => "a password is in the audit log");
}

const asText = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? ""));

/** What is no document any more is the body of a request itself. */
function askedIn(bytes: Uint8Array) {
  const raw = {
    ...{ as: "operator", method: "POST", url: `${V1}/machines/import` },
    ...{ headers: { "Content-Type": "application/json" } as Record<string, string>, body: bytes },
  };
  let asked: Partial<Asked> | null;
  try {
    asked = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Asked> | null;
  } catch {
    return raw;
  }
  if (typeof asked !== "object" || asked === null) return raw;
  const { as, method, url, headers, body } = asked;
  const named = Object.entries(typeof headers === "object" && headers !== null ? headers : {});
  return {
    ...{ as: asText(as), method: methodIn(asText(method)), url: urlIn(asText(url)), body: text(asText(body)) },
    headers: Object.fromEntries(named.map(([name, value]) => [name, headerIn(asText(value))])),
  };
}

/** Node's reader of HTTP lets nothing else through. */
const methodIn = (method: string): string => (/^[A-Z]{1,10}$/.test(method) ? method : "POST");
const urlIn = (url: string): string =>
  /^\/[\x21-\x7e]*$/.test(url) ? url : `/${encodeURIComponent(toWellFormed(url))}`;
const headerIn = (value: string): string => value.replaceAll(/[^\x20-\x7e]/g, "?");
const toWellFormed = (value: string): string => value.toWellFormed();
