import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { problemOf } from "#base/http/problem.ts";
import { builtUi, checkPage, openBrowser, openTab, shot, sizes, tabTo } from "#test/ui/browser.ts";
import { coded, FakeServer } from "#test/ui/fake-server.ts";
import { dataDisk, image, imageStick, windowsDisk } from "#test/ui/recorded.ts";
import { cancelled, failed, jobFor, planFor, progressAt, succeeded } from "#test/ui/recorded-job.ts";

/** What goes wrong: refusals, stale plans, broken connections, reloads, failed and stopped jobs. */

let browser: Browser;
let ui: string;
beforeAll(async () => {
  ui = await builtUi("failures");
  browser = await openBrowser();
});
afterAll(() => browser.close());

const job = jobFor(planFor(dataDisk, { verifyTarget: true, salvage: false }));
const address = (server: FakeServer, step: string, targetId: string) =>
  `${server.url}#/restore/${step}?image=${encodeURIComponent(image.id)}&target=${encodeURIComponent(targetId)}`;
const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();

async function confirmAndStart(page: Page): Promise<void> {
  await page.getByRole("checkbox", { name: /^I understand/ }).check();
  await page.getByRole("button", { name: /^Erase and restore/ }).click();
}

it("shows a refused disk with its reason, and does not let it be chosen", async () => {
  await using server = await FakeServer.start({ ui });
  server.targets = [imageStick, dataDisk];
  await using tab = await openTab(browser, sizes[0]);
  await tab.page.goto(address(server, "target", imageStick.disk.id));
  await tab.page.getByText("It holds the image itself. TARGET_HOLDS_IMAGE").waitFor();
  const refused = tab.page.getByRole("radio", { name: /SanDisk/ });
  expect(await refused.isDisabled()).toBe(true);
  expect(await refused.isChecked()).toBe(false);
});

it("asks again when the disks have changed, and marks what is new", async () => {
  for (const size of sizes) {
    await using server = await FakeServer.start({ ui });
    server.targets = [dataDisk];
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(address(server, "review", dataDisk.disk.id));
    await page.getByText("This will be lost").waitFor();
    server.startError = coded("PLAN_STALE", { planned: "aaaa", current: "bbbb" });
    const [first] = dataDisk.disk.partitions;
    if (!first) throw new Error("the recorded disk has no partition");
    const second = { ...first, number: 2, start: first.start + first.size, size: 20 * 1024 ** 3 };
    server.targets = [{ ...dataDisk, disk: { ...dataDisk.disk, partitions: [first, second] } }];
    server.startError = coded("PLAN_STALE", { planned: "aaaa", current: "bbbb" });
    await confirmAndStart(page);

    await page.getByText("The disks have changed since this page was made").waitFor();
    await page.getByText(/^partition 2.*new$/).waitFor();
    expect(await page.getByRole("checkbox", { name: /^I understand/ }).isChecked()).toBe(false);
    await page.evaluate(() => window.scrollTo(0, 0));
    await shot(page, "review-stale");
    await checkPage(page);
    await confirmAndStart(page);
    await heading(page, /^Restoring/);
  }
});

it("comes back to the running job after a reload, and to its result", async () => {
  await using server = await FakeServer.start({ ui });
  server.targets = [dataDisk];
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(address(server, "target", dataDisk.disk.id));
  await page.getByRole("button", { name: "Next" }).click();
  await confirmAndStart(page);
  await heading(page, /^Restoring/);
  server.push({ ...job, progress: progressAt(0.42, 2) });
  await page.getByText("42%", { exact: true }).waitFor();
  await page.reload();
  await page.getByText("42%", { exact: true }).waitFor();
  await page.goBack();
  await heading(page, /^Restoring/);
  server.push(succeeded(job));
  await heading(page, "The restore is complete");
  await page.reload();
  await heading(page, "The restore is complete");
  await page.getByRole("button", { name: "Restore another" }).click();
  await heading(page, /Which image/);
  await page.reload();
  await heading(page, /Which image/);
  expect(tab.complaints).toEqual([]);
});

it("says that the work goes on while the connection is lost, and follows it again", async () => {
  await using server = await FakeServer.start({ ui });
  server.push({ ...job, progress: progressAt(0.2, 2) });
  for (const size of sizes) {
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(server.url);
    await page.getByText("20%", { exact: true }).waitFor();
    server.cut(true);
    await page.getByText("The connection to the rescue program is lost").waitFor();
    await shot(page, "progress-connection-lost");
    await checkPage(page);
    server.cut(false);
    await page.getByText("The connection to the rescue program is lost").waitFor({ state: "detached" });
  }
});

it("does not claim that a job goes on when the server was started anew", async () => {
  await using server = await FakeServer.start({ ui });
  server.push({ ...job, progress: progressAt(0.2, 2) });
  await using tab = await openTab(browser, sizes[0]);
  await tab.page.goto(server.url);
  await tab.page.getByText("20%", { exact: true }).waitFor();
  server.cut(true);
  server.job = undefined;
  server.cut(false);
  await tab.page.getByText("Code JOB_LOST").waitFor();
  await heading(tab.page, /Which image/);
});

it("shows what failed and leads back to the review of the same restore", async () => {
  await using server = await FakeServer.start({ ui });
  server.targets = [dataDisk];
  server.isRescue = false;
  const reason = { device: "/dev/sdb", offset: 4096, reason: "Input/output error" };
  server.push(failed(job, problemOf(coded("WRITE_FAILED", reason))));
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(server.url);
  await heading(page, "The restore failed");
  await page.getByText("/dev/sdb: cannot write at byte 4096: Input/output error").waitFor();
  await page.getByText("Code WRITE_FAILED").waitFor();
  const log = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save log" }).click();
  expect((await log).suggestedFilename()).toMatch(/^lifeboat-log-.*\.txt$/);
  await page.getByRole("button", { name: "Try again" }).click();
  await heading(page, "Check what will happen");
  await confirmAndStart(page);
  await heading(page, /^Restoring/);
});

it("shows the log on the rescue machine's own screen, where a download would be lost", async () => {
  await using server = await FakeServer.start({ ui });
  server.log = "a line of the log\n".repeat(300);
  server.push(failed(job, problemOf(coded("WRITE_FAILED", { device: "/dev/sdb", offset: 4096, reason: "broken" }))));
  for (const size of sizes) {
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(server.url);
    await heading(page, "The restore failed");
    expect(await page.getByRole("link", { name: "Save log" }).count()).toBe(0);
    await tabTo(page, "button", "Show log");
    await page.keyboard.press("Enter");
    const text = page.locator("dialog pre");
    await text.getByText("a line of the log").waitFor();
    await shot(page, "log");
    await checkPage(page);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Close");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("PageDown");
    await expect.poll(() => text.evaluate((pre) => pre.scrollTop)).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Show log");
    expect(tab.complaints).toEqual([]);
  }
});

it("says that a damaged image was restored with damage, and leads to another image", async () => {
  await using server = await FakeServer.start({ ui });
  const problem = problemOf(coded("RESTORE_SALVAGED", { file: "/mnt/a.lbi", damaged: 1, first: "partition 3" }));
  server.push(failed(job, problem));
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(server.url);
  await heading(page, "Restored with damage: 1 range is missing");
  expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
  await page.getByRole("button", { name: "Choose another image" }).click();
  await heading(page, /Which image/);
});

it("says at once why the restore cannot start yet, and that there is more below", async () => {
  await using server = await FakeServer.start({ ui });
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(address(server, "review", windowsDisk.disk.id));
  await page.getByText("First type 1234 under “Confirm”.").waitFor();
  await page.getByText(/^More below/).waitFor();
  await page.getByRole("textbox").fill("1234");
  await page.getByText("First type 1234").waitFor({ state: "detached" });
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await page.getByText(/^More below/).waitFor({ state: "detached" });
});

it("stops a job only after asking, and tells what that leaves behind", async () => {
  await using server = await FakeServer.start({ ui });
  server.push({ ...job, progress: progressAt(0.2, 2) });
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(server.url);
  const stop = page.getByRole("button", { name: "Stop…" });
  await stop.click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Stop…");
  await stop.click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  expect(server.posts.filter((post) => post.path.endsWith("/cancel"))).toEqual([]);
  await stop.click();
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByText(/^Stopping…/).waitFor();
  server.push(cancelled(job));
  await heading(page, "The restore was stopped");
  await page.getByText(/The target will not boot/).waitFor();
});

it("shows a refused start where it was asked for", async () => {
  await using server = await FakeServer.start({ ui });
  server.targets = [windowsDisk];
  server.startError = coded("JOB_BUSY", { device: "/dev/nvme0n1" });
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(address(server, "review", windowsDisk.disk.id));
  await page.getByRole("textbox").fill("1234");
  await page.getByRole("button", { name: /^Erase and restore/ }).click();
  await page.getByText("Code JOB_BUSY").waitFor();
  expect(await page.getByRole("textbox").inputValue()).toBe("1234");
});
