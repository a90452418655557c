import { readdir } from "node:fs/promises";
import { beforeEach, expect, it } from "vitest";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { askRemote, sessionOf } from "#test/engine/rescue/ask-remote.ts";
import { type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";

interface Remote {
  pages: { isOpen: boolean; code: string; addresses: string[]; fingerprint: string; sessions: number };
}
const SYSTEM = "/api/v1/system";

async function opened(server: RescueServer): Promise<Remote["pages"] & { port: number }> {
  const { json } = await server.post("/api/v1/remote/pages", { open: true });
  const { pages } = json as Remote;
  return { ...pages, port: Number(/:(\d+)\/$/.exec(pages.addresses[0] ?? "")?.[1]) };
}

let work: Workspace;
let server: RescueServer;
beforeEach(async () => {
  await using stack = new AsyncDisposableStack();
  work = stack.use(await openWorkspace());
  server = stack.use(await startRescueServer("--remote-port", "0", "--run", work.path("run"), "--images", work.folder));
  const kept = stack.move();
  return () => kept.disposeAsync();
});

it("shows nothing but the field for the code to who has not given it, and everything to who has", async () => {
  const { port, code, fingerprint } = await opened(server);
  const page = await askRemote(port, "/");
  expect(page.text).toContain("Type the code");
  expect(page.fingerprint).toBe(fingerprint);
  expect((await askRemote(port, "/pair.js")).status).toBe(200);
  for (const path of [SYSTEM, "/api/v1/log", "/api/v1/support-bundle", "/main.js", "/api/v1/jobs/x/events"])
    expect([path, (await askRemote(port, path)).status]).toEqual([path, 401]);
  expect((await askRemote(port, "/api/v1/power", { body: { action: "restart" } })).status).toBe(401);

  const wrong = await askRemote(port, "/api/v1/pair", { body: { code: "0000-0000-0000" } });
  expect([wrong.status, wrong.cookie]).toEqual([403, undefined]);
  const paired = await askRemote(port, "/api/v1/pair", { body: { code: code.toLowerCase() } });
  expect(paired.cookie).toMatch(/^__Host-lifeboat=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  expect((await askRemote(port, SYSTEM, { headers: sessionOf(paired.cookie) })).text).toContain('"isRescue":false');
  expect((await askRemote(port, SYSTEM, { headers: { Cookie: "__Host-lifeboat=x" } })).status).toBe(401);
  expect(((await server.get("/api/v1/remote")).json as Remote).pages.sessions).toBe(1);
});

it("lets no two browsers in by one answer, whatever key they send", async () => {
  const { port, code } = await opened(server);
  const again = { body: { code }, headers: { "Idempotency-Key": "k" } };
  const [one, two] = [await askRemote(port, "/api/v1/pair", again), await askRemote(port, "/api/v1/pair", again)];
  expect(one.cookie).not.toBe(two.cookie);
});

it("counts tries for all together: after five wrong codes even the right one waits", async () => {
  const { port, code } = await opened(server);
  const tryCode = async (text: string) => (await askRemote(port, "/api/v1/pair", { body: { code: text } })).status;
  expect(await Promise.all(Array.from({ length: 5 }, () => tryCode("0000-0000-0000")))).toEqual(Array(5).fill(403));
  expect(await tryCode(code)).toBe(429);
});

it("refuses pages of others, names of others, and forms", async () => {
  const { port, code } = await opened(server);
  const { cookie } = await askRemote(port, "/api/v1/pair", { body: { code } });
  const headers = sessionOf(cookie);
  const status = async (more: Record<string, string>) =>
    (await askRemote(port, SYSTEM, { headers: { ...headers, ...more } })).status;
  expect(await status({ Host: `evil.example:${port}` })).toBe(403);
  expect(await status({ Origin: "https://evil.example" })).toBe(403);
  expect(await status({ Host: `[2001:db8::1]:${port}` })).toBe(200);
  expect(await status({ Host: `127.0.0.1:${port}`, Origin: `https://127.0.0.1:${port}` })).toBe(200);
  const form = await askRemote(port, "/api/v1/power", {
    body: {},
    headers: { ...headers, "Content-Type": "text/plain" },
  });
  expect(form.status).toBe(400);
});

it("is closed until it is opened; once closed nobody is in any more, and the next code is another one", async () => {
  expect(((await server.get("/api/v1/remote")).json as Remote).pages).toEqual({
    isOpen: false,
    addresses: [],
    sessions: 0,
  });
  const first = await opened(server);
  expect(await opened(server)).toEqual(first); // opening twice changes nothing
  const { cookie } = await askRemote(first.port, "/api/v1/pair", { body: { code: first.code } });
  await server.post("/api/v1/remote/pages", { open: false });
  await expect(askRemote(first.port, "/")).rejects.toThrow("ECONNREFUSED");
  const second = await opened(server);
  expect([second.code === first.code, second.fingerprint === first.fingerprint]).toEqual([false, false]);
  expect((await askRemote(second.port, SYSTEM, { headers: sessionOf(cookie) })).status).toBe(401);
});

it("keeps nothing on a disk: neither code nor password", async () => {
  await opened(server);
  expect(await readdir(work.path("run")).catch(() => [])).toEqual([]);
});
