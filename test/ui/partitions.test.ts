import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Operation } from "#rescue/api/contract.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, readAt, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf } from "#test/engine/layout/volumes.ts";
import { type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { builtUi, checkPage, openBrowser, openTab, shot, sizes, type Tab, tabTo } from "#test/ui/browser.ts";

/** The partition editor in a browser, on a real rescue server with a disk behind it; what came of it is asked of other tools. */

const MIB = 1 << 20;
const DISK: SampleDisk = {
  size: 160 * MIB,
  table: "label: gpt\nstart=1MiB, size=10MiB\nstart=30MiB, size=40MiB, name=data\nstart=130MiB, size=20MiB\n",
  volumes: { 1: "ext4", 2: "ext4", 3: "ntfs" },
};

let browser: Browser;
let ui: string;
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
  ui = await builtUi("partitions");
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await space[Symbol.asyncDispose]();
});

const serve = (disk: string): Promise<RescueServer> =>
  startRescueServer(
    "--ui",
    ui,
    "--disk",
    disk,
    ...["--reports", "--undo", "--run"].flatMap((name) => [name, space.path(name)]),
  );
/** In MiB, by number. */
const placesOf = async (disk: string) =>
  Object.fromEntries(
    (await readPartitions(disk)).map(({ number, offset, size }) => [number, [offset / MIB, size / MIB]]),
  );
const hashOf = async (disk: string, start: number, size: number) =>
  createHash("sha256")
    .update(await readAt(disk, start * MIB, size * MIB))
    .digest("hex");
/** Of the first and the third partition, where nothing may be touched. */
const neighbours = async (disk: string) => [await hashOf(disk, 1, 10), await hashOf(disk, 130, 20)];
const sound = async (disk: string) =>
  expect((await runTool("sgdisk", ["--verify", disk])).stdout).toContain("No problems found");
const open = async (tab: Tab, server: RescueServer) => {
  await tab.page.goto(`${server.url}/#/partitions`);
  await tab.page.getByRole("radio", { name: /^2: / }).waitFor();
};
const done = (page: Page) => page.getByRole("heading", { name: "What came of it" }).waitFor({ timeout: 60_000 });

/** Partition 2 is 20 MiB further and 16 MiB larger than it was, with its files, and all beside it as before. */
async function expectMoved(
  disk: string,
  before: {
    readonly files: Awaited<ReturnType<typeof filesOf>>;
    readonly beside: Awaited<ReturnType<typeof neighbours>>;
  },
): Promise<void> {
  const { 2: [start = 0, size = 0] = [], ...others } = await placesOf(disk);
  expect(Math.abs(start - 50)).toBeLessThan(2);
  expect(Math.abs(size - 56)).toBeLessThan(2);
  expect(others).toEqual({ 1: [1, 10], 3: [130, 20] });
  expect(await filesOf(disk)).toEqual(before.files);
  expect(await neighbours(disk)).toEqual(before.beside);
  await sound(disk);
}

it("moves and resizes by the mouse, and touches nothing else", async () => {
  const disk = await makeSampleDisk(space.path("mouse.img"), DISK);
  const [files, beside] = [await filesOf(disk), await neighbours(disk)];
  await using server = await serve(disk);
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  await open(tab, server);
  const bar = await page.locator(".disk__bar").last().boundingBox();
  if (!bar) throw new Error("there is no bar");
  const pixels = (mib: number) => (mib / 160) * bar.width;
  const drag = async (from: number, by: number) => {
    const segment = await page.locator(".segment", { hasText: "root" }).last().boundingBox();
    if (!segment) throw new Error("there is no segment");
    const x = segment.x + from * segment.width;
    const y = segment.y + segment.height / 2;
    await page.mouse.move(x + (from === 0 ? 4 : from === 1 ? -4 : 0), y);
    await page.mouse.down();
    await page.mouse.move(x + pixels(by / 2), y);
    await page.mouse.move(x + (from === 0 ? 4 : from === 1 ? -4 : 0) + pixels(by), y);
    await page.mouse.up();
  };
  await drag(0.5, 20);
  await page.getByText(/^Move partition 2/).waitFor();
  await page.getByText("It can have").waitFor({ state: "detached" });
  await page.getByRole("slider", { name: "Size of 2: root" }).waitFor();
  await drag(1, 16);
  await page.getByText(/^Make partition 2, "root".* larger/).waitFor();
  expect(await placesOf(disk)).toEqual({ 1: [1, 10], 2: [30, 40], 3: [130, 20] });
  await checkPage(page);
  await page.getByRole("button", { name: "Apply…" }).click();
  await page.getByText("Nothing is lost.").waitFor();
  await checkPage(page);
  await page.getByRole("button", { name: /^Change the partitions of/ }).click();
  await done(page);
  await expectMoved(disk, { files, beside });
  expect(tab.complaints).toEqual([]);
});

const PATIENT = { timeout: 30_000 };

/** In pixels of the page. */
interface Way {
  readonly x: number;
  readonly y: number;
  readonly right?: number;
  readonly down?: number;
}

/** One finger goes down, along a way, and up again, as a touch screen tells it. */
async function openFinger(page: Page): Promise<(way: Way) => Promise<void>> {
  const screen = await page.context().newCDPSession(page);
  const tell = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
    screen.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return async ({ x, y, right = 0, down = 0 }) => {
    await tell("touchStart", [{ x, y }]);
    const parts = right === 0 && down === 0 ? [] : [0.1, 0.4, 0.7, 1];
    for (const part of parts) await tell("touchMove", [{ x: x + right * part, y: y + down * part }]);
    await tell("touchEnd", []);
  };
}

it("moves and resizes by a finger on a small screen; one that goes up scrolls, and changes nothing", async () => {
  const disk = await makeSampleDisk(space.path("finger.img"), DISK);
  const [files, beside] = [await filesOf(disk), await neighbours(disk)];
  await using server = await serve(disk);
  await using tab = await openTab(browser, sizes[0], { hasTouch: true, isMobile: true });
  const { page } = tab;
  await open(tab, server);
  const finger = await openFinger(page);
  const bar = await page.locator(".disk__bar").last().boundingBox();
  if (!bar) throw new Error("there is no bar");
  const pixels = (mib: number) => (mib / 160) * bar.width;
  const middleOf = async (selector: string): Promise<{ x: number; y: number }> => {
    const box = await page.locator(selector).last().boundingBox();
    if (!box) throw new Error(`there is no ${selector}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const root = ".segment--held:has-text('root')";
  await finger({ ...(await middleOf(root)), right: pixels(20) });
  await page.getByText(/^Move partition 2/).waitFor();
  await page.getByRole("slider", { name: "Size of 2: root" }).waitFor();
  const chosen = page.getByRole("radio", { name: "2: root" });
  // What was dragged is marked. The tap that follows is a choice again.
  expect(await chosen.isChecked()).toBe(true);
  await finger(await middleOf(root));
  await expect.poll(() => chosen.isChecked(), PATIENT).toBe(false);
  await finger(await middleOf(root));
  await expect.poll(() => chosen.isChecked(), PATIENT).toBe(true);
  // Also the narrow one at the start of the bar, and the one at its end, have two of full size beside each other.
  for (const name of [/^1: /, /^3: /, /^2: /]) {
    await page.getByRole("radio", { name }).tap();
    const [first, last] = await Promise.all(
      (await page.locator(".segment__knob").all()).map((one) => one.boundingBox()),
    );
    if (!first || !last) throw new Error("there is nothing to take an end by");
    for (const { width, height } of [first, last]) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
    expect([first.x >= 0, first.x + first.width <= last.x + 1, last.x + last.width <= sizes[0].width]).toEqual([
      ...[true, true, true],
    ]);
  }
  await page.evaluate(() => scrollTo(0, 0));
  await finger({ ...(await middleOf(".segment__knob--end")), right: pixels(16) });
  await page.getByText(/^Make partition 2, "root".* larger/).waitFor();
  await shot(page, "partitions-touch");
  await checkPage(page);
  const operations = page.locator(".operations li");
  expect(await operations.count()).toBe(2);
  await finger({ ...(await middleOf(root)), down: -150 });
  await expect.poll(() => page.evaluate(() => scrollY), PATIENT).toBeGreaterThan(50);
  expect([await operations.count(), await page.locator(".segment--moved").count()]).toEqual([2, 1]);
  await page.getByRole("button", { name: "Apply…" }).tap();
  await page.getByRole("button", { name: /^Change the partitions of/ }).tap();
  await done(page);
  await expectMoved(disk, { files, beside });
  expect(tab.complaints).toEqual([]);
});

it("makes, labels, moves and shrinks with nothing but the keyboard", async () => {
  const disk = await makeSampleDisk(space.path("keys.img"), DISK);
  const [files, beside] = [await filesOf(disk), await neighbours(disk)];
  await using server = await serve(disk);
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  const keys = async (...names: string[]) => {
    for (const name of names) await page.keyboard.press(name);
  };
  await open(tab, server);
  await tabTo(page, "radio", "1: root");
  await keys("ArrowDown", "ArrowDown");
  expect(await page.getByRole("radio", { name: "2: root" }).isChecked()).toBe(true);
  const size = page.getByRole("slider", { name: "Size of 2: root" });
  await size.waitFor();
  while (!(await size.evaluate((element) => element === document.activeElement))) await keys("Tab");
  await keys("ArrowLeft", "ArrowLeft", "ArrowLeft");
  await page.getByText(/^Make partition 2, "root".* smaller: 37(\.0)? MiB/).waitFor();
  expect(await size.getAttribute("aria-valuetext")).toBe("37\u00a0MiB");
  const start = page.getByRole("slider", { name: "Start of 2: root" });
  while (!(await start.evaluate((element) => element === document.activeElement))) await keys("Tab");
  await keys("ArrowRight", "ArrowRight");
  await page.getByText(/^Move partition 2, .*, from 30 MiB to 32 MiB$/).waitFor();
  await tabTo(page, "button", "Actions", "Shift+Tab");
  await keys("Enter");
  await page.getByRole("menuitem", { name: "Label…" }).waitFor();
  while ((await page.evaluate(() => document.activeElement?.textContent)) !== "Label…") await keys("ArrowDown");
  await keys("Enter");
  await tabTo(page, "textbox", "Label");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("papers");
  await tabTo(page, "button", "Add to the list");
  await keys("Enter");
  await page.getByText('Label the ext4 of partition 2 "papers"').waitFor();
  await keys("ControlOrMeta+z");
  await page.getByText('Label the ext4 of partition 2 "papers"').waitFor({ state: "detached" });
  await keys("ControlOrMeta+y");
  await page.getByText('Label the ext4 of partition 2 "papers"').waitFor();
  await tabTo(page, "radio", "2: papers", "Shift+Tab");
  await keys("ArrowDown");
  await tabTo(page, "button", "New partition…");
  await keys("Enter");
  await tabTo(page, "button", "Add to the list");
  await keys("Enter");
  await page.getByText(/^Make partition 4 with ext4, 61 MiB, starting at 69 MiB$/).waitFor();
  await tabTo(page, "button", "Apply…");
  await keys("Enter");
  await tabTo(page, "button", /^Change the partitions of/);
  await keys("Enter");
  await done(page);
  expect(await placesOf(disk)).toEqual({ 1: [1, 10], 2: [32, 37], 3: [130, 20], 4: [69, 61] });
  expect(await filesOf(disk)).toEqual({ ...files });
  expect(await neighbours(disk)).toEqual(beside);
  const labels = await runTool("blkid", ["--probe", "--offset", String(32 * MIB), "-s", "LABEL", "-o", "value", disk]);
  expect(labels.stdout.trim()).toBe("papers");
  await sound(disk);
  expect(tab.complaints).toEqual([]);
});

/** What no driver knows is moved whole, and a MiB at a time: slow enough to be met in its middle. */
const SLOW: SampleDisk = {
  size: 400 * MIB,
  table: "label: gpt\nstart=1MiB, size=10MiB\nstart=30MiB, size=300MiB, name=data\nstart=350MiB, size=20MiB\n",
  volumes: { 1: "ext4", 2: "noise", 3: "ntfs" },
};

async function beginMove(page: Page, server: RescueServer): Promise<void> {
  await page.goto(`${server.url}/#/partitions`);
  await page.getByRole("radio", { name: "2: data" }).check();
  // Of what lies within the first GiB places are told in MiB.
  await page.getByRole("button", { name: "Start of 2: data: +1 MiB" }).click();
  await page.getByRole("button", { name: "Apply…" }).click();
  await page.getByRole("button", { name: /^Change the partitions of/ }).click();
  await expect
    .poll(async () => (await operation(server))?.progress?.doneBytes ?? 0, { timeout: 60_000 })
    .toBeGreaterThan(2 * MIB);
}
const operation = async (server: RescueServer) => ((await server.get("/api/v1/operations")).json as Operation[])[0];

it("finds a change that runs again after a reload; one that the power ended is taken back", async () => {
  const disk = await makeSampleDisk(space.path("slow.img"), SLOW);
  const content = await hashOf(disk, 30, 300);
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  {
    await using server = await serve(disk);
    await beginMove(page, server);
    await page.reload();
    await page.getByRole("heading", { level: 1, name: /^Changing the partitions/ }).waitFor();
    await page.getByText("Elapsed").waitFor();
    expect((await operation(server))?.state).toBe("running");
    await server.kill();
  }
  expect(Object.keys(await placesOf(disk))).toEqual(["1", "3"]);
  await using server = await serve(disk);
  await page.goto(`${server.url}/#/partitions`);
  await page.getByText("Partition 2 was being moved.").waitFor();
  await page.getByRole("button", { name: "Take it back…" }).click();
  await page.getByText(/Then move it back to 30 MiB/).waitFor();
  await page.getByRole("button", { name: "Start" }).click();
  await done(page);
  expect(await placesOf(disk)).toEqual({ 1: [1, 10], 2: [30, 300], 3: [350, 20] });
  expect(await hashOf(disk, 30, 300)).toBe(content);
  await sound(disk);
});
