import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { terminalClosed, terminalPath } from "#rescue/api/contract.ts";
import { MOST_TERMINALS } from "#rescue/terminal/terminals.ts";
import { builtUi, checkPage, openBrowser, openTab, sizes } from "#test/ui/browser.ts";
import { FakeServer } from "#test/ui/fake-server.ts";

/** The terminal in a browser: the guards, the route and the shell are the real ones. */

let browser: Browser;
let ui: string;
beforeAll(async () => {
  ui = await builtUi("terminal");
  browser = await openBrowser();
});
afterAll(() => browser.close());

/** How the server answers somebody who wants a terminal: "open", the code that it closes with, or the status of its refusal. */
function knock(server: FakeServer, headers: Readonly<Record<string, string>>): Promise<"open" | number> {
  const socket = new WebSocket(server.url.replace("http", "ws") + terminalPath.slice(1), { headers });
  return new Promise((resolve, reject) => {
    socket.on("message", () => resolve("open"));
    socket.on("close", (code) => resolve(code));
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
    socket.on("error", reject);
  });
}
const rows = (page: Page) => page.locator(".xterm-rows");
const prompt = (page: Page) => rows(page).getByText(/[#$]/).first().waitFor({ timeout: 30_000 });
const focused = (page: Page) => page.evaluate(() => document.activeElement?.className);

it("runs what is typed in a real shell of the size of the page; F6 leaves it, and the shell ends with the page", async () => {
  await using server = await FakeServer.start({ ui });
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  await page.goto(`${server.url}#/terminal`);
  await prompt(page);
  expect(server.terminals.count).toBe(1);
  await page.keyboard.type("echo $((6 * 7))-$(stty size | tr ' ' x)\n");
  const text = await rows(page)
    .getByText(/^42-\d+x\d+/)
    .first()
    .textContent();
  const [, high = 0, wide = 0] = (/42-(\d+)x(\d+)/.exec(text ?? "") ?? []).map(Number);
  expect(wide).toBeGreaterThan(90);
  expect(high).toBeGreaterThan(20);
  // Tab belongs to the shell, F6 is the way out.
  await page.keyboard.press("Tab");
  expect(await focused(page)).toBe("xterm-helper-textarea");
  await page.keyboard.press("F6");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Into the terminal");
  await page.getByText(/^You have left the terminal/).waitFor();
  await page.keyboard.press("Enter");
  expect(await focused(page)).toBe("xterm-helper-textarea");
  await page.getByRole("checkbox", { name: "For screen readers" }).check();
  await page.locator(".xterm-accessibility").getByText("42-").first().waitFor();
  await checkPage(page);
  expect(tab.complaints).toEqual([]);
  await page.goto(`${server.url}#/home`);
  await expect.poll(() => server.terminals.count, { timeout: 10_000 }).toBe(0);
});

it("is for our own pages: no foreign page, no name of somebody else, none without an origin", async () => {
  await using server = await FakeServer.start({ ui });
  const own = new URL(server.url).origin;
  expect(await knock(server, { Origin: own })).toBe("open");
  expect(await knock(server, { Origin: "https://attacker.example" })).toBe(403);
  expect(await knock(server, { Origin: "null" })).toBe(403);
  expect(await knock(server, { Origin: own, Host: "attacker.example" })).toBe(403);
  expect(await knock(server, {})).toBe(400);
  const plain = await fetch(server.url + terminalPath.slice(1), { headers: { Origin: own } });
  expect(plain.status).toBe(400);
});

it("gives away a few and no more", async () => {
  await using server = await FakeServer.start({ ui });
  const Origin = new URL(server.url).origin;
  const open = await Promise.all(Array.from({ length: MOST_TERMINALS }, () => knock(server, { Origin })));
  expect(new Set(open)).toEqual(new Set(["open"]));
  expect(await knock(server, { Origin })).toBe(terminalClosed.tooMany);
});
