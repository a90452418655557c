import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request as httpsRequest } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TLSSocket } from "node:tls";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { pointName } from "#imaging/repository/layout.ts";
import { type Namespace, openNamespace, until } from "#test/engine/network/namespace.ts";
import { openPxeNetwork, SERVER, startClient, startServing } from "#test/engine/pxe/pxe-network.ts";
import { captureInto, makeRepository, uniqueDisk } from "#test/engine/repository/repo-space.ts";

const run = promisify(execFile);
const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat.ts", import.meta.url));
const PASSWORD = "correct horse 7";

interface Ready {
  readonly console: readonly string[];
  readonly fingerprint: string;
  readonly setUpCode?: string;
}

let folder: string;
let config: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-serve-"));
  await chmod(folder, 0o755);
  await writeFile(join(folder, "bootx64.efi"), Buffer.alloc(100_000));
  config = join(folder, "server.yaml");
});
afterEach(() => rm(folder, { recursive: true }));

const LOOPBACK = "interface: lo, tftpPort: 0, httpPort: 0, dhcp: none";
const configure = (text: string) => writeFile(config, text);
const here = { pid: process.pid } as Namespace;

async function serve(where: Namespace = here, ...options: string[]) {
  const server = await startServing(where, ["serve", "--json", "--config", config, ...options]);
  const line = server.lines().find((one) => "ready" in one);
  if (!line) throw new Error(`it did not start: ${server.errors()}`);
  return { ...server, ready: line["ready"] as Ready };
}

/** A browser that knows the fingerprint. */
function ask(ready: Ready, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; cookie: string; body: never }>();
  const url = new URL(path, ready.console[0]);
  const options = { method: body === undefined ? "GET" : "POST", rejectUnauthorized: false, agent: false as const };
  const sent = httpsRequest(
    url,
    { ...options, headers: { ...(body !== undefined && { "Content-Type": "application/json" }), ...headers } },
    async (response) => {
      const { fingerprint256 } = (response.socket as TLSSocket).getPeerCertificate();
      let text = "";
      for await (const part of response) text += part;
      if (fingerprint256 !== ready.fingerprint) reject(new Error(`another certificate: ${fingerprint256}`));
      const cookie = response.headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
      resolve({ status: response.statusCode ?? 0, cookie, body: JSON.parse(text) as never });
    },
  );
  sent.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
  return promise;
}

test("first start: HTTPS, a code for the first admin; all of it outlasts a kill", async () => {
  await configure(`pxe: {root: ., ${LOOPBACK}}\nstate: state\nconsole: {port: 0}\n`);
  let cookie: string;
  let first: Ready;
  {
    await using server = await serve();
    first = server.ready;
    expect(first.console[0]).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/$/);
    expect((await ask(first, "/api/v1/machines")).status).toBe(401);
    const admin = { code: first.setUpCode, name: "anna", password: PASSWORD };
    const made = await ask(first, "/api/v1/session/set-up", admin);
    expect(made).toMatchObject({ status: 200, body: { user: { name: "anna", role: "admin" } } });
    cookie = made.cookie;
    expect(cookie).toMatch(/^__Host-lifeboat-console=/);
    await server.kill();
  }
  for (const file of ["users.sqlite", "users.sqlite-wal", "certificate.pem"]) {
    const { mode } = await stat(join(folder, "state", file)).catch(() => ({ mode: 0o600 }));
    expect((mode & 0o777).toString(8), file).toBe("600");
  }
  await using again = await serve();
  expect(again.ready.fingerprint).toBe(first.fingerprint);
  expect(again.ready).not.toHaveProperty("setUpCode");
  const users = await ask(again.ready, "/api/v1/users", undefined, { Cookie: cookie });
  expect(users.body).toMatchObject([{ name: "anna", role: "admin", sessions: 1 }]);
  const { body } = await ask(again.ready, "/api/v1/servers", undefined, { Cookie: cookie });
  expect(body).toMatchObject([{ interfaces: [{ interface: "lo" }], loaders: { x64: "bootx64.efi" } }]);
  expect(await again.stop()).toBe(0);
});

test("commands beside it: users and tokens count at once, and the audit log has them", async () => {
  await configure(`pxe: {root: ., ${LOOPBACK}}\nstate: state\nconsole: {port: 0}\n`);
  await using server = await serve();
  const place = ["--config", config];
  await writeFile(join(folder, "password"), PASSWORD);
  const file = ["--password-file", join(folder, "password")];
  await server.lifeboat("serve", "user", "add", "bert", "--role", "viewer", ...file, ...place);
  const entered = await ask(server.ready, "/api/v1/session/log-in", { name: "bert", password: PASSWORD });
  const headers = { Cookie: entered.cookie };
  expect((await ask(server.ready, "/api/v1/audit", undefined, headers)).status).toBe(403);
  await server.lifeboat("serve", "user", "role", "bert", "admin", ...place);
  expect((await ask(server.ready, "/api/v1/audit", undefined, headers)).body).toMatchObject([
    { who: "root (command)", what: "changeRole", target: "bert: admin", result: "done" },
    { who: "bert", what: "audit", result: "CONSOLE_ROLE_TOO_LOW" },
    { who: "nobody", what: "logIn", target: "bert", result: "done", address: "127.0.0.1" },
    { who: "root (command)", what: "addUser", target: "bert: viewer" },
  ]);
  const token = await server.lifeboat<{ secret: string; id: string }>(
    ...["serve", "token", "create", "ci", "--role", "viewer", "--days", "1", ...place],
  );
  const bearer = { Authorization: `Bearer ${token.secret}` };
  expect((await ask(server.ready, "/api/v1/machines", undefined, bearer)).status).toBe(200);
  await server.lifeboat("serve", "token", "revoke", token.id, ...place);
  expect((await ask(server.ready, "/api/v1/machines", undefined, bearer)).status).toBe(401);
  await expect(server.lifeboat("serve", "user", "remove", "bert", ...place)).rejects.toThrow(/CONSOLE_LAST_ADMIN/);
});

test("rules for a repository's points: set, and applied to those that were shown", async () => {
  await configure(`pxe: {root: ., ${LOOPBACK}}\nstate: state\nconsole: {port: 0}\n`);
  const root = await makeRepository(join(folder, "repo"));
  const disk = await uniqueDisk(join(folder, "disk.img"), 4 << 20);
  const [older, newer] = [await captureInto(root, disk), await captureInto(root, disk)];
  await using server = await serve();
  const args = ["serve", "token", "create", "ci", "--role", "admin", "--config", config];
  const { secret } = await server.lifeboat<{ secret: string }>(...args);
  const headers = { Authorization: `Bearer ${secret}` };
  const path = "/api/v1/repositories/repo/retention";
  const rules = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0 };
  expect(await ask(server.ready, path, rules, headers)).toMatchObject({ status: 200 });
  const points = [pointName(older.image)];
  expect((await ask(server.ready, `${path}/apply`, { points }, headers)).body).toMatchObject({ deleted: points });
  expect((await ask(server.ready, "/api/v1/repositories", undefined, headers)).body).toMatchObject([
    { name: "repo", points: [{ name: pointName(newer.image) }], retention: { rules, last: { deleted: 1 } } },
  ]);
  expect(await server.stop()).toBe(0);
}, 60_000);

test("as another user: ports below 1024, and nothing else of root's", async () => {
  await using alone = await openNamespace();
  await configure(`pxe: {root: ., interface: lo, dhcp: none}\nstate: state\nconsole: {port: 443}\n`);
  await using server = await serve(alone, "--user", "nobody");
  const status = await readFile(`/proc/${server.pid}/status`, "utf8");
  const field = (name: string) => new RegExp(`^${name}:\\s+(.*)$`, "m").exec(status)?.[1]?.split(/\s+/);
  const { uid, gid } = { uid: "65534", gid: "65534" };
  expect(field("Uid")).toEqual([uid, uid, uid, uid]);
  expect(field("Gid")).toEqual([gid, gid, gid, gid]);
  // CAP_NET_BIND_SERVICE is bit 10 (linux/capability.h).
  for (const set of ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"])
    expect(Number.parseInt(field(set)?.[0] ?? "", 16), set).toBe(1 << 10);
  expect(field("NoNewPrivs")).toEqual(["1"]);
  expect((await stat(join(folder, "state", "users.sqlite"))).uid).toBe(65_534);
  const got = await alone.tool("curl", [
    "-sS",
    "-o",
    "/dev/null",
    "-w",
    "%{size_download}",
    "http://127.0.0.1/bootx64.efi",
  ]);
  expect(got).toBe("100000");
});

test("a mistake in the file is named with its line, before anything is opened", async () => {
  await configure("pxe:\n  root: .\n  interface: lo\nconsole:\n  port: high\n");
  const failed = await run(process.execPath, [LIFEBOAT, "serve", "--config", config]).catch((error) => error);
  expect(failed).toMatchObject({ code: 2 });
  expect(failed.stderr).toMatch(/SERVER_CONFIG_INVALID: server\.yaml: line 5: console\.port: must be a number/);
});

test("a failed restore of a machine that booted here is told to a webhook, once; a stranger's report to nobody", async () => {
  await using network = await openPxeNetwork();
  const hook = join(folder, "hook.py");
  await writeFile(hook, HOOK);
  await configure(
    `pxe: {root: ., interface: br0}\nstate: state\nconsole: {port: 0}\nwebhooks: [{name: chat, url: "http://127.0.0.1:9000/x", topics: [job-failed]}]\n`,
  );
  void network.server.tool("python3", [hook, join(folder, "got")]).catch(() => {});
  await until("the receiver", () => network.server.tool("curl", ["-sS", "http://127.0.0.1:9000/"]));
  await using server = await serve(network.server);
  await network.client.tool("ip", ["address", "add", "10.77.0.9/24", "dev", "eth0"]);
  const report = (text: string, from = network.client) =>
    from.tool("curl", [
      ...["-sS", "-f", "-H", "Content-Type: application/json", `http://${SERVER}/.lifeboat/report`],
      ...["-d", JSON.stringify({ kind: "problem", code: "JOB_FAILED", text })],
    ]);
  const got = () => readFile(join(folder, "got"), "utf8").catch(() => "");
  await report("nobody knows me", network.dhcp);
  await startClient(network.client, 7, "discover");
  await report("the first");
  await until("the webhook", async () => ((await got()).includes("the first") ? true : undefined));
  await report("the second");
  const timeline = await until("both on the timeline", async () => {
    const shown = await server.lifeboat<{ timeline: { kind: string }[] }>(
      ...["pxe", "machines", "show", "02:00:00:00:c0:01", "--machines", join(folder, "state/machines.sqlite")],
    );
    return shown.timeline.filter(({ kind }) => kind === "problem").length === 2 ? shown.timeline : undefined;
  });
  expect(timeline.length).toBeGreaterThan(2);
  const lines = (await got()).trim().split("\n");
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    notices: [{ topic: "job-failed", machine: "02:00:00:00:c0:01", code: "JOB_FAILED", text: "the first" }],
  });
});

/** Writes down each body that is posted, a line each. */
const HOOK = `import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Hook(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(204); self.end_headers()
    def do_POST(self):
        with open(sys.argv[1], "ab") as out: out.write(self.rfile.read(int(self.headers["Content-Length"])) + b"\\n")
        self.do_GET()
    def log_message(self, *_): pass
HTTPServer(("127.0.0.1", 9000), Hook).serve_forever()
`;

test("systemd takes the unit, and finds it well shut in", async () => {
  const unit = await readFile(new URL("../../../setup/lifeboat.service", import.meta.url), "utf8");
  const copy = join(folder, "lifeboat.service");
  await writeFile(copy, unit.replace(/^(ExecStart=)\S+/m, "$1/bin/true"));
  const { stderr } = await run("systemd-analyze", ["verify", "--man=no", copy]);
  expect(stderr.split("\n").filter((line) => line.includes("lifeboat.service"))).toEqual([]);
  const { stdout } = await run("systemd-analyze", ["security", "--offline=true", "--threshold=30", copy]);
  expect(stdout).toMatch(/Overall exposure level for lifeboat.service: [0-2]\.\d OK/);
});
