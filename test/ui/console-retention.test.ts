import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { lookAtRepositories } from "#cli/look-at-repositories.ts";
import { repositoryRetention } from "#cli/repository-retention.ts";
import { pointName } from "#imaging/repository/layout.ts";
import type { RetentionEngine } from "#pxe/console/retention.ts";
import { TestConsole } from "#test/doubles/console.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { captureInto, makeRepository, uniqueDisk } from "#test/engine/repository/repo-space.ts";
import { builtUi, expectUncovered, openBrowser, openTab, tabTo } from "#test/ui/browser.ts";
import { PASSWORD } from "#test/ui/console-world.ts";

/** Which points stay: with a real repository, whose points are really deleted, and somebody else who looks on. */

const SIZE = { width: 1280, height: 800 };
const MIB = 1 << 20;

let space: Workspace;
let root: string;
let points: string[];
let served: TestConsole;
let browser: Browser;
/** A run has not ended before that, though all is deleted. */
let mayEnd: Promise<void> = Promise.resolve();

const engine: RetentionEngine = {
  preview: (...asked) => repositoryRetention.preview(...asked),
  async apply(...asked) {
    const done = await repositoryRetention.apply(...asked);
    await mayEnd;
    return done;
  },
};

beforeAll(async () => {
  space = await openWorkspace();
  root = await makeRepository(space.path("repo"));
  const disk = await uniqueDisk(space.path("a.img"), 8 * MIB, 7);
  points = [];
  for (let made = 0; made < 3; made++) points.push(pointName((await captureInto(root, disk)).image));
  const look = lookAtRepositories(space.folder);
  served = await TestConsole.open({ look, retention: engine, ui: await builtUi("console-retention", "console") });
  served.clock.now = Date.now();
  await served.access.addUser("anna", "admin", PASSWORD);
  await served.access.addUser("vera", "viewer", PASSWORD);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await served?.[Symbol.asyncDispose]();
  await space?.[Symbol.asyncDispose]();
});

async function open(name: string) {
  const tab = await openTab(browser, SIZE);
  const value = await served.access.logIn(name, PASSWORD, "127.0.0.1");
  await tab.page.context().addCookies([{ name: "lifeboat-console", value, url: served.url }]);
  await tab.page.goto(`${served.url}/#/server`);
  await tab.page.getByRole("heading", { level: 3, name: "repo" }).waitFor();
  return tab;
}
const pointsNow = async () => (await readdir(join(root, "points"))).filter((name) => name.endsWith(".lbi")).length;

/** Presses Tab until a summary of this text has the focus, and opens it. */
async function openByKeys(page: Page, text: string): Promise<void> {
  const isThere = () =>
    page.evaluate(() => document.activeElement?.matches("summary") && document.activeElement.textContent);
  for (let presses = 0; presses < 60 && (await isThere()) !== text; presses++) await page.keyboard.press("Tab");
  expect(await isThere()).toBe(text);
  await expectUncovered(page);
  await page.keyboard.press("Enter");
}
/** Replaces what stands in the field that has the focus. */
async function retype(page: Page, field: string, text: string): Promise<void> {
  await tabTo(page, "textbox", field);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

it("with the keyboard alone: rules and their time are set, and applied; another browser sees how far it is, and the end", async () => {
  await using other = await open("vera");
  await using tab = await open("anna");
  const { page } = tab;
  await openByKeys(page, "Which points stay");
  await retype(page, "The last", "1");
  for (const rule of ["Days", "Weeks", "Months"]) await retype(page, rule, "0");
  // A field for a time has parts, which are typed one after the other; half a day of it there may be too, and stays.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("time");
  await page.keyboard.type("0430");
  await tabTo(page, "button", "Show what would go");
  await page.keyboard.press("Enter");
  await page.getByText("2 points would go.").waitFor();
  await tabTo(page, "button", "Set these rules");
  await page.keyboard.press("Space");
  await page.getByText("The rules are set.").waitFor();
  // Nobody touches the other page.
  await other.page.getByText("Which points stay").click();
  await other.page.getByText(/^Rules of anna, .* from 04:30 on, by the server's clock/).waitFor();
  expect(await pointsNow()).toBe(3);

  const end = Promise.withResolvers<void>();
  mayEnd = end.promise;
  await tabTo(page, "button", "Apply now…");
  await page.keyboard.press("Enter");
  await tabTo(page, "button", "Delete 2 points");
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("progressbar").waitFor();
  await dialog.getByText(/^It goes on when this is closed/).waitFor();
  await other.page.getByText(/^Deleting 2 points since .*Begun by anna\.$/).waitFor();
  await other.page.getByRole("progressbar", { name: "How far repo is thinned out" }).waitFor();
  end.resolve();
  await other.page.getByText(/^Last run: .*, 2 points deleted, .*Begun by anna\.$/).waitFor();
  expect(await other.page.getByRole("progressbar", { name: /thinned out/ }).count()).toBe(0);
  await dialog.waitFor({ state: "detached" });
  await page.getByText(/^2 points deleted\. Freed now/).waitFor();
  expect(await readdir(join(root, "points"))).toContain(`${points.at(-1)}.lbi`);
  expect(await pointsNow()).toBe(1);
  expect([...tab.complaints, ...other.complaints]).toEqual([]);
});
