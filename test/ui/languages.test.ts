import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { lifeboat } from "#test/engine/image/command.ts";
import { makeSampleDisk, type SampleDisk } from "#test/engine/image/sample-disk.ts";
import { openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { filesOf } from "#test/engine/layout/volumes.ts";
import { startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { sample } from "#test/sample.ts";
import { builtUi, expectNoOverflow, openBrowser, openTab, shot, sizes } from "#test/ui/browser.ts";
import { languages } from "#ui/i18n/languages.ts";

/** Through the pages in another language, by its own words, on a rescue server with real disks behind it. */

const MIB = 1 << 20;
const SOURCE: SampleDisk = {
  // More is left over than usual, which the image says of itself.
  size: 80 * MIB,
  table: `label: gpt
size=18MiB, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B, name=esp
size=28MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root
size=20MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7
size=4MiB, type=0657FD6D-A4AB-43C4-84E5-0933C84B4F4F
`,
  volumes: { 1: "vfat", 2: "ext4", 3: "ntfs", 4: "swap" },
};
const TARGET: SampleDisk = {
  size: 140 * MIB,
  table: "label: dos\nsize=40MiB, type=7, bootable\nsize=16MiB, type=83\n",
  volumes: { 1: "ntfs", 2: "ext4" },
};

let browser: Browser;
let ui: string;
let work: Workspace;
beforeAll(async () => {
  ui = await builtUi("languages");
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  work = await openWorkspace();
  return () => work[Symbol.asyncDispose]();
});

/** Of the page, and what is read to those who cannot see it. Not the languages' own names. */
const textOf = (page: Page): Promise<{ own: string[]; english: string[] }> =>
  page.evaluate(() => {
    const own: string[] = [];
    const english: string[] = [];
    const add = (element: Element | null, text: string | null) => {
      const language = element?.closest("[lang]")?.getAttribute("lang");
      const list = language === "en" ? english : language === document.documentElement.lang ? own : undefined;
      if (text?.trim() && !element?.closest('script, style, option[lang], [translate="no"]')) list?.push(text.trim());
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) add(texts.currentNode.parentElement, texts.currentNode.nodeValue);
    for (const element of document.body.querySelectorAll("*"))
      for (const name of ["aria-label", "title", "placeholder"]) add(element, element.getAttribute(name));
    return { own, english };
  });

/** Programs, file systems, standards and units are called the same everywhere. */
const NAMES =
  /\b(Lifeboat|lifeboat [\d.]+|Linux|Windows|UEFI|BIOS|GPT|MBR|ext4|ntfs|vfat|swap|root|ESP|[KMG]i?B|kB)\b/g;

const without = (text: string, one: string | RegExp): string => text.replaceAll(one, "");

/** Nothing that is shown is English; in Russian, no letter is Latin but in what has a name of its own. */
const looker =
  (page: Page, code: string, named: readonly (string | RegExp)[]) =>
  async (what: string): Promise<void> => {
    const { own, english } = await textOf(page);
    expect.soft(english, what).toEqual([]);
    if (code === "ru") {
      const unnamed = own.map((text) => [...named, NAMES].reduce(without, text));
      const latin = unnamed.filter((text) => /[a-z]{2}/i.test(text));
      expect.soft(latin, what).toEqual([]);
    }
    await expectNoOverflow(page);
    await shot(page, `${what}-${code}-real`);
  };

it.each(
  sample(
    [
      { code: "ru", name: "Касса", size: sizes[0] },
      { code: "de", name: "Theke Süd", size: sizes[1] },
    ] as const,
    1,
  ),
)("restores in the words of $code, with nothing left in English", async ({ code, name, size }) => {
  const { messages: words } = await languages[code].load();
  const disk = `${name} 2.raw`;
  const source = await makeSampleDisk(work.path("source.raw"), SOURCE);
  const target = await makeSampleDisk(work.path(disk), TARGET);
  const before = await sha256File(target);
  const folder = work.path("images");
  await mkdir(folder);
  const image = join(folder, "1.lbi");
  await lifeboat("capture", source, "--to", image, "--name", name);
  const kept = ["--reports", "--run", "--undo"].flatMap((option) => [option, work.path(option)]);
  await using server = await startRescueServer("--ui", ui, "--disk", target, "--images", folder, ...kept);
  await using tab = await openTab(browser, size);
  const { page } = tab;

  const press = (label: string) => page.getByRole("button", { name: label, exact: true }).click();
  const heading = (title: string) => page.getByRole("heading", { level: 1, name: title, exact: true });
  const arrive = (title: string) => heading(title).waitFor();
  const look = looker(page, code, [image, /\S+\.lbu/g, folder, `file:${target}`, target, disk, /undo-[\da-f]+/g]);

  await page.goto(server.url);
  await page.getByRole("combobox", { name: "Language" }).selectOption(languages[code].name);
  await arrive(words["home.title"]);
  await page.getByText(name, { exact: true }).waitFor();
  await look("home");
  await page.getByRole("link", { name: words["home.restore"] }).first().click();
  await arrive(words["image.title"]);
  await page.getByRole("radio", { name, exact: true }).check();
  await page.getByText(words["image.warnings"]).waitFor();
  await look("image");
  await press(words["nav.next"]);
  await arrive(words["target.title"]);
  await page.getByRole("radio", { name: disk }).check();
  await look("target");
  await press(words["nav.next"]);
  await arrive(words["review.title"]);
  await press(words["review.change-layout"]);
  await arrive(words["layout.title"]);
  await page.getByRole("radio", { name: words["layout.fill"] }).check();
  await page.getByRole("heading", { name: words["layout.preview"] }).waitFor({ timeout: 60_000 });
  await look("layout");
  await press(words["nav.next"]);
  await arrive(words["review.title"]);
  await page.getByRole("checkbox", { name: words["review.delta"] }).check();
  await page.getByRole("textbox", { name: words["review.type"]({ words: disk }) }).fill(disk);
  const start = page.getByRole("button", { name: words["review.start-erase"]({ name: disk }) });
  await expect.poll(() => start.getAttribute("aria-disabled"), { timeout: 60_000 }).not.toBe("true");
  await look("review");
  expect(await sha256File(target)).toBe(before);
  await start.click();
  const running = heading(words["progress.title"]({ image: name, target: disk }));
  await running.or(heading(words["result.succeeded"])).waitFor();
  await heading(words["result.succeeded"]).waitFor({ timeout: 60_000 });
  await page.getByText(words["result.verified-yes"]).waitFor();
  await look("result");
  await press(words["result.undo-button"]);
  await page.getByRole("dialog").getByRole("button", { name: words["operation.start"] }).waitFor();
  await look("undo");
  await page.keyboard.press("Escape");
  await page.goto(`${server.url}/#/images`);
  await page.getByText(name, { exact: true }).waitFor();
  await look("images");

  expect(await filesOf(target)).toEqual(await filesOf(source));
  const sizesOf = async (path: string) => (await readPartitions(path)).map((one) => one.size / MIB);
  expect(await sizesOf(source)).toEqual([18, 28, 20, 4]);
  expect(await sizesOf(target)).toEqual([18, expect.any(Number), 20, 4]);
  expect((await sizesOf(target))[1]).toBeGreaterThan(80);
  expect(tab.complaints).toEqual([]);
});

/** A Linux whose kernel is there, and nothing that starts it; its fstab names partitions that are not. */
const UNSTARTABLE: Readonly<Record<string, string>> = {
  "etc/os-release": "ID=debian\nPRETTY_NAME='Linux 7'\n",
  "etc/fstab":
    "UUID=22222222-0000-4000-8000-00000000dead / ext4 defaults 0 1\nUUID=DEAD-BEEF /boot/efi vfat umask=0077 0 1\n",
  "usr/bin/true": "",
  "boot/vmlinuz-6.12.1-amd64": "kernel",
  "boot/initrd.img-6.12.1-amd64": "initrd",
};
/** Paths, UUIDs, and what the standards call their parts. */
const TOLD = [/mend-[0-9a-f]+/g, /(?<![\w/])\/?(?:[\w.-]+\/)+[\w.-]*/g, /\w+=[\w-]+/g, /\b[0-9A-F]{4}-[0-9A-F]{4}\b/g];
const PARTS = /\b(GRUB|EFI|Secure Boot|shim-signed|grub-efi-amd64-signed|fstab)\b|\b[\w-]+\.(?:mod|lst)\b/g;

it("repairs what starts a disk in Russian: its steps and notes, too, have nothing left in English", async () => {
  const code = "ru";
  const { messages: words } = await languages[code].load();
  const disk = "Касса 3.raw";
  const target = await makeSampleDisk(work.path(disk), SOURCE);
  const root = (await readPartitions(target)).find(({ number }) => number === 2);
  {
    await using mount = await mountRange(target, "ext4", root ?? { offset: 0, size: 0 }, { readOnly: false });
    for (const [path, text] of Object.entries(UNSTARTABLE)) {
      await mkdir(dirname(join(mount.path, path)), { recursive: true });
      await writeFile(join(mount.path, path), text);
    }
  }
  const kept = ["--reports", "--run", "--undo"].flatMap((option) => [option, work.path(option)]);
  await using server = await startRescueServer("--ui", ui, "--disk", target, ...kept);
  await using tab = await openTab(browser, sizes[1]);
  const { page } = tab;
  const look = looker(page, code, [`file:${target}`, target, disk, ...TOLD, PARTS]);
  const press = (label: string) => page.getByRole("button", { name: label, exact: true }).click();

  await page.goto(`${server.url}/#/boot`);
  await page.getByRole("combobox", { name: "Language" }).selectOption(languages[code].name);
  await page.getByRole("radio", { name: disk }).check();
  await page.getByText(words["boot.system-on"]({ name: "Linux 7", number: 2 })).waitFor({ timeout: 60_000 });
  await look("boot");
  await press(words["boot.repair-button"]);
  await page.getByText(/Создать меню GRUB/).waitFor({ timeout: 60_000 });
  await look("boot-plan");
  await press(words["operation.start"]);
  await page.getByText(/Что сделано:/).waitFor({ timeout: 90_000 });
  await look("boot-done");
  expect(tab.complaints).toEqual([]);
});
