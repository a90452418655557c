import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cookieOf, HOUR, TestConsole } from "#test/doubles/console.ts";
import { sampleWanted } from "#test/doubles/sample-deployment.ts";
import type { Happening } from "../machines/entry.ts";
import { api, isEnough, mediaFilesPath, ROLES, type Session, type User } from "./contract.ts";
import { readAudit } from "./store/audit.ts";
import { listTokens } from "./store/tokens.ts";

const PASSWORD = "correct horse 7";
const OTHER = "another staple 8";

let served: TestConsole;
beforeEach(async () => {
  served = await TestConsole.open();
});
afterEach(() => served[Symbol.asyncDispose]());

const code = (said: { body: never }) => (said.body as { code?: string }).code;
const logIn = (name: string, password: string) => served.call("logIn", { body: { name, password } });
const audit = () => served.store.read((sql) => readAudit(sql));

async function loggedIn(name: string): Promise<{ Cookie: string }> {
  const said = await logIn(name, PASSWORD);
  expect(said.status).toBe(200);
  return cookieOf(said);
}

describe("roles", () => {
  test("each route lets in those whom the contract names, and nobody else", async () => {
    await served.access.addUser("anna", "admin", PASSWORD);
    const keys = new Map(await Promise.all(ROLES.map(async (role) => [role, await served.as(role)] as const)));
    const wrong: string[] = [];
    for (const name of Object.keys(api) as (keyof typeof api)[])
      for (const role of [undefined, ...ROLES]) {
        // Of what is let in most is refused as nonsense, behind the door: nothing is changed here.
        const said = await served.call(name, { headers: role ? (keys.get(role) ?? {}) : {}, body: { nonsense: 1 } });
        const expected = isEnough(role, api[name].needs)
          ? undefined
          : role
            ? "CONSOLE_ROLE_TOO_LOW"
            : "CONSOLE_NOT_LOGGED_IN";
        const found = code(said);
        const isShut = found === "CONSOLE_ROLE_TOO_LOW" || found === "CONSOLE_NOT_LOGGED_IN";
        if (isShut ? found !== expected : expected !== undefined) wrong.push(`${name} as ${role}: ${found}`);
      }
    expect(wrong).toEqual([]);
    expect(Object.keys(api).length).toBeGreaterThan(30);
  });

  test("what was refused for its role is in the audit log; what nobody tried is not", async () => {
    await served.call("createToken", { body: { name: "x", role: "admin" }, headers: await served.as("operator") });
    await served.call("createToken", { body: { name: "x", role: "admin" } });
    expect(await audit()).toMatchObject([
      { who: "token a-operator", address: "127.0.0.1", what: "createToken", result: "CONSOLE_ROLE_TOO_LOW" },
    ]);
    expect(await served.store.read(listTokens)).toHaveLength(1);
  });

  test("a role that is taken away is gone at once", async () => {
    await served.access.addUser("anna", "admin", PASSWORD);
    await served.access.addUser("bert", "admin", PASSWORD);
    const bert = await loggedIn("bert");
    const anna = await loggedIn("anna");
    expect((await served.call("users", { headers: bert })).status).toBe(200);
    await served.call("changeRole", { params: { name: "bert" }, body: { role: "viewer" }, headers: anna });
    expect(code(await served.call("users", { headers: bert }))).toBe("CONSOLE_ROLE_TOO_LOW");
    const last = await served.call("removeUser", { params: { name: "anna" }, headers: anna });
    expect(code(last)).toBe("CONSOLE_LAST_ADMIN");
    const lower = await served.call("changeRole", {
      params: { name: "anna" },
      body: { role: "viewer" },
      headers: anna,
    });
    expect(code(lower)).toBe("CONSOLE_LAST_ADMIN");
  });
});

describe("the first admin", () => {
  test("is made with the code that the server prints, once", async () => {
    const before = await served.call("session");
    expect(before.body).toEqual({ version: "1.2.3", needsSetUp: true } satisfies Session);
    const wrong = { code: "AAAA-BBBB-CCCC", name: "anna", password: PASSWORD };
    expect(code(await served.call("setUp", { body: wrong }))).toBe("CONSOLE_SET_UP_REFUSED");
    const right = { ...wrong, code: served.access.setUpCode().toLowerCase().replaceAll("-", " ") };
    expect(code(await served.call("setUp", { body: { ...right, password: "annaannaanna" } }))).toBe(
      "CONSOLE_USER_INVALID",
    );
    const made = await served.call("setUp", { body: right });
    expect(made.body).toMatchObject({ needsSetUp: false, user: { name: "anna", role: "admin", kind: "user" } });
    expect((await served.call("audit", { headers: cookieOf(made) })).body).toMatchObject([
      { who: "nobody", what: "setUp", target: "anna", result: "done" },
      { who: "nobody", what: "setUp", target: "anna", result: "CONSOLE_SET_UP_REFUSED" },
    ]);
    expect(code(await served.call("setUp", { body: { ...right, name: "eve" } }))).toBe("CONSOLE_SET_UP_REFUSED");
  });

  test("cannot be made by trying codes", async () => {
    const tries = await Promise.all(
      Array.from({ length: 8 }, () =>
        served.call("setUp", { body: { code: "AAAA-BBBB-CCCC", name: "eve", password: PASSWORD } }),
      ),
    );
    expect(tries.map(code).filter((one) => one === "CONSOLE_TOO_MANY_TRIES")).toHaveLength(3);
    const right = { code: served.access.setUpCode(), name: "eve", password: PASSWORD };
    expect(code(await served.call("setUp", { body: right }))).toBe("CONSOLE_TOO_MANY_TRIES");
  });
});

describe("logging in", () => {
  beforeEach(async () => {
    await served.access.addUser("anna", "operator", PASSWORD);
  });

  test("gives a cookie that scripts and other sites cannot use; a wrong password and a wrong name look the same", async () => {
    const said = await logIn("anna", PASSWORD);
    expect(said.response.headers.getSetCookie()[0]).toMatch(
      /^lifeboat-console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(said.body).toMatchObject({ user: { name: "anna", role: "operator" } });
    const [wrong, nobody] = [await logIn("anna", "wrong"), await logIn("eve", "wrong")];
    expect([wrong.status, nobody.status]).toEqual([403, 403]);
    expect(wrong.body).toEqual(nobody.body);
    // Nothing that was typed is kept, in the log neither.
    expect(JSON.stringify([served.logged, await audit()])).not.toMatch(/wrong"|horse/);
  });

  test("too many wrong tries: the right one is not looked at either, until it is time; others get in", async () => {
    await served.access.addUser("bert", "viewer", PASSWORD);
    for (let tries = 0; tries < 5; tries++) expect(code(await logIn("anna", "wrong"))).toBe("CONSOLE_LOGIN_FAILED");
    const shut = await logIn("anna", PASSWORD);
    expect(shut.body).toMatchObject({ code: "CONSOLE_TOO_MANY_TRIES", details: { seconds: 30 } });
    expect((await logIn("bert", PASSWORD)).status).toBe(200);
    served.clock.now += 29_000;
    expect(code(await logIn("anna", PASSWORD))).toBe("CONSOLE_TOO_MANY_TRIES");
    served.clock.now += 1000;
    expect((await logIn("anna", PASSWORD)).status).toBe(200);
  });

  test("ends after two hours without a request, and after a day in any case", async () => {
    const cookie = await loggedIn("anna");
    const isIn = async () => "user" in ((await served.call("session", { headers: cookie })).body as Session);
    for (let hours = 0; hours < 23; hours++) {
      served.clock.now += HOUR;
      expect(await isIn()).toBe(true);
    }
    served.clock.now += HOUR + 1;
    expect(await isIn()).toBe(false);
    const other = await loggedIn("anna");
    served.clock.now += 2 * HOUR + 1;
    expect((await served.call("machines", { headers: other })).status).toBe(401);
  });

  test("logging out, here and everywhere; a new password leaves this browser alone in", async () => {
    const [one, two, three] = [await loggedIn("anna"), await loggedIn("anna"), await loggedIn("anna")];
    const isIn = async (headers: { Cookie: string }) => (await served.call("machines", { headers })).status === 200;
    const out = await served.call("logOut", { headers: one });
    expect(out.response.headers.getSetCookie()[0]).toMatch(/^lifeboat-console=; Max-Age=0;/);
    expect([await isIn(one), await isIn(two), await isIn(three)]).toEqual([false, true, true]);
    const change = (password: string) =>
      served.call("changePassword", { body: { password, newPassword: OTHER }, headers: two });
    expect(code(await change("wrong"))).toBe("CONSOLE_LOGIN_FAILED");
    expect((await change(PASSWORD)).status).toBe(200);
    expect([await isIn(two), await isIn(three)]).toEqual([true, false]);
    expect(code(await logIn("anna", PASSWORD))).toBe("CONSOLE_LOGIN_FAILED");
    const four = cookieOf(await logIn("anna", OTHER));
    await served.call("logOutEverywhere", { headers: four });
    expect([await isIn(two), await isIn(four)]).toEqual([false, false]);
  });

  test("an admin logs others out, and sets passwords; a user who is removed is out", async () => {
    const admin = await served.as("admin");
    const cookie = await loggedIn("anna");
    const user = await served.call("logOutUser", { params: { name: "anna" }, headers: admin });
    expect(user.body).toMatchObject({ name: "anna", sessions: 0 } satisfies Partial<User>);
    expect((await served.call("machines", { headers: cookie })).status).toBe(401);
    const again = await loggedIn("anna");
    await served.call("removeUser", { params: { name: "anna" }, headers: admin });
    expect((await served.call("machines", { headers: again })).status).toBe(401);
    expect(code(await logIn("anna", PASSWORD))).toBe("CONSOLE_LOGIN_FAILED");
  });
});

describe("tokens", () => {
  test("are shown once, kept as hashes, end, and can be revoked; they are no users", async () => {
    const admin = await served.as("admin");
    const made = await served.call("createToken", { body: { name: "ci", role: "operator", days: 2 }, headers: admin });
    const { secret, id } = made.body as { secret: string; id: string };
    const headers = { Authorization: `Bearer ${secret}` };
    expect((await served.call("machines", { headers })).status).toBe(200);
    const listed = await served.call("tokens", { headers: admin });
    expect(listed.body).toMatchObject([
      { name: "a-admin" },
      { name: "ci", role: "operator", lastUsed: served.clock.now, createdBy: "token a-admin" },
    ]);
    const all = await served.store.read((sql) => sql("SELECT * FROM console_token"));
    expect(JSON.stringify([listed.body, all, served.logged, await audit()])).not.toContain(secret.slice(9));
    expect(
      code(await served.call("changePassword", { body: { password: PASSWORD, newPassword: OTHER }, headers })),
    ).toBe("REQUEST_INVALID");
    served.clock.now += 48 * HOUR;
    expect((await served.call("machines", { headers })).status).toBe(401);
    await served.call("revokeToken", { params: { id }, headers: admin });
    expect(code(await served.call("revokeToken", { params: { id }, headers: admin }))).toBe("CONSOLE_TOKEN_UNKNOWN");
  });

  test("the same key gets the same answer, for the same asker alone", async () => {
    const [one, other] = [await served.as("admin"), await served.as("operator")];
    const ask = (headers: { Authorization: string }) =>
      served.call("createToken", {
        body: { name: "ci", role: "viewer" },
        headers: { ...headers, "Idempotency-Key": "k" },
      });
    const [first, second] = [await ask(one), await ask(one)];
    expect(second.body).toEqual(first.body);
    expect(code(await ask(other))).toBe("CONSOLE_ROLE_TOO_LOW");
    expect(await served.store.read(listTokens)).toHaveLength(3);
  });
});

describe("foreign pages", () => {
  test.each([
    ["another origin", { Origin: "https://evil.example" }, 403],
    ["the same name, another port", { Origin: "http://127.0.0.1:1" }, 403],
    ["no origin of a page", { Origin: "null" }, 403],
    ["a form", { "Content-Type": "application/x-www-form-urlencoded" }, 400],
    ["a plain text", { "Content-Type": "text/plain" }, 400],
  ])("%s: refused", async (_, headers, status) => {
    await served.access.addUser("anna", "admin", PASSWORD);
    const cookie = await loggedIn("anna");
    const body = { name: "eve", role: "admin" };
    expect((await served.call("createToken", { body, headers: { ...cookie, ...headers } })).status).toBe(status);
    expect(await served.store.read(listTokens)).toEqual([]);
  });

  test("a name of somebody else that leads here is not ours", async () => {
    const { port } = new URL(served.url);
    const statusOf = (host: string) =>
      new Promise<number | undefined>((resolve, reject) =>
        httpRequest({ port, path: "/api/v1/session", headers: { Host: host } }, (answer) =>
          resolve(answer.resume().statusCode),
        )
          .on("error", reject)
          .end(),
      );
    expect(await statusOf(`evil.example:${port}`)).toBe(403);
    expect(await statusOf(`console.example:${port}`)).toBe(200);
    expect(await statusOf(`[::1]:${port}`)).toBe(200);
  });

  test("no script of a page can stand in it, and no frame can show it", async () => {
    const { headers } = (await served.call("session")).response;
    expect(headers.get("Content-Security-Policy")).toBe(
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    );
    expect(headers.get("Cache-Control")).toBe("no-store");
  });
});

describe("what pages need", () => {
  const MAC = "52:54:00:00:00:0a";
  const happened = (at: number, happening: Happening) => ({ at, mac: MAC, mayCreate: true, happening });

  test("how far each machine is, without its whole timeline", async () => {
    const headers = await served.as("viewer");
    await served.machines.record([
      happened(1, { kind: "discover", mac: MAC, boots: true }),
      happened(2, { kind: "up", text: "it is up" }),
    ]);
    expect((await served.call("machineStates", { headers })).body).toEqual([
      { machine: 1, entry: { at: 2, kind: "up", text: "it is up" } },
    ]);
  });

  test("who looks at machines hears of what others change", async () => {
    await served.machines.record([happened(1, { kind: "up", text: "" })]);
    const stop = new AbortController();
    const heard = served.events.from(undefined, stop.signal).next();
    await served.call("markMachine", { body: { note: "x" }, headers: await served.as("operator") });
    expect((await heard).value).toMatchObject({ data: { kind: "machines" } });
    stop.abort();
  });

  test("the audit log is searched by the server", async () => {
    const headers = await served.as("admin");
    await served.call("createToken", { body: { name: "ci", role: "viewer" }, headers });
    await served.call("createToken", { body: { name: "other", role: "viewer" }, headers });
    const said = await served.call("audit", { headers, query: "?search=CI%3A" });
    expect(said.body).toMatchObject([{ what: "createToken", target: "ci: viewer" }]);
    expect(said.body).toHaveLength(1);
  });

  test("media are named and loaded, in parts too; other files of that folder, and those outside of it, are not", async () => {
    const root = mkdtempSync(join(tmpdir(), "lifeboat-media-"));
    try {
      mkdirSync(join(root, "media"));
      writeFileSync(join(root, "media", "rescue 1.iso"), "0123456789");
      writeFileSync(join(root, "bootx64.efi"), "efi");
      writeFileSync(join(root, "..", "outside.iso"), "outside");
      await served[Symbol.asyncDispose]();
      served = await TestConsole.open({ root });
      const headers = await served.as("viewer");
      expect((await served.call("media", { headers })).body).toMatchObject([{ name: "media/rescue 1.iso", bytes: 10 }]);
      const load = (path: string, more: Record<string, string> = headers) =>
        fetch(`${served.url}${mediaFilesPath}/${path}`, { headers: more });
      expect(await (await load("media/rescue%201.iso")).text()).toBe("0123456789");
      expect(await (await load("media/rescue%201.iso", { ...headers, Range: "bytes=8-" })).text()).toBe("89");
      expect((await load("media/rescue%201.iso", {})).status).toBe(401);
      for (const other of ["bootx64.efi", "..%2foutside.iso", "%2e%2e/outside.iso", "..%5coutside.iso"])
        expect([403, 404], other).toContain((await load(other)).status);
    } finally {
      rmSync(join(root, "..", "outside.iso"), { force: true });
      rmSync(root, { recursive: true });
    }
  });
});

describe("sizes", () => {
  test("who is not logged in sends little; nobody sends much", async () => {
    const body = { name: "anna", password: "x".repeat(20_000) };
    expect((await served.call("logIn", { body })).body).toMatchObject({ details: { problem: "it is too large" } });
    const list = { list: "macs\n".padEnd(2 << 20), isTry: true };
    expect(code(await served.call("importMachines", { body: list }))).toBe("REQUEST_INVALID");
    const headers = await served.as("operator");
    expect((await served.call("importMachines", { body: list, headers })).body).toMatchObject({ machines: 0 });
    const most = { list: "x".repeat(6 << 20) };
    expect(code(await served.call("importMachines", { body: most, headers }))).toBe("REQUEST_INVALID");
  });
});

describe("deployments", () => {
  let folder: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "lifeboat-console-"));
    await served[Symbol.asyncDispose]();
    served = await TestConsole.open({ fleetFile: join(folder, "machines.sqlite") });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("operators make and stop them, viewers see them, and nobody sees their passwords", async () => {
    await served.machines.announce([{ line: 1, macs: ["52:54:00:00:00:0a"], name: "pc1" }], "the test");
    const [operator, viewer] = [await served.as("operator"), await served.as("viewer")];
    const spec = { machines: { machines: ["pc1"] }, admission: "network" } as const;
    const body = sampleWanted("room-5", spec, { password: "geheim" });
    const made = await served.call("createDeployment", { body, headers: operator });
    expect(made.body).toMatchObject({ name: "room-5", state: "active", hasSecrets: true, members: [{ name: "pc1" }] });
    const params = { name: "room-5" };
    const paused = await served.call("actOnDeployment", { params, body: { action: "pause" }, headers: operator });
    expect(paused.body).toMatchObject({ state: "paused" });
    const shown = await served.call("deployment", { params, headers: viewer });
    expect(shown.body).toEqual(paused.body);
    expect((await served.call("deployments", { headers: viewer })).body).toMatchObject([{ name: "room-5" }]);
    const told = await audit();
    expect(told.map(({ what, target }) => [what, target])).toEqual([
      ["actOnDeployment", "room-5: pause"],
      ["createDeployment", 'room-5: restore {"machines":["pc1"]}'],
    ]);
    expect(JSON.stringify([made.body, shown.body, told, served.logged])).not.toContain("geheim");
    await served.call("forgetDeployment", { params, headers: operator });
    expect(code(await served.call("deployment", { params, headers: viewer }))).toBe("PXE_DEPLOYMENT_UNKNOWN");
  });

  test("what is wrong with one is named, and nothing is made of it", async () => {
    const headers = await served.as("operator");
    const body = { name: "room 5", spec: { work: { kind: "erase" }, machines: { next: 1 } } };
    expect(code(await served.call("createDeployment", { body, headers }))).toBe("REQUEST_INVALID");
    expect((await served.call("deployments", { headers })).body).toEqual([]);
  });
});
