import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { embedPlace } from "#imaging/boot/bios/embed-place.ts";
import { legacyCode } from "#imaging/boot/bios/legacy-code.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { copyOf, loseBiosCode } from "#test/engine/boot/broken-disk.ts";
import { openWorkspace } from "#test/engine/image/workspace.ts";
import { startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { builtUi, openBrowser, openTab, sizes } from "#test/ui/browser.ts";

/** A disk that a BIOS cannot start any more is looked at, and repaired, by the pages of a rescue server. */

let browser: Browser;
let ui: string;
beforeAll(async () => {
  ui = await builtUi("boot");
  browser = await openBrowser();
});
afterAll(() => browser.close());

async function codeOf(path: string): Promise<string> {
  await using device = await openDevice(path);
  return await legacyCode(device, embedPlace(device, await readPartitionTable(device)));
}

it("says in plain words what is lost, shows the plan, and repairs it", async () => {
  await using work = await openWorkspace();
  const fixture = await debianDisk();
  const disk = await copyOf(fixture.disk, work.path("debian.raw"));
  await loseBiosCode(disk, await findPartition(disk, fixture.partitions.biosBoot));
  const kept = ["--reports", work.path("reports"), "--run", work.path("run"), "--undo", work.path("undo")];
  await using server = await startRescueServer("--ui", ui, "--disk", disk, ...kept);
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  await page.goto(`${server.url}/#/boot`);
  await page.getByRole("radio", { name: /debian.raw/ }).check();
  await page.getByText("No boot code: a BIOS cannot start this disk").waitFor({ timeout: 60_000 });
  await page.getByText(/^Debian GNU\/Linux.*partition 3$/).waitFor();
  await page.getByText("GRUB: starts Linux, and shows a menu").first().waitFor();
  await page.getByRole("button", { name: "Repair…" }).click();
  await page.getByText(/Outside of partitions' files/).waitFor({ timeout: 60_000 });
  expect(await codeOf(disk)).toBe("none");
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByRole("heading", { level: 1, name: /^Repair of debian/ }).waitFor();
  await page.getByText(/What was done:/).waitFor({ timeout: 90_000 });
  expect(await codeOf(disk)).toBe("grub");
  await page.goto(`${server.url}/#/boot`);
  await page.getByRole("radio", { name: /debian.raw/ }).check();
  await page.getByText("GRUB, and it finds its second part").waitFor({ timeout: 60_000 });
  expect(tab.complaints).toEqual([]);
});
