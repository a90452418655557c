import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { GPT_DISK, makeSampleDisk, SMALL_DISK } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf } from "#test/engine/layout/volumes.ts";
import { type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { builtUi, openBrowser, openTab, sizes } from "#test/ui/browser.ts";

/** The library of images by the pages, of a rescue server with real images behind it. */

let browser: Browser;
let ui: string;
let work: Workspace;
let folder: string;
beforeAll(async () => {
  ui = await builtUi("images");
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  work = await openWorkspace();
  folder = work.path("images");
  await mkdir(folder);
  return () => work[Symbol.asyncDispose]();
});

function serve(): Promise<RescueServer> {
  const kept = ["--reports", work.path("reports"), "--run", work.path("run"), "--undo", work.path("undo")];
  return startRescueServer("--ui", ui, "--images", folder, ...kept);
}

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

it("finds an image, gets a file and a folder out of it, and exports it; each is what was captured", async () => {
  const disk = await makeSampleDisk(work.path("disk.raw"), GPT_DISK);
  const image = join(folder, "office.lbi");
  await lifeboat("capture", disk, "--to", image, "--name", "Office PC", "--note", "before the move");
  const volumes = await lifeboatJson<{ volumes: { name: string; shown: boolean }[] }>("image", "ls", image);
  const volume = volumes.volumes.find(({ name }) => name.startsWith("3-"))?.name ?? "";
  const name = "file-5.bin";
  await lifeboat("image", "cp", image, `/${volume}/a folder/${name}`, work.path("expected"));
  const expected = sha256(await readFile(work.path("expected")));
  await using server = await serve();
  await using tab = await openTab(browser, sizes[1], { acceptDownloads: true });
  const { page } = tab;
  await page.goto(`${server.url}/#/images`);
  await page.getByLabel("Search").fill("nowhere");
  await page.getByText("0 images found").waitFor();
  await page.getByLabel("Search").fill("move office");
  await page.getByRole("link", { name: "Open Office PC" }).click();
  await heading(page, "Office PC");
  await page.getByRole("link", { name: "Look inside" }).click();
  await page.getByRole("link", { name: `Open ${volume}` }).click({ timeout: 30_000 });
  const save = async (link: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: `Download ${link}`, exact: true }).click(),
    ]);
    return await download.path();
  };
  const archive = await save("a folder");
  await runTool("tar", ["--extract", "--file", archive, "--directory", work.folder]);
  expect(sha256(await readFile(work.path(`a folder/${name}`)))).toBe(expected);
  await page.getByRole("link", { name: "a folder/" }).click();
  expect(sha256(await readFile(await save(name)))).toBe(expected);

  await page.getByRole("checkbox", { name: `Choose ${name}` }).check();
  await page.getByRole("button", { name: "Copy…" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByText(/^Copied to/).waitFor({ timeout: 60_000 });
  const [copied] = (await readdir(folder)).filter((name) => name.startsWith("Office PC"));
  expect(sha256(await readFile(join(folder, copied ?? "", name)))).toBe(expected);

  await page.goto(`${server.url}/#/images`);
  await page.getByRole("link", { name: "Open Office PC" }).click();
  await page.getByLabel("Format").selectOption("raw");
  await page.getByRole("button", { name: "Export…" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByText("The file was read back and equals the image.").waitFor({ timeout: 90_000 });
  expect(await filesOf(join(folder, "Office PC.raw"))).toEqual(await filesOf(disk));
  expect(tab.complaints).toEqual([]);
});

it("adds and removes passwords, notes and pins a point, and shows what a clean-up would keep", async () => {
  const disk = await makeSampleDisk(work.path("disk.raw"), SMALL_DISK);
  const repository = join(folder, "repository");
  await writeFile(work.path("one"), "one password");
  await writeFile(work.path("two"), "two passwords");
  const [one, two] = [
    ["--password-file", work.path("one")],
    ["--password-file", work.path("two")],
  ];
  await lifeboat("repo", "init", repository, "--encrypt", ...one);
  await lifeboat("capture", disk, "--to", repository, "--name", "older", ...one);
  await lifeboat("capture", disk, "--to", repository, "--name", "newer", ...one);
  await using server = await serve();
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  // What is there already comes late: it must not take the place of what is typed meanwhile.
  await page.route("**/mark", async (route) => {
    const response = await route.fetch();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.fulfill({ response });
  });
  const mark = page.waitForResponse("**/mark");
  await page.goto(`${server.url}/#/images`);
  await page.getByRole("link", { name: /^Open .*older/ }).click();
  await page.getByLabel("Password", { exact: true }).fill("one password");
  await page.getByRole("button", { name: "Unlock" }).click();
  await page.getByRole("textbox", { name: "Note" }).fill("keep me");
  await mark;
  await page.getByRole("checkbox", { name: "Pin it" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("Saved.").waitFor({ state: "attached" });
  await page.getByLabel("The last").fill("1");
  for (const rule of ["Days", "Weeks", "Months", "Years"]) await page.getByLabel(rule, { exact: true }).fill("0");
  await page.getByRole("button", { name: "Show", exact: true }).first().click();
  await page.getByText("pinned").waitFor();
  await page.getByText("one of the last 1").waitFor();

  await page.getByLabel("A password that opens it").fill("wrong");
  await page.getByLabel("New password").fill("two passwords");
  await page.getByRole("button", { name: "Add password" }).click();
  await page.getByText("Code IMAGE_UNLOCK_FAILED").waitFor({ timeout: 30_000 });
  await page.getByLabel("A password that opens it").fill("one password");
  await page.getByRole("button", { name: "Add password" }).click();
  await expect.poll(() => page.getByRole("button", { name: /^Remove key/ }).count(), { timeout: 30_000 }).toBe(2);
  await page.getByLabel("A password that opens it").fill("two passwords");
  await page
    .getByRole("button", { name: /^Remove key/ })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect.poll(() => page.getByRole("button", { name: /^Remove key/ }).count(), { timeout: 30_000 }).toBe(1);

  const points = await lifeboatJson<{ mark: { pinned: boolean; note?: string } }[]>(
    "image",
    "list",
    repository,
    ...two,
  );
  expect(points.map(({ mark }) => [mark.pinned, mark.note]).toSorted()).toEqual([
    [false, undefined],
    [true, "keep me"],
  ]);
  expect((await lifeboatError("image", "list", repository, ...one)).code).toBe("IMAGE_UNLOCK_FAILED");
});
