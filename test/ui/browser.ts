import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults, RunOptions } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import { buildUi } from "#ui/build.ts";

/** Debian's own, as in the rescue system; nothing is downloaded. */
export const CHROMIUM = "/usr/bin/chromium";
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const sizes = [
  { width: 800, height: 600 },
  { width: 1280, height: 800 },
] as const;
export type Size = { readonly width: number; readonly height: number };

const SCREENSHOTS = "out/screenshots/ui";
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** @param program another one that starts Chromium: in a network of its own */
export const openBrowser = (program = CHROMIUM): Promise<Browser> =>
  chromium.launch({ executablePath: program, args: ARGS });

/** Each test file builds for itself: it takes a tenth of a second, and nobody tests a stale page. */
export async function builtUi(name: string, of?: Parameters<typeof buildUi>[1]): Promise<string> {
  const folder = join("out/test-ui", name);
  await buildUi(folder, of);
  return folder;
}

/** A page, and all that it complained of. */
export interface Tab extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: string[];
}

export async function openTab(browser: Browser, size: Size, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ viewport: size, locale: "en-GB", timezoneId: "UTC", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}

/** A picture of the page, as a reviewer would want to see it: the screen, and the whole length when it is longer. */
export async function shot(page: Page, name: string): Promise<void> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await mkdir(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}-${width}x${height}.png`) });
}

/** What holds for every page in every state: no violation of the access rules, nothing cut off at the right. */
export async function checkPage(page: Page): Promise<void> {
  await page.evaluate(axeSource);
  // What the footer covers at this place of a long page can be scrolled to: axe would call it too small to be hit.
  await page.evaluate(() => document.querySelector<HTMLElement>(".footer")?.style.setProperty("position", "static"));
  const options: RunOptions = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
  const result: AxeResults = await page.evaluate(`axe.run(document, ${JSON.stringify(options)})`);
  const violations = result.violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html} ${n.failureSummary}`));
  expect(violations).toEqual([]);
  await expectNoOverflow(page);
}

export async function expectNoOverflow(page: Page): Promise<void> {
  const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  expect(overflow, "pixels that need horizontal scrolling").toBe(0);
}

/** Presses Tab until the element with this accessible role and name has the focus. */
export async function tabTo(
  page: Page,
  role: "button" | "link" | "radio" | "checkbox" | "textbox" | "combobox",
  name: string | RegExp,
  key = "Tab",
): Promise<void> {
  const wanted = page.getByRole(role, { name });
  await wanted.waitFor();
  for (let presses = 0; presses < 40; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return expectUncovered(page);
    await page.keyboard.press(key);
  }
  throw new Error(`${role} ${name} cannot be reached by ${key}`);
}

/** WCAG 2.4.11: what has the focus is not hidden by the header or the footer, which stay in place. */
export async function expectUncovered(page: Page): Promise<void> {
  const covered = await page.evaluate(() => {
    const element = document.activeElement;
    const box = element?.getBoundingClientRect();
    if (!element || !box || element.matches("body, main, .skip, .header *, .footer *")) return 0;
    const top = document.querySelector(".header")?.getBoundingClientRect().bottom ?? 0;
    const bottom = document.querySelector(".footer")?.getBoundingClientRect().top ?? innerHeight;
    return Math.max(top - box.top, box.bottom - bottom);
  });
  expect(covered, "pixels of the focused part under the header or the footer").toBeLessThanOrEqual(0);
}
