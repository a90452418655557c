import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openPxeNetwork, SERVER, startClient, startServing } from "#test/engine/pxe/pxe-network.ts";
import { builtUi, CHROMIUM, checkPage, openBrowser, openTab, tabTo } from "#test/ui/browser.ts";
import { HOSTILE, PASSWORD } from "#test/ui/console-world.ts";
import { OrderClient } from "#test/ui/order-client.ts";

/**
 * The console as people use it: `lifeboat serve` itself with TLS and its own database, machines that send real packets, and a browser, each
 * in a network of its own. The tests are one story, in this order.
 */

const MAC = "02:00:00:00:c0:01";
const OTHER = "another staple 8";
const SIZE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

let folder: string;
let network: Awaited<ReturnType<typeof openPxeNetwork>>;
let server: Awaited<ReturnType<typeof startServing>>;
let browser: Browser;
let url: string;
let setUpCode: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lifeboat-console-"));
  for (const [file, size] of [
    ["bootx64.efi", 100_000],
    ["vmlinuz", 300_000],
    ["lifeboat.iso", 50_000],
  ] as const)
    await writeFile(join(folder, file), Buffer.alloc(size));
  const dhcp = "{subnets: [{pools: [10.77.0.100-10.77.0.110]}]}";
  const config = [
    `pxe: {root: ., interface: br0, dhcp: ${dhcp}}`,
    "state: state",
    `console: {listen: ${SERVER}, port: 0}`,
  ];
  await writeFile(join(folder, "server.yaml"), config.join("\n"));
  await writeFile(join(folder, "password"), PASSWORD);
  await writeFile(join(folder, "other"), OTHER);
  network = await openPxeNetwork();
  // Seconds after a card is up its own address of IPv6 counts, and a browser then drops what it is loading (ERR_NETWORK_CHANGED).
  await network.server.tool("sh", ["-c", "echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6"]);
  const ui = await builtUi("console", "console");
  const command = ["serve", "--json", "--config", join(folder, "server.yaml"), "--ui", ui];
  server = await startServing(network.server, command);
  const ready = server.lines()[0]?.["ready"] as { console: string[]; setUpCode: string } | undefined;
  if (!ready) throw new Error(`it did not start: ${server.errors()}`);
  [url, setUpCode] = [ready.console[0] ?? "", ready.setUpCode];
  const program = join(folder, "browser");
  await writeFile(program, `#!/bin/sh\nexec nsenter --target ${network.server.pid} --net -- ${CHROMIUM} "$@"\n`);
  await chmod(program, 0o755);
  browser = await openBrowser(program);
});
afterAll(async () => {
  await browser?.close();
  await server?.[Symbol.asyncDispose]();
  await network?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

/** The server vouches for itself. */
const open = (size = SIZE) => openTab(browser, size, { ignoreHTTPSErrors: true });
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
async function logIn(page: Page, name: string, password = PASSWORD, hash = ""): Promise<void> {
  await page.goto(`${url}${hash}`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(password);
  await press(page, "Log in");
  await page
    .getByRole("link", { name: "Your login" })
    .or(page.getByRole("button", { name: "Menu" }))
    .first()
    .waitFor();
}
const user = (...words: string[]) =>
  server.lifeboat("serve", "user", ...words, "--config", join(folder, "server.yaml"));
/** What a page of ours can ask for by itself, whatever it offers. */
const ask = (page: Page, path: string, body?: object) =>
  page.evaluate(
    async ([where, sent]) => {
      const post = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(sent) };
      const response = await fetch(where, sent === undefined ? {} : post);
      return { status: response.status, body: (await response.json()) as { code?: string } };
    },
    [path, body] as const,
  );
const report = (body: object) => [
  ...["-sS", "-f", "-H", "Content-Type: application/json", "-d", JSON.stringify(body)],
  `http://${SERVER}/.lifeboat/report`,
];

it("makes the first admin with the code that the server printed, and not with another one", async () => {
  await using tab = await open();
  const { page } = tab;
  await page.goto(url);
  await heading(page, "Make the first admin");
  await page.getByLabel("Code of the server").fill("AAAA-BBBB-CCCC");
  await page.getByLabel("Name", { exact: true }).fill("anna");
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await press(page, "Make the admin and log in");
  await page.getByText("Code CONSOLE_SET_UP_REFUSED").waitFor();
  await page.getByLabel("Code of the server").fill(setUpCode);
  await press(page, "Make the admin and log in");
  await heading(page, "Machines");
  await page.getByText(/^No machine has asked yet/).waitFor();
  await page.getByRole("link", { name: "anna, Admin" }).waitFor();
  await page.reload();
  await heading(page, "Machines");
  await user("add", "otto", "--role", "operator", "--password-file", join(folder, "password"));
  await user("add", "vera", "--role", "viewer", "--password-file", join(folder, "password"));
});

it("shows a machine's start as it goes, and what strangers write as text", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "vera");
  const { client } = network;
  await startClient(client, 7, "boot");
  await page.getByRole("link", { name: MAC }).click();
  await heading(page, MAC);
  const timeline = page.getByRole("region", { name: "What happened" });
  await timeline.getByText("Has an address").waitFor();
  // From here on nobody touches the page.
  await client.tool("tftp", ["-m", "binary", SERVER, "-c", "get", "bootx64.efi", join(folder, "got")]);
  await timeline.getByText("Loads by TFTP").waitFor();
  await client.tool("curl", ["-sS", "-o", "/dev/null", "-A", HOSTILE, `http://${SERVER}/vmlinuz`]);
  await timeline.getByText("Has loaded the kernel").waitFor();
  await timeline.getByText(HOSTILE).waitFor();
  await client.tool("curl", report({ kind: "up", serial: HOSTILE.slice(0, 60), memory: 2 ** 31, secureBoot: true }));
  await timeline.getByText("Rescue system is up").waitFor();
  await client.tool("curl", report({ kind: "problem", code: "JOB_FAILED", text: HOSTILE }));
  await timeline.getByText("Problem").waitFor();
  const start = page.getByRole("region", { name: "Its last start" });
  const reached = await start.getByRole("listitem").filter({ hasNotText: "not yet" }).count();
  expect(reached, "asks, answer, TFTP, HTTP, kernel, rescue system").toBe(6);
  expect(await page.locator("img").count()).toBe(0);
  expect(await page.title()).toBe(`${MAC} – Lifeboat`);
  await checkPage(page);
  expect(tab.complaints).toEqual([]);
});

it("with the keyboard alone: makes a deployment, typing how many disks are erased", async () => {
  await using tab = await open();
  const { page } = tab;
  await page.goto(`${url}#/deployments`);
  await page.getByLabel("Name").waitFor();
  await page.keyboard.type("otto");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await heading(page, "Deployments");
  await tabTo(page, "link", "New deployment");
  await page.keyboard.press("Enter");
  await heading(page, "New deployment");
  await tabTo(page, "textbox", "Name of the deployment");
  await page.keyboard.type("Lab 5");
  await tabTo(page, "textbox", "Path or address of the image");
  await page.keyboard.type("https://images.example/repo/points/office-20261130T120000.lbi");
  await tabTo(page, "checkbox", MAC);
  await page.keyboard.press("Space");
  await tabTo(page, "radio", "Who has its network address");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, "button", "Erase and restore 1 machine");
  await page.keyboard.press("Enter");
  await page.getByText("First type 1 under “Confirm”.").waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("deployment-confirm");
  expect(((await ask(page, "/api/v1/deployments")).body as unknown as object[]).length, "nothing has begun").toBe(0);
  await page.keyboard.type("1");
  await tabTo(page, "button", "Erase and restore 1 machine");
  await page.keyboard.press("Enter");
  await heading(page, "Lab 5");
  await page.getByRole("button", { name: new RegExp(`${MAC}.*Waiting`) }).waitFor();
  expect(tab.complaints).toEqual([]);
});

it("names machines by a list that is read as the command reads it, and shows who gets which name first", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "otto", PASSWORD, "#/deployments/new");
  await page.getByLabel("Name of the deployment").fill("Named");
  await page.getByLabel("Path or address of the image").fill("https://images.example/repo/points/office.lbi");
  await page.getByRole("radio", { name: /^by a list/ }).check();
  const list = (text: string) => ({ name: "names.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page
    .getByLabel("Or from a file", { exact: true })
    .setInputFiles(list(`machine;hostname\n${MAC};an na\nnobody;b\n`));
  const mistakes = page.getByRole("region", { name: "What is restored, and how" }).getByRole("listitem");
  await expect
    .poll(() => mistakes.allTextContents())
    .toEqual([
      expect.stringMatching(/^Line 2 · hostname: is not a name for a computer.*: an na$/),
      "Line 3 · there is no machine nobody",
    ]);
  await page.getByLabel("List", { exact: true }).fill(`machine;hostname\n${MAC};anna\n`);
  await page.getByText("The list is right: it names 1 machine.").waitFor();
  await page.getByRole("row", { name: `${MAC} anna Line 2` }).waitFor();
  await page.getByRole("checkbox", { name: MAC }).check();
  await page.getByRole("radio", { name: "Who has its network address" }).check();
  await page.getByLabel("Type 1 to confirm").fill("1");
  await press(page, "Erase and restore 1 machine");
  await heading(page, "Named");
  const made = (await ask(page, "/api/v1/deployments/Named")).body as unknown as { members: { hostname?: string }[] };
  expect(made.members.map(({ hostname }) => hostname)).toEqual(["anna"]);
  await press(page, "Cancel…");
  await press(page, "Cancel the deployment");
  await page.getByRole("button", { name: "Forget…" }).click();
  await press(page, "Forget it");
  await heading(page, "Deployments");
  expect(tab.complaints).toEqual([]);
});

it("on a phone: compares the code, watches, pauses and goes on; the machine hears of it", async () => {
  await using tab = await open(PHONE);
  const { page } = tab;
  await logIn(page, "otto", PASSWORD, "#/deployment/Lab%205");
  const machine = new OrderClient(network.client, `http://${SERVER}`, MAC);
  expect(await machine.ask()).toBe("confirm");
  const tile = page.getByRole("button", { name: new RegExp(MAC) });
  const cut = await tile.locator(".tile-member__name").evaluate((name) => name.scrollHeight - name.clientHeight);
  expect(cut, "pixels of a MAC that are cut off: its end tells machines apart").toBeLessThanOrEqual(1);
  await tile.filter({ hasText: "Shows a code" }).click();
  const dialog = page.getByRole("dialog");
  expect(await dialog.textContent(), "the code is read at the machine").not.toContain(machine.code);
  await dialog.getByLabel("Code on the machine's screen").fill("00000-00000-00000");
  await dialog.getByRole("button", { name: "It shows this code" }).click();
  await dialog.getByText("Code PXE_CODE_WRONG").waitFor();
  await dialog.getByLabel("Code on the machine's screen").fill(machine.code);
  await dialog.getByRole("button", { name: "It shows this code" }).click();
  await dialog.getByText("Waiting", { exact: true }).waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();

  await expect.poll(() => machine.ask()).toBe("order");
  expect(await machine.say("running", { percent: 37.4, text: HOSTILE })).toBe("go-on");
  await tile.filter({ hasText: "37%" }).waitFor();
  await press(page, "Pause");
  await page.getByRole("button", { name: "Go on" }).waitFor();
  expect(await machine.say("running", { percent: 38, text: HOSTILE })).toBe("pause");
  await press(page, "Go on");
  await page.getByRole("button", { name: "Pause" }).waitFor();
  expect(await machine.say("running", { percent: 39, text: "" })).toBe("go-on");
  await machine.say("stopped", { code: "TARGET_NOT_CLEAR", text: HOSTILE });
  await page.getByRole("button", { name: "Needs attention 1" }).click();
  await tile.filter({ hasText: "Stopped" }).click();
  await dialog.getByText("TARGET_NOT_CLEAR").waitFor();
  await dialog.getByText(HOSTILE).waitFor();
  expect(await page.locator("img").count()).toBe(0);
  await checkPage(page);
});

it("offers a viewer nothing that changes anything, and the server refuses it anyway", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "vera");
  await page.getByRole("link", { name: MAC }).waitFor();
  expect(await page.getByRole("checkbox").count()).toBe(0);
  expect(await page.getByRole("link", { name: "People" }).count()).toBe(0);
  await page.goto(`${url}#/deployment/Lab%205`);
  await page.getByRole("button", { name: new RegExp(MAC) }).click();
  await page.getByRole("dialog").waitFor();
  for (const name of [/Pause/, /Try again/, /Cancel/]) expect(await page.getByRole("button", { name }).count()).toBe(0);
  await page.keyboard.press("Escape");
  for (const hash of ["#/deployments/new", "#/people"]) {
    await page.goto(`${url}${hash}`);
    await heading(page, hash === "#/people" ? "Your login" : "Deployments");
  }
  const tried = [
    await ask(page, "/api/v1/machines/1/mark", { policy: "never" }),
    await ask(page, "/api/v1/deployments/Lab%205/act", { action: "cancel" }),
    await ask(page, "/api/v1/users"),
  ];
  expect(tried.map(({ status, body }) => [status, body.code])).toEqual(
    Array.from({ length: 3 }, () => [403, "CONSOLE_ROLE_TOO_LOW"]),
  );
  // What may be loaded is loaded.
  await page.goto(`${url}#/server`);
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download lifeboat.iso" }).click();
  expect((await file).suggestedFilename()).toBe("lifeboat.iso");
});

it("keeps what was typed when the login ends in the middle, and asks only for the login", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "otto", PASSWORD, "#/machine/1");
  await page.getByLabel("Note").fill("memory changed in May");
  await user("password", "otto", "--password-file", join(folder, "other"));
  const dialog = page.getByRole("dialog", { name: "Your login has ended" });
  // The page asks the server by itself too, and then the dialog is there before the button is pressed.
  await Promise.any([page.getByRole("button", { name: "Save" }).click({ timeout: 3000 }), dialog.waitFor()]);
  await dialog.waitFor();
  await dialog.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await dialog.getByText("The name and the password do not belong together").waitFor();
  await dialog.getByLabel("Password").fill(OTHER);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByLabel("Note").inputValue()).toBe("memory changed in May");
  await press(page, "Save");
  await page.getByText("It is saved.").waitFor();
  expect((await ask(page, "/api/v1/machines/1")).body).toMatchObject({ machine: { note: "memory changed in May" } });
});

it("takes a list of machines over as a whole, after it was looked at, and gives one out", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "otto", OTHER);
  await page.getByText("Lists: export and import").click();
  const list = (text: string) => ({ name: "machines.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByLabel("Import a list").setInputFiles(list("macs,name\n52:54:00:00:00:99,ok\nnonsense,bad\n"));
  await page.getByText("Code PXE_IMPORT_INVALID").waitFor();
  await page.getByText(/line 3/).waitFor();
  const names = `macs,name,group\n52:54:00:00:00:99,${JSON.stringify(HOSTILE).replaceAll('\\"', '""')},lab\n`;
  await page.getByLabel("Import a list").setInputFiles(list(names));
  await page.getByText("The list is right: 1 machine. Nothing is changed yet.").waitFor();
  expect(await page.getByRole("link", { name: HOSTILE }).count()).toBe(0);
  await press(page, "Take it over");
  await page.getByText("1 machine is new").waitFor();
  await page.getByRole("link", { name: HOSTILE }).waitFor();
  const file = page.waitForEvent("download");
  await press(page, "Export all as CSV");
  expect(await readFile(await (await file).path(), "utf8")).toContain("52:54:00:00:00:99");
  expect(await page.locator("img").count()).toBe(0);
});

it("people: a role counts at once in an open page, a token is shown once, and the audit log is searched", async () => {
  await using tab = await open();
  await using other = await open();
  const { page } = tab;
  await logIn(other.page, "vera");
  await other.page.getByRole("link", { name: MAC }).waitFor();
  await logIn(page, "anna", PASSWORD, "#/people");
  await press(page, "Change vera");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Role").selectOption("operator");
  await dialog.getByText("The role is changed. It counts at once.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await other.page.reload();
  await other.page.getByRole("checkbox", { name: "Choose all that are shown" }).waitFor();
  await user("role", "vera", "viewer");
  await other.page.getByRole("checkbox", { name: `Choose ${MAC}` }).check();
  await press(other.page, "Refuse");
  await other.page.getByRole("checkbox").first().waitFor({ state: "detached" });

  await page.getByText("Make a token").click();
  await page.locator("#token-name").fill("ci");
  await page.getByRole("button", { name: "Make", exact: true }).click();
  const secret = (await page.locator(".secret").textContent()) ?? "";
  const bearer = ["-sS", "-k", "-H", `Authorization: Bearer ${secret}`, `${url}api/v1/session`];
  expect(JSON.parse(await network.client.tool("curl", bearer))).toMatchObject({ user: { name: "ci", kind: "token" } });
  await press(page, "I have kept it");
  await page.getByText("ci", { exact: true }).waitFor();
  expect(await page.content()).not.toContain(secret);
  await press(page, "Revoke ci");
  await press(page, "Revoke ci");
  await page.getByText("ci", { exact: true }).waitFor({ state: "detached" });
  expect(JSON.parse(await network.client.tool("curl", bearer))).not.toHaveProperty("user");

  await page.getByLabel("Search all of it").fill("vera: operator");
  await page.getByRole("button", { name: "Search" }).click();
  const log = page.getByRole("region", { name: "Audit log" });
  await expect.poll(() => log.getByRole("row").count()).toBe(2);
  await log.getByRole("row", { name: /anna .*changed a role vera: operator done/ }).waitFor();
});

it("says why a refused machine does not start, and takes it back once it was approved and asks again", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "otto", OTHER, "#/machines");
  await page.getByRole("checkbox", { name: `Choose ${MAC}` }).check();
  await press(page, "Refuse");
  await page.getByRole("cell", { name: "refused" }).waitFor();
  // The server looks every second whether somebody changed a rule.
  const told = async () => (await startClient(network.client, 7, "discover")).offers.map(({ file }) => file);
  await expect.poll(told, { timeout: 30_000 }).toEqual([""]);
  await page.getByRole("link", { name: MAC }).click();
  const doctor = page.getByRole("region", { name: "Why does it not start?" });
  await doctor.getByText("Approve it, then start it again.").waitFor();
  await press(page, "Approve");
  await expect.poll(told, { timeout: 30_000 }).toEqual(["bootx64.efi"]);
  // Nobody has pressed "Look again".
  await doctor.getByText("Somebody has refused this machine.").waitFor({ state: "detached" });
  await page.goBack();
  await page.getByRole("checkbox", { name: `Choose ${MAC}` }).check();
  await page.getByRole("link", { name: "Restore an image" }).click();
  await page.getByRole("button", { name: "Erase and restore 1 machine" }).waitFor();
});

it("does nothing for a page of somebody else, with a login in the same browser", async () => {
  await using tab = await open();
  const { page } = tab;
  await logIn(page, "anna");
  const foreign = await page.context().newPage();
  await foreign.route("http://evil.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: "<h1>evil</h1>" }),
  );
  await foreign.goto("http://evil.example/");
  const sent = await foreign.evaluate(async (where) => {
    const outcomes: string[] = [];
    for (const [type, mode] of [
      ["application/json", "cors"],
      ["text/plain", "no-cors"],
    ] as const)
      outcomes.push(
        await fetch(`${where}api/v1/machines/forget`, {
          ...{ method: "POST", credentials: "include", mode, headers: { "Content-Type": type } },
          body: JSON.stringify({ machines: [1] }),
        }).then(
          (response) => response.type,
          () => "refused",
        ),
      );
    return outcomes;
  }, url);
  expect(sent).toEqual(["refused", "refused"]);
  // A link from there leads here, and brings no login along.
  await foreign.evaluate((where) => {
    location.href = where;
  }, `${url}api/v1/session`);
  await foreign.waitForURL(`${url}api/v1/session`);
  expect(JSON.parse((await foreign.locator("body").textContent()) ?? "")).toMatchObject({ needsSetUp: false });
  expect(await foreign.locator("body").textContent()).not.toContain("anna");
  expect((await ask(page, "/api/v1/machines")).body).toMatchObject([{ macs: ["52:54:00:00:00:99"] }, { macs: [MAC] }]);
  const { body } = await ask(page, "/api/v1/audit?search=forgetMachines");
  expect(body).toEqual([]);
});
