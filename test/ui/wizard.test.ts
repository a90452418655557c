import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtUi, expectUncovered, openBrowser, openTab, sizes, tabTo } from "#test/ui/browser.ts";
import { FakeServer, PASSWORD } from "#test/ui/fake-server.ts";
import {
  damagedImage,
  dataDisk,
  emptyDisk,
  image,
  lockedImage,
  olderImage,
  smallDisk,
  windowsDisk,
} from "#test/ui/recorded.ts";
import { progressAt, succeeded } from "#test/ui/recorded-job.ts";

/** The whole wizard as people go through it, with nothing but the keyboard. */

let browser: Browser;
let ui: string;
beforeAll(async () => {
  ui = await builtUi("wizard");
  browser = await openBrowser();
});
afterAll(() => browser.close());

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name }).waitFor();
const bodies = (server: FakeServer, path: string) => server.posts.filter((p) => p.path === path).map((p) => p.body);
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);
const jobOf = (server: FakeServer) => {
  if (!server.job) throw new Error("no job was started");
  return server.job;
};

describe.each(sizes)("with the keyboard at $width x $height", (size) => {
  it("restores from the first page to the result", async () => {
    await using server = await FakeServer.start({ ui });
    server.images = [damagedImage, image, olderImage];
    server.targets = [smallDisk, windowsDisk, emptyDisk];
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(server.url);

    await heading(page, "What do you want to do?");
    expect(await focused(page)).toBe("What do you want to do?");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toMatch(/^Restore an image/);
    await page.keyboard.press("Enter");
    await heading(page, /Which image/);
    expect(await focused(page)).toMatch(/Which image/);
    await tabTo(page, "radio", "Office PC, reception");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");

    await heading(page, /Which disk/);
    expect(await focused(page)).toMatch(/Which disk/);
    expect(await page.getByRole("radio", { checked: true }).count()).toBe(0);
    await tabTo(page, "radio", /Samsung SSD 970/);
    await page.keyboard.press("ArrowDown");
    expect(await page.getByRole("radio", { name: /CT1000MX500/ }).isChecked()).toBe(true);
    await page.keyboard.press("ArrowUp");
    await tabTo(page, "button", "Next");
    await page.keyboard.press("Enter");

    await heading(page, "Check what will happen");
    await page.getByText("This will be lost").waitFor();
    expect(await focused(page)).toBe("Back");
    await tabTo(page, "button", /^Erase and restore/);
    await page.keyboard.press("Enter");
    await page.getByText("First type 1234 under “Confirm”.").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("confirm");
    await expectUncovered(page);
    await page.keyboard.type("1234");
    await page.keyboard.press("Enter");
    expect(bodies(server, "/api/v1/jobs/restore")).toEqual([]);
    await tabTo(page, "button", /^Erase and restore/);
    await page.keyboard.press("Enter");

    await heading(page, /^Restoring Office PC/);
    server.push({ ...jobOf(server), progress: progressAt(0.5, 2) });
    await page.getByText("50%", { exact: true }).waitFor();
    await expect.poll(() => page.title()).toMatch(/^50% – Samsung/);
    server.push(succeeded(jobOf(server)));
    await heading(page, "The restore is complete");
    expect(await focused(page)).toBe("The restore is complete");
    await tabTo(page, "button", "Restart");
    await page.keyboard.press("Enter");
    await heading(page, /restarts/);

    const [start] = bodies(server, "/api/v1/jobs/restore");
    expect(start).toMatchObject({ confirm: "1234" });
    expect(bodies(server, "/api/v1/power")).toEqual([{ action: "restart" }]);
    const shown = bodies(server, "/api/v1/kiosk/painted").map((body) => (body as { page: string }).page);
    expect(shown).toEqual(["home", "image", "target", "review", "progress", "result"]);
    expect(server.posts.every((post) => post.key !== undefined)).toBe(true);
    expect(tab.complaints).toEqual([]);
  });

  it("unlocks an image: too early, wrong, shown, right; the password goes nowhere else", async () => {
    await using server = await FakeServer.start({ ui });
    server.images = [image, lockedImage];
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(`${server.url}#/restore`);
    await tabTo(page, "radio", "Office PC, reception");
    await page.keyboard.press("ArrowDown");
    expect(await page.getByRole("radio", { name: "ward-3.lbi" }).isChecked()).toBe(true);
    await page.keyboard.press("Enter");
    await page.getByText("First type the password of ward-3.lbi.").waitFor();
    const field = page.getByLabel("Password");
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await expectUncovered(page);
    await page.keyboard.type("Correct Horse");
    expect(await field.getAttribute("type")).toBe("password");
    await page.keyboard.press("Enter");
    await page.getByText("That does not open this image").waitFor();
    expect(await field.getAttribute("aria-invalid")).toBe("true");
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await expectUncovered(page);
    await tabTo(page, "button", "Show");
    await page.keyboard.press("Enter");
    expect(await field.getAttribute("type")).toBe("text");
    expect(await field.inputValue()).toBe("Correct Horse");
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByText("Inside partition 3 (LUKS)").waitFor();
    await page.getByText("ward-3.lbi is unlocked").waitFor({ state: "attached" });
    const radio = page.getByRole("radio", { name: "Ward 3" });
    await expect.poll(() => radio.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");
    await heading(page, /Which disk/);
    const sent = server.posts.filter(({ body }) => JSON.stringify(body).toLowerCase().includes("horse"));
    expect(sent.map(({ path }) => path)).toEqual(
      Array(2).fill(`/api/v1/images/${encodeURIComponent(lockedImage.id)}/unlock`),
    );
    expect(page.url()).not.toContain("horse");
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(kept.toLowerCase()).not.toContain("horse");
    expect(tab.complaints.filter((text) => !text.startsWith("Failed to load resource"))).toEqual([]);
  });

  it("starts with the target's id where a checkbox is enough, and keeps the input over Back and reload", async () => {
    await using server = await FakeServer.start({ ui });
    server.images = [image, olderImage];
    server.targets = [dataDisk, emptyDisk];
    await using tab = await openTab(browser, size);
    const { page } = tab;
    await page.goto(`${server.url}#/restore`);
    await page.getByText("Office PC, reception").click();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("TOSHIBA MQ04ABF100").click();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("This will be lost").waitFor();

    await page.keyboard.press("Enter");
    await heading(page, /Which disk/);
    expect(await page.getByRole("radio", { name: /TOSHIBA/ }).isChecked()).toBe(true);
    await page.reload();
    await heading(page, /Which disk/);
    expect(await page.getByRole("radio", { name: /TOSHIBA/ }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Next" }).click();

    await tabTo(page, "checkbox", /^I understand that partition 1/, "Shift+Tab");
    await page.keyboard.press("Space");
    await tabTo(page, "checkbox", /^Read everything back/, "Shift+Tab");
    await page.keyboard.press("Space");
    await page.getByText("Read everything back and compare it with the image").waitFor({ state: "detached" });
    expect(await page.getByRole("checkbox", { name: /^I understand/ }).isChecked()).toBe(true);
    await tabTo(page, "button", /^Erase and restore TOSHIBA/);
    await page.keyboard.press("Space");
    await heading(page, /^Restoring/);

    const options = { verifyTarget: false, salvage: false };
    expect(bodies(server, "/api/v1/plans/restore").at(-1)).toMatchObject({ options });
    expect(bodies(server, "/api/v1/jobs/restore")).toEqual([
      { planId: jobOf(server).plan.id, confirm: dataDisk.disk.id },
    ]);
    expect(tab.complaints).toEqual([]);
  });
});

it.each(sizes)("never hides the focus under the header or the footer at $width x $height", async (size) => {
  await using server = await FakeServer.start({ ui });
  server.images = [image, olderImage, damagedImage];
  server.targets = [smallDisk, windowsDisk, emptyDisk, dataDisk];
  await using tab = await openTab(browser, size);
  const { page } = tab;
  const query = `?image=${encodeURIComponent(image.id)}&target=${encodeURIComponent(windowsDisk.disk.id)}`;
  for (const step of ["image", "target", "review"]) {
    await page.goto(`${server.url}#/restore/${step}${query}`);
    await page.reload();
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    for (const key of ["Tab", "Shift+Tab"]) {
      for (let presses = 0; presses < 12; presses++) {
        await page.keyboard.press(key);
        await expectUncovered(page);
      }
    }
    // What has the focus already is not scrolled to once more.
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const tall = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
    for (let top = 0; top < tall; top += 40) {
      await page.evaluate((y) => window.scrollTo(0, y), top);
      await page.locator("main input:enabled").last().focus();
      await expectUncovered(page);
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    }
  }
});

it("chooses a disk by itself only when it is the one that fits and it is empty", async () => {
  for (const [targets, chosen] of [
    [[emptyDisk, smallDisk], 1],
    [[windowsDisk, smallDisk], 0],
    [[emptyDisk, windowsDisk], 0],
  ] as const) {
    await using server = await FakeServer.start({ ui });
    server.targets = [...targets];
    await using tab = await openTab(browser, sizes[0]);
    await tab.page.goto(`${server.url}#/restore`);
    await tab.page.getByRole("button", { name: "Next" }).click();
    await tab.page
      .getByRole("radio", { name: /KINGSTON|Samsung/ })
      .first()
      .waitFor();
    expect(await tab.page.getByRole("radio", { checked: true }).count()).toBe(chosen);
  }
});

it("finds the stick that was plugged in meanwhile", async () => {
  await using server = await FakeServer.start({ ui });
  server.images = [];
  server.afterRescan = [image];
  await using tab = await openTab(browser, sizes[0]);
  await tab.page.goto(`${server.url}#/restore`);
  await tab.page.getByText("No image was found").waitFor();
  await tab.page.getByRole("button", { name: "Look again" }).click();
  await tab.page.getByRole("radio", { name: "Office PC, reception" }).waitFor();
  await tab.page.getByText("1 image found").waitFor({ state: "attached" });
});
