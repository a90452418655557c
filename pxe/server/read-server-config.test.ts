import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { readServerConfig, type ServerFlags } from "./read-server-config.ts";
import { interfacesOf } from "./server-config.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-server-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, flags?: ServerFlags) {
  const file = join(folder, "server.yaml");
  writeFileSync(file, text);
  return readServerConfig(file, flags);
}

const PXE = "pxe:\n  root: srv\n  interface: eth0\n";
const MAIL = "mail:\n  - server: mail.example\n    from: a@mail.example\n    to: [b@mail.example]\n";

test("little is needed; the rest is careful: this machine alone, TLS, no addresses", async () => {
  expect(await read(PXE)).toEqual({
    pxe: {
      ...{ root: join(folder, "srv"), interface: "eth0", tftpPort: 69, httpPort: 80, dhcp: "proxy", approve: false },
    },
    console: { listen: "127.0.0.1", port: 8443, tls: "own", names: [], idle: 7200, lifetime: 86_400 },
    mail: [],
    webhooks: [],
  });
});

test("flags go before the file; a file is not needed", async () => {
  const flags = { pxe: { interface: "eth1", dhcp: "none" }, console: { port: 9000 } };
  expect(await read(`${PXE}console: {listen: "::", port: 1}\n`, flags)).toMatchObject({
    pxe: { interface: "eth1", dhcp: "none", root: join(folder, "srv") },
    console: { listen: "::", port: 9000 },
  });
  const { pxe } = await readServerConfig(undefined, { pxe: { root: "/srv/x", interface: "eth0" } });
  expect(pxe.root).toBe("/srv/x");
});

test("several interfaces, each with settings of its own where they differ", async () => {
  const list = "[eth0, {name: eth1, dhcp: {subnets: [{pools: [10.1.0.100]}]}}, {name: 10.2.0.1, dhcp: none}]";
  const { pxe } = await read(`pxe:\n  root: srv\n  interface: ${list}\n`);
  expect(interfacesOf(pxe)).toMatchObject([
    { name: "eth0" },
    { name: "eth1", dhcp: { subnets: [{ pools: ["10.1.0.100"] }] } },
    { name: "10.2.0.1", dhcp: "none" },
  ]);
  const flags = { pxe: { interface: ["eth7", "eth8"] } };
  expect(interfacesOf((await read(PXE, flags)).pxe)).toEqual([{ name: "eth7" }, { name: "eth8" }]);
});

test.each<[string, string]>([
  ["pxe:\n  root: srv\n", "line 1: pxe.interface: is missing"],
  ["pxe:\n  root: srv\n  interface: []\n", "line 3: pxe.interface: is empty"],
  [
    "pxe:\n  root: srv\n  interface:\n    - {name: eth0, dhcp: maybe}\n",
    "line 4: pxe.interface[0].dhcp: is one of proxy, none, or has `subnets`",
  ],
  ["", "pxe: is missing"],
  [`${PXE}consol: 1\n`, "line 4: consol: there is no such option"],
  [`${PXE}console:\n  listen: everywhere\n`, "line 5: console.listen: is not an IPv4 or IPv6 address"],
  [`${PXE}console:\n  port: 70000\n`, "line 5: console.port: is no port"],
  [`${PXE}console:\n  tls: on\n`, "line 5: console.tls: is one of own, off, or has `certificate` and `key`"],
  [`${PXE}console:\n  idle: soon\n`, "line 5: console.idle: is not a time such as 30m or 12h, from 60 s to a year"],
  [
    `${PXE}  dhcp:\n    subnets:\n      - pools: [10.0.0]\n`,
    "line 6: pxe.dhcp.subnets[0].pools[0]: is not a range such as 10.0.0.100-10.0.0.200",
  ],
  [`${PXE}${MAIL}    user: a\n`, "line 5: mail[0].passwordFile: user and passwordFile go together"],
  [
    `${PXE}${MAIL}    user: a\n    passwordFile: p\n    security: none\n`,
    "line 10: mail[0].security: a login over a connection without TLS would show the password to the network",
  ],
  [
    `${PXE}${MAIL}webhooks:\n  - {name: mail, url: "https://x.example/"}\n`,
    "line 9: webhooks[0].name: two channels are called mail",
  ],
  [
    `${PXE}webhooks:\n  - {name: w, url: "file:///etc/passwd"}\n`,
    "line 5: webhooks[0].url: is not an address such as https://chat.example/hook",
  ],
  [`${PXE}database: postgresql://a:b@c/d\n`, "line 4: database: has a password: put it into PGPASSWORD or ~/.pgpass"],
  ["pxe: [\n", "line 2: Flow sequence in block collection must be sufficiently indented and end with a ]"],
  ["- a\n", "line 1: it has no options, `name: value`"],
])("a mistake has its line: %j", async (text, problem) => {
  const problems = await read(text).then(
    () => "none",
    (error: unknown) => (isLifeboatError(error, "SERVER_CONFIG_INVALID") ? error.details.problems : String(error)),
  );
  expect(problems).toBe(problem);
});
