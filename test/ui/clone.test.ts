import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { GPT_DISK, makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf, volumesOf } from "#test/engine/layout/volumes.ts";
import { type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { builtUi, openBrowser, openTab, sizes, tabTo } from "#test/ui/browser.ts";

/** Clones by the pages, of a rescue server with real disks behind it. */

const MIB = 1 << 20;

let browser: Browser;
let ui: string;
let work: Workspace;
beforeAll(async () => {
  ui = await builtUi("clone");
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  work = await openWorkspace();
  return () => work[Symbol.asyncDispose]();
});

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const next = (page: Page) => page.getByRole("button", { name: "Next" }).click();

function serve(...disks: string[]): Promise<RescueServer> {
  const kept = ["--reports", work.path("reports"), "--run", work.path("run"), "--undo", work.path("undo")];
  return startRescueServer("--ui", ui, ...disks.flatMap((disk) => ["--disk", disk]), ...kept);
}

it("clones to a larger disk that is used to its end, and finds the job again; the source is untouched to the bit", async () => {
  const source = await makeSampleDisk(work.path("a source.raw"), GPT_DISK);
  const target = await noisyDisk(work.path("b target.raw"), 140 * MIB, 2);
  const [hash, before] = [await sha256File(source), await sha256File(target)];
  await using server = await serve(source, target);
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  await page.goto(`${server.url}/#/`);
  await page.getByRole("link", { name: /^Clone a disk/ }).click();
  await heading(page, "Which disk do you want to clone?");
  await page.getByRole("radio", { name: /a source/ }).check();
  await next(page);
  await heading(page, "Which disk do you want to clone to?");
  expect(await page.getByRole("radio", { name: /a source/ }).isDisabled()).toBe(true);
  await page.getByRole("radio", { name: /b target/ }).check();
  await next(page);
  await page.getByText("This will be lost").waitFor({ timeout: 60_000 });
  await page.getByRole("button", { name: "Change the layout…" }).click();
  await heading(page, "What shall go where?");
  await page.getByRole("radio", { name: "Use all of the disk" }).check();
  await page.getByRole("heading", { name: "How it will lie" }).waitFor({ timeout: 60_000 });
  await next(page);
  await page.getByText("This will be lost").waitFor({ timeout: 60_000 });
  const start = page.getByRole("button", { name: /^Erase and clone to b target/ });
  await start.click({ force: true });
  expect(await sha256File(target)).toBe(before);
  const box = page.locator("#confirm");
  if ((await box.getAttribute("type")) === "checkbox") await box.check();
  else await box.fill((await page.locator("label[for=confirm]").textContent())?.split(" ")[1] ?? "");
  await start.click();
  await heading(page, /^Cloning a source|^The clone is complete/);
  await page.reload();
  await heading(page, "The clone is complete");
  await page.getByText("Everything was read back and is equal to the source").waitFor();
  expect(await sha256File(source)).toBe(hash);
  expect(await filesOf(target)).toEqual(await filesOf(source));
  const partitions = await readPartitions(target, 512);
  expect(Math.max(...partitions.map(({ offset, size }) => offset + size))).toBeGreaterThan(130 * MIB);
  expect(tab.complaints).toEqual([]);
});

it("clones with nothing but the keyboard", async () => {
  const source = await makeSampleDisk(work.path("a source.raw"), SMALL_DISK);
  const target = await noisyDisk(work.path("b target.raw"), SMALL_DISK.size, 2);
  await using server = await serve(source, target);
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(`${server.url}/#/`);
  await tabTo(page, "link", /^Clone a disk/);
  await page.keyboard.press("Enter");
  await heading(page, "Which disk do you want to clone?");
  await tabTo(page, "radio", /a source/);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await heading(page, "Which disk do you want to clone to?");
  await tabTo(page, "radio", /b target/);
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await page.getByText("This will be lost").waitFor({ timeout: 60_000 });
  await tabTo(page, "button", /^Erase and clone/);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe("confirm");
  const label = await page.locator("label[for=confirm]").textContent();
  if ((await page.locator("#confirm").getAttribute("type")) === "checkbox") await page.keyboard.press("Space");
  else await page.keyboard.type(label?.split(" ")[1] ?? "");
  await tabTo(page, "button", /^Erase and clone/);
  await page.keyboard.press("Enter");
  await heading(page, "The clone is complete");
  expect(await filesOf(target)).toEqual(await filesOf(source));
  expect(await volumesOf(target)).toEqual(await volumesOf(source));
  expect(tab.complaints).toEqual([]);
});
