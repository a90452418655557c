import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#pxe/machines/entry.ts";
import { hashPassword } from "#pxe/menu/password-hash.ts";
import { until } from "#test/engine/network/namespace.ts";
import { openPxeNetwork, SERVER, startClient, startPxe } from "./pxe-network.ts";

const MAC = "02:00:00:00:c0:01";
const POOL = ["--dhcp", "10.77.0.100-10.77.0.110"];
type Pxe = Awaited<ReturnType<typeof startPxe>>;

let folder: string;
let root: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-menu-"));
  root = await mkdtemp(join(tmpdir(), "lifeboat-menu-root-"));
  for (const name of ["bootx64.efi", "snponly.efi", "linux", "secret"])
    await writeFile(join(root, name), Buffer.alloc(100_000));
  await writeFile(join(root, "boot.ipxe"), "#!ipxe\necho of the folder\n");
  await writeFile(
    join(folder, "menu.yaml"),
    `
users: {admin: ${await hashPassword("geheim")}}
entries:
  - {id: disk, disk: true}
  - {id: di, title: Installer, kernel: linux}
  - {id: shut, title: Shut, kernel: secret, users: [admin], grub: false}
  - {id: huge, title: Huge, kernel: linux, memory: 100G}
menus:
  - {groups: [office], title: Office, entries: [disk]}
`,
  );
  network = await openPxeNetwork();
});
afterEach(async () => {
  await network[Symbol.asyncDispose]();
  for (const path of [folder, root]) await rm(path, { recursive: true });
});
const serve = (...more: string[]) =>
  startPxe(network.server, ...["--root", root, "--interface", "br0", "--menu", join(folder, "menu.yaml")], ...more);
/** "200 text" */
const curl = async (path: string, ...args: string[]) => {
  const out = join(folder, "got");
  await writeFile(out, "");
  const status = await network.client.tool("curl", [
    "-sS",
    "-o",
    out,
    "-w",
    "%{http_code}",
    ...args,
    `http://${SERVER}/${path}`,
  ]);
  return `${status} ${await readFile(out, "latin1")}`;
};
const tftp = async (file: string) => {
  const out = join(folder, "got");
  await rm(out, { force: true });
  await network.client.tool("tftp", ["-m", "binary", SERVER, "-c", "get", file, out]);
  return await readFile(out, "latin1").catch(() => "");
};
/** As a machine that has its address by DHCP. */
async function boot(): Promise<void> {
  const { acks } = await startClient(network.client, 7, "boot");
  await network.client.tool("ip", ["address", "replace", `${acks?.[0]?.yiaddr}/24`, "dev", "eth0"]);
}
const timeline = async (pxe: Pxe) => (await pxe.command<{ timeline: Entry[] }>("machines", "show", MAC)).timeline;

test("menus by TFTP and HTTP in place of the folder's, for the machine's group, and what was chosen on its timeline", async () => {
  await using pxe = await serve(...POOL);
  await boot();
  expect(await tftp("boot.ipxe")).toContain("menu Lifeboat");
  expect(await tftp("grub/grub.cfg")).toContain("--id di");
  expect(await curl("boot.ipxe")).toMatch(/^200 #!ipxe\n:menu\nmenu Lifeboat\n/);
  expect(await curl("grub/grub.cfg")).toContain(`source "(http,${SERVER})/.lifeboat/menu/di.cfg?g=`);
  expect(await curl(".lifeboat/menu/di.ipxe?m=0002.......")).toContain(`kernel http://${SERVER}/linux`);
  expect(await curl(".lifeboat/menu/huge.cfg?g=512.......")).toContain("Huge needs 100 GiB of memory");
  await until("the choice", async () =>
    (await timeline(pxe)).some((one) => one.kind === "menu" && one.what === "refused") ? true : undefined,
  );
  const happened = (await timeline(pxe)).flatMap((one) => (one.kind === "menu" ? [`${one.what} ${one.title}`] : []));
  expect(happened.slice(-2)).toEqual(["chosen Installer", "refused Huge"]);
  const { diagnoses } = await pxe
    .command<{ diagnoses: { code: string }[] }>("doctor", MAC, "--no-self-test")
    .catch((error: { stdout: string }) => JSON.parse(error.stdout) as { diagnoses: { code: string }[] });
  expect(new Set(diagnoses.map(({ code }) => code))).toEqual(new Set(["TOO_LITTLE_MEMORY"]));
  await pxe.command("machines", "group", "office", MAC);
  expect(await curl("boot.ipxe")).toContain("menu Office");
  expect(await curl("boot.ipxe")).not.toContain("entry-di\n");
  expect(await curl(".lifeboat/menu/di.ipxe")).toMatch(/^404 /);
});

test("a password is checked before anything is told, wrong ones are slowed down, and it opens the entry's files to this address alone", async () => {
  await using pxe = await serve(...POOL);
  await boot();
  const shut = ".lifeboat/menu/shut.ipxe";
  expect(await curl("secret")).toMatch(/^403 /);
  expect(await tftp("secret")).toBe("");
  expect(await curl(shut, "-D", join(folder, "head"))).toBe("401 ");
  expect(await readFile(join(folder, "head"), "latin1")).toMatch(/^WWW-Authenticate: Basic realm="Lifeboat"\r$/m);
  expect(await curl(".lifeboat/menu/shut.cfg", "-u", "admin:geheim")).toMatch(/^404 /);
  const wrong = () => curl(shut, "-u", "admin:falsch");
  let said = await wrong();
  expect(said).toContain("do not open it");
  // On a busy machine the first pauses are over before the next try.
  for (let i = 0; i < 10 && !said.includes("Wait"); i++) said = await wrong();
  expect(said).toContain("Wait");
  expect(await curl("secret")).toMatch(/^403 /);
  const opened = await until(
    "the pause is over",
    async () => {
      const text = await curl(shut, "-u", "admin:geheim");
      return text.includes("kernel") ? text : undefined;
    },
    300,
  );
  expect(opened).toContain(`kernel http://${SERVER}/secret`);
  expect(await curl("secret")).toMatch(/^200 /);
  expect((await tftp("secret")).length).toBe(100_000);
  const other = ["--interface", "10.77.0.2", `http://${SERVER}/secret`];
  expect(await network.dhcp.tool("curl", ["-sS", "-o", "/dev/null", "-w", "%{http_code}", ...other])).toBe("403");
  expect(JSON.stringify(pxe.lines())).not.toMatch(/geheim|falsch|Z2VoZWlt/);
});

test("what the menu file names has to be there, before anything is opened", async () => {
  await rm(join(root, "secret"));
  await using pxe = await serve(...POOL);
  expect(await pxe.ended()).toBe(2);
  expect(pxe.errors()).toMatch(/PXE_MENU_INVALID.*entries\[2\] \(shut\): there is no secret/s);
});

test("loader: ipxe names iPXE to firmware where the folder has both", async () => {
  const file = join(folder, "menu.yaml");
  await writeFile(file, `loader: ipxe\n${await readFile(file, "utf8")}`);
  await using _pxe = await serve(...POOL);
  const { offers } = await startClient(network.client, 7, "discover");
  expect(offers[0]?.file).toBe("snponly.efi");
});
