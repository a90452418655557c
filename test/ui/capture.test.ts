import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { builtUi, openBrowser, openTab, sizes, tabTo } from "#test/ui/browser.ts";
import { FakeServer } from "#test/ui/fake-server.ts";
import { runningCapture } from "#test/ui/recorded-capture.ts";

const SIZE = 40 << 20;
const PASSWORD = "Straße; 'Möwen'";

let browser: Browser;
let ui: string;
beforeAll(async () => {
  ui = await builtUi("capture");
  browser = await openBrowser();
});
afterAll(() => browser.close());

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const next = (page: Page) => page.getByRole("button", { name: "Next" }).click();

describe("with a rescue server and a real disk", () => {
  let work: Workspace;
  let server: RescueServer;
  let source: string;
  let folder: string;

  beforeEach(async () => {
    await using stack = new AsyncDisposableStack();
    work = stack.use(await openWorkspace());
    source = await noisyDisk(work.path("a source.raw"), SIZE, 1);
    folder = work.path("images");
    await mkdir(folder);
    const kept = ["--reports", work.path("reports"), "--run", work.path("run"), "--undo", work.path("undo")];
    server = stack.use(await startRescueServer("--ui", ui, "--disk", source, "--images", folder, ...kept));
    const all = stack.move();
    return () => all.disposeAsync();
  });

  it("captures into an encrypted image of several files, which the command restores", async () => {
    await using tab = await openTab(browser, sizes[1]);
    const { page } = tab;
    const before = await sha256File(source);
    await page.goto(`${server.url}/#/`);
    await page.getByRole("link", { name: /^Capture a disk/ }).click();
    await heading(page, "Which disk do you want to capture?");
    await page.getByText("a source.raw", { exact: false }).first().click();
    await next(page);
    await heading(page, "Where shall the image go?");
    await page.getByRole("radio").first().check();
    await next(page);
    await heading(page, "How shall the image be made?");
    await page.getByLabel("Name of the image").fill("Büro; 'Server'");
    await page.getByRole("textbox", { name: "Note" }).fill("before the move");
    await page.getByRole("checkbox", { name: "Encrypt the image" }).check();
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByLabel("The same once more").fill(PASSWORD);
    await page.getByLabel(/^Split into files/).fill("0.02");
    await next(page);
    await heading(page, "Check what will happen");
    await page.getByText("Encrypted with a password").waitFor();
    expect(await readdir(folder)).toEqual([]);
    await page.getByRole("button", { name: /^Capture a source/ }).click();
    await heading(page, /^Capture of a source/);
    await page.reload();
    await page.getByText("The image was read back and is intact.").waitFor({ timeout: 60_000 });
    expect(page.url()).not.toMatch(/password|Stra/);
    await page.getByRole("button", { name: "Home" }).click();
    await page.getByText("Images that were found").waitFor();

    const files = await readdir(folder);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect((await stat(`${folder}/${file}`)).size).toBeLessThanOrEqual(22 << 20);
    await writeFile(work.path("password"), PASSWORD);
    const image = `${folder}/Büro; 'Server'.lbi`;
    const opened = ["--password-file", work.path("password")];
    const shown = await lifeboatJson("image", "show", image, ...opened);
    expect(shown).toMatchObject({ manifest: { note: "before the move", level: "normal" }, encrypted: true });
    const target = await noisyDisk(work.path("b target.raw"), SIZE, 2);
    await lifeboat("restore", image, "--to", target, "--yes-erase", target, "--no-undo", ...opened);
    expect(await sha256File(target)).toBe(before);
    expect(await sha256File(source)).toBe(before);
    expect(tab.complaints).toEqual([]);
  });

  it("refuses before anything is written: a name that is taken, a repository's options for a file", async () => {
    await writeFile(`${folder}/taken.lbi`, "x");
    const { destinationId, diskId } = { destinationId: `folder:${folder}`, diskId: `file:${source}` };
    const wish = { kind: "capture", diskId, destinationId, name: "taken", verify: true };
    const plan = (more: object) => server.post("/api/v1/plans/operation", { ...wish, ...more });
    expect((await plan({})).json).toMatchObject({ code: "FILE_EXISTS" });
    expect((await plan({ name: "new", type: "full" })).json).toMatchObject({ code: "REQUEST_INVALID" });
    expect((await plan({ name: "new", raw: true, exclude: [1] })).json).toMatchObject({ code: "REQUEST_INVALID" });
    expect((await plan({ name: "new", volumeBytes: 1 << 20 })).json).toMatchObject({ code: "REQUEST_INVALID" });
    const good = (await plan({ name: "new" })).json as { id: string; confirmation: { id: string } };
    const start = { planId: good.id, confirm: good.confirmation.id, afterwards: "shut-down" };
    expect((await server.post("/api/v1/operations", start, "k")).json).toMatchObject({ code: "FORBIDDEN" });
    expect(await readdir(folder)).toEqual(["taken.lbi"]);
  });
});

describe.each(sizes)("with the keyboard at $width x $height", (size) => {
  it("goes from the first page to the job", async () => {
    await using server = await FakeServer.start({ ui });
    server.operation = runningCapture;
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(`${server.url}#/capture`);
    await tabTo(page, "radio", /Samsung/);
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await heading(page, "Where shall the image go?");
    await tabTo(page, "radio", /^NAS, cellar$/);
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await heading(page, "How shall the image be made?");
    await tabTo(page, "textbox", "Name of the image");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("Office");
    await tabTo(page, "radio", "Normal");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "radio", "Stay on");
    await page.keyboard.press("ArrowDown");
    await tabTo(page, "button", "Next");
    await page.keyboard.press("Enter");
    await heading(page, "Check what will happen");
    await tabTo(page, "button", /^Capture Samsung/);
    await page.keyboard.press("Enter");
    await heading(page, /^Capture of Samsung/);
    const posts = server.posts.map(({ path, body }) => [path, body]);
    expect(posts).toContainEqual([
      "/api/v1/plans/operation",
      expect.objectContaining({ name: "Office", level: "high" }),
    ]);
    expect(posts).toContainEqual([
      "/api/v1/operations",
      { planId: "operation-plan-2", confirm: expect.any(String), afterwards: "shut-down" },
    ]);
    expect(tab.complaints).toEqual([]);
  });
});

it("shows who comes what runs, says that it goes on when the connection is lost, and finds it again", async () => {
  await using server = await FakeServer.start({ ui });
  server.operation = runningCapture;
  server.isOperationListed = true;
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(server.url);
  await heading(page, /^Capture of Samsung/);
  await page.getByText("about 9 minutes").waitFor();
  server.cut(true);
  await page.getByText("The connection to the rescue program is lost").waitFor();
  await page.getByText("18%", { exact: true }).waitFor();
  server.operation = { ...runningCapture, state: "succeeded", lines: [{ text: "Captured 58 GiB" }] };
  server.cut(false);
  await page.getByText("Captured 58 GiB").waitFor();
  expect(await page.getByText("The connection to the rescue program is lost").count()).toBe(0);
});
