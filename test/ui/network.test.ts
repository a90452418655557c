import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readMountTable } from "#imaging/inventory/mount-table.ts";
import { openCephSpace } from "#test/engine/bucket/ceph-space.ts";
import { openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { startSharesApi } from "#test/engine/shares/shares-api.ts";
import { full } from "#test/sample.ts";
import { builtUi, checkPage, openBrowser, openTab, sizes, tabTo } from "#test/ui/browser.ts";
import { FakeServer } from "#test/ui/fake-server.ts";

let browser: Browser;
let ui: string;
let space: Workspace;
beforeAll(async () => {
  space = await openWorkspace();
  ui = await builtUi("network");
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await space[Symbol.asyncDispose]();
});

it("shows what a real server says of this machine; what that refuses leaves the page as it was", async () => {
  const folders = ["--reports", "--undo", "--run"].flatMap((name) => [name, space.path(name)]);
  await using server = await startRescueServer("--ui", ui, ...folders);
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  await page.goto(`${server.url}/#/network`);
  await page.getByText("None yet. Images on a share").waitFor();
  await page.getByRole("button", { name: "Ask a time server" }).click();
  await page.getByText(/this computer does not run the rescue system, so its clock/).waitFor();
  await page.getByText("Set by").waitFor();
  await page.getByRole("button", { name: "Open the pages" }).click();
  await checkPage(page);
});

full(
  "a bucket of a real server: what is wrong is said in the form, then it is connected, and taken away again",
  async () => {
    await using ceph = await openCephSpace();
    await using api = await startSharesApi(ceph.files, [], ui);
    await using tab = await openTab(browser, sizes[0]);
    const { page } = tab;
    page.setDefaultTimeout(60_000); // each answer is one of a server behind another one
    await page.goto(`${api.url}/#/network`);
    await page.getByRole("button", { name: "Add a share…" }).click();
    await page.getByLabel("Kind").selectOption("s3");
    for (const [name, text] of [
      ["Address of the server", ceph.ceph.endpoint],
      ["Bucket", ceph.bucket],
      ["Access key", ceph.ceph.credentials.accessKeyId],
      ["Secret key", "another secret"],
      ["Name for people", "Offsite"],
    ] as const)
      await page.getByLabel(name, { exact: true }).fill(text);
    await page.getByRole("button", { name: "Test" }).click();
    await page.getByText(/does not let this access key into the bucket/).waitFor();
    await page.getByLabel("Secret key").fill(ceph.ceph.credentials.secretAccessKey);
    await page.getByRole("button", { name: "Test" }).click();
    await page.getByText("It can be used.").waitFor();
    await page.getByRole("button", { name: /^Connect$/ }).click();
    await page.getByText("S3, connected").waitFor();
    await checkPage(page);
    await page.getByRole("button", { name: "Remove Offsite" }).click();
    await page.getByText("None yet. Images on a share").waitFor();
    expect((await readMountTable()).filter(({ point }) => point.startsWith(ceph.files.folder))).toEqual([]);
  },
);

it("adds a bucket with nothing but the keyboard: its key's secret goes beside it", async () => {
  await using server = await FakeServer.start({ ui });
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(`${server.url}#/network`);
  await page.getByText("Offsite").waitFor();
  await tabTo(page, "button", "Add a share…");
  await page.keyboard.press("Enter");
  await tabTo(page, "combobox", "Kind");
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  for (const [name, text] of [
    ["Address of the server", "https://objects.example.org"],
    [/^Bucket$/, "backups"],
    ["Access key", "LIFEBOAT"],
  ] as const) {
    await tabTo(page, "textbox", name);
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Tab");
  await page.keyboard.type("secret");
  await tabTo(page, "button", /^Connect$/);
  await page.keyboard.press("Enter");
  await page.getByText("backups", { exact: true }).waitFor();
  expect(server.posts.find(({ path }) => path === "/api/v1/places")?.body).toEqual({
    place: {
      ...{ kind: "s3", name: "backups", readOnly: false, bucket: "backups", folder: "", accessKeyId: "LIFEBOAT" },
      ...{ endpoint: "https://objects.example.org", password: "ask" },
    },
    password: "secret",
  });
});

it("adds a share with nothing but the keyboard, and sends its password beside it", async () => {
  await using server = await FakeServer.start({ ui });
  await using tab = await openTab(browser, sizes[0]);
  const { page } = tab;
  await page.goto(`${server.url}#/network`);
  await page.getByText("Archive").waitFor();
  await tabTo(page, "button", "Add a share…");
  await page.keyboard.press("Enter");
  for (const [name, text] of [
    ["Server", "nas2.example.org"],
    ["Name of the share", "images"],
    ["User", "anna"],
    ["Name for people", "Second"],
  ] as const) {
    await tabTo(page, "textbox", name);
    await page.keyboard.type(text);
  }
  await page.getByLabel("Password").focus();
  await page.keyboard.type("secret");
  await tabTo(page, "button", /^Connect$/);
  await page.keyboard.press("Enter");
  await page.getByText("Second", { exact: true }).waitFor();
  expect(server.posts.find(({ path }) => path === "/api/v1/places")?.body).toEqual({
    place: {
      ...{ kind: "smb", name: "Second", readOnly: false, server: "nas2.example.org", share: "images", folder: "" },
      ...{ user: "anna", password: "ask" },
    },
    password: "secret",
  });
});
