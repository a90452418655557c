import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HOUR } from "#test/doubles/console.ts";
import { FULL, rotated } from "#test/sample.ts";
import { builtUi, checkPage, openBrowser, openTab, type Size, shot } from "#test/ui/browser.ts";
import { HOSTILE, openWorld, PASSWORD, type World } from "#test/ui/console-world.ts";

/** Every state of the console's pages, on a laptop and on a phone: no access violation, no console error, no sideways scrolling, a picture. */

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
] as const;

let browser: Browser;
let ui: string;
let world: World;
beforeAll(async () => {
  ui = await builtUi("console-states", "console");
  browser = await openBrowser();
  world = await openWorld({ ui });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await browser.close();
});

interface State {
  readonly name: string;
  /** Who looks; undefined: nobody is logged in. */
  readonly as?: "anna" | "otto" | "vera";
  readonly hash?: string;
  /** Nobody and nothing is in it yet. */
  readonly isNew?: boolean;
  /** Milliseconds from now: what the clock of a server shows that nothing is in yet. */
  readonly clock?: number;
  /** What is done on the page; by default it is only looked at. */
  readonly when?: (page: Page, world: World) => Promise<unknown>;
  /** What goes on there in the background is ended. */
  readonly after?: () => void;
  /** A text that shows that the state is reached. */
  readonly shows: string | RegExp;
}

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click({ force: true });
const typeLogin = async (page: Page, password: string) => {
  await page.getByLabel("Name").fill("vera");
  await page.getByLabel("Password").fill(password);
  await press(page, "Log in");
};

/** That keep the newest point alone, after a look at what they do. */
const setRules = async (page: Page) => {
  await page.getByText("Which points stay").first().click();
  for (const rule of ["Days", "Weeks", "Months"]) await page.getByLabel(rule, { exact: true }).fill("0");
  await page.getByLabel("The last", { exact: true }).fill("1");
  await press(page, "Show what would go");
  await page.getByText("1 point would go.").waitFor();
  await press(page, "Set these rules");
  await page.getByText("The rules are set.").waitFor();
};

/** Lets rules that are held be applied. */
let goOn: (() => void) | undefined;

const states: readonly State[] = [
  { name: "login", shows: "Who are you?" },
  { name: "login-wrong", when: (page) => typeLogin(page, "wrong"), shows: "do not belong together" },
  {
    name: "login-pause",
    when: async (page, { served }) => {
      for (let tries = 0; tries < 5; tries++) await served.call("logIn", { body: { name: "vera", password: "wrong" } });
      await typeLogin(page, PASSWORD);
    },
    shows: /^The next try counts in/,
  },
  { name: "set-up", isNew: true, shows: "Code of the server" },
  { name: "machines", as: "otto", shows: "42 machines" },
  {
    name: "machines-chosen",
    as: "otto",
    when: async (page) => {
      await page.getByLabel("Search").fill("pc-0");
      await page.getByRole("checkbox", { name: "Choose all that are shown" }).check();
    },
    shows: "9 chosen",
  },
  {
    name: "machines-forget",
    as: "otto",
    when: async (page) => {
      await page.getByRole("checkbox", { name: "Choose pc-01" }).check();
      await press(page, "Forget…");
    },
    shows: "Forget 1 machine?",
  },
  { name: "machines-viewer", as: "vera", shows: "42 machines" },
  { name: "machine", as: "otto", hash: "#/machine/1", shows: "Loads by TFTP" },
  { name: "machine-viewer", as: "vera", hash: "#/machine/1", shows: "OptiPlex 7090" },
  { name: "machine-doctor", as: "otto", hash: "#/machine/5", shows: "Approve it, then start it again." },
  { name: "machine-hostile", as: "otto", hash: "#/machine/42", shows: HOSTILE },
  { name: "machine-unknown", as: "vera", hash: "#/machine/999", shows: "Code PXE_MACHINE_UNKNOWN" },
  { name: "deployments", as: "otto", hash: "#/deployments", shows: "Nightly" },
  { name: "wall", as: "otto", hash: "#/deployment/Lab%205", shows: "Not heard of" },
  {
    name: "wall-attention",
    as: "vera",
    hash: "#/deployment/Lab%205",
    when: (page) => press(page, /^Needs attention/),
    shows: "Shows a code",
  },
  {
    name: "wall-code",
    as: "otto",
    hash: "#/deployment/Lab%205",
    when: (page) => press(page, /Shows a code/),
    shows: "Code on the machine's screen",
  },
  {
    name: "wall-failed",
    as: "otto",
    hash: "#/deployment/Lab%205",
    when: (page) => press(page, /Failed/),
    shows: "IMAGE_DAMAGED",
  },
  {
    name: "wall-cancel",
    as: "otto",
    hash: "#/deployment/Lab%205",
    when: (page) => press(page, "Cancel…"),
    shows: "Cancel Lab 5?",
  },
  { name: "new-chosen", as: "otto", hash: "#/deployments/new/1,2", shows: "Erase and restore 2 machines" },
  { name: "new-restore", as: "otto", hash: "#/deployments/new", shows: /^repo: office-20261130/ },
  {
    name: "new-too-early",
    as: "otto",
    hash: "#/deployments/new",
    when: (page) => press(page, /^Erase and restore/),
    shows: "First give the deployment a name.",
  },
  {
    name: "new-confirm",
    as: "otto",
    hash: "#/deployments/new",
    when: async (page) => {
      await page.getByLabel("Name of the deployment").fill("Lab 6");
      await page.getByLabel("Image", { exact: true }).selectOption({ index: 1 });
      await page.getByRole("radio", { name: "each its own" }).check();
      for (const name of ["pc-01", "pc-02"]) await page.getByRole("checkbox", { name }).check();
      await page.getByLabel("Name for pc-01").fill("reception-1");
      await page.getByLabel("Name for pc-02").fill("reception-2");
      await page.getByText("Type 2 to confirm").scrollIntoViewIfNeeded();
    },
    shows: "Type 2 to confirm",
  },
  {
    name: "new-list",
    as: "otto",
    hash: "#/deployments/new/1,2,3",
    when: async (page) => {
      await page.getByRole("radio", { name: /^by a list/ }).check();
      await page.getByLabel("List", { exact: true }).fill("machine,hostname\npc-01,reception-1\npc-02,reception-2\n");
      await page.getByText("The list is right: it names 2 machines.").waitFor();
      await page.getByText("1 machine without a line").scrollIntoViewIfNeeded();
    },
    shows: "as in the image",
  },
  {
    name: "new-list-wrong",
    as: "otto",
    hash: "#/deployments/new/1",
    when: async (page) => {
      await page.getByRole("radio", { name: /^by a list/ }).check();
      const list = `machine,hostname\npc-01,not a name\npc-99,a\npc-02,b\n${HOSTILE},c\n`;
      await page.getByLabel("List", { exact: true }).fill(list);
      await page.getByText("4 mistakes in the list").scrollIntoViewIfNeeded();
    },
    shows: "Choose the 2 machines of the list, too",
  },
  {
    name: "new-capture",
    as: "otto",
    hash: "#/deployments/new",
    when: async (page) => {
      await page.getByRole("radio", { name: "Capture disks" }).check();
      await page.getByText("More", { exact: true }).click();
    },
    shows: "Server of the share",
  },
  {
    name: "new-capture-bucket",
    as: "otto",
    hash: "#/deployments/new",
    when: async (page) => {
      await page.getByRole("radio", { name: "Capture disks" }).check();
      await page.getByLabel("Kind of share").selectOption("s3");
      await page.getByLabel("Folder in the bucket").fill("office");
    },
    shows: "Folder in the bucket",
  },
  { name: "server", as: "anna", hash: "#/server", shows: "Whom the server tells" },
  { name: "server-viewer", as: "vera", hash: "#/server", shows: "lifeboat-rescue.iso" },
  {
    name: "server-card",
    as: "vera",
    hash: "#/server",
    when: (page) => page.getByLabel("Network card").selectOption({ index: 1 }),
    shows: /192\.168\.130\.254.*bootx64\.efi|bootx64\.efi.*192\.168\.130\.254/s,
  },
  {
    name: "retention-viewer",
    as: "vera",
    hash: "#/server",
    when: (page) => page.getByText("Which points stay").last().click(),
    shows: /^The server thins out no encrypted repository/,
  },
  {
    name: "retention-wrong",
    as: "otto",
    hash: "#/server",
    when: async (page) => {
      await page.getByText("Which points stay").first().click();
      for (const rule of ["The last", "Days", "Weeks", "Months"]) await page.getByLabel(rule, { exact: true }).fill("");
    },
    shows: "At least one number must be more than 0.",
  },
  {
    name: "retention-apply",
    as: "anna",
    hash: "#/server",
    when: async (page) => {
      await setRules(page);
      await press(page, "Apply now…");
    },
    shows: "Delete 1 point",
  },
  {
    name: "retention-running",
    as: "anna",
    hash: "#/server",
    when: async (page, { holdRetention }) => {
      await setRules(page);
      await press(page, "Apply now…");
      goOn = holdRetention();
      await press(page, "Delete 1 point");
      await page.getByRole("dialog").getByText("Writing anew what stays of half-empty files").waitFor();
    },
    after: () => goOn?.(),
    shows: /^It goes on when this is closed/,
  },
  {
    name: "retention-seen",
    as: "vera",
    hash: "#/server",
    when: async (page, { served, holdRetention }) => {
      const headers = await served.as("admin");
      const params = { name: "repo" };
      const rules = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0, quietTime: "23:30" };
      await served.call("setRetention", { params, headers, body: rules });
      goOn = holdRetention();
      const points = ["office-20261101T120000"];
      void served.call("applyRetention", { params, headers, body: { points } });
      await page.getByText(/^Deleting 1 point since/).scrollIntoViewIfNeeded();
      await page.getByText("Which points stay").first().click();
    },
    after: () => goOn?.(),
    shows: /from 23:30 on, by the server's clock/,
  },
  {
    name: "retention-done",
    as: "anna",
    hash: "#/server",
    when: async (page) => {
      await setRules(page);
      await press(page, "Apply now…");
      await press(page, "Delete 1 point");
    },
    shows: "1 point deleted. Freed now: 0 B; by a later run: 12 GiB.",
  },
  { name: "people", as: "anna", hash: "#/people", shows: "Audit log" },
  {
    name: "people-user",
    as: "anna",
    hash: "#/people",
    when: (page) => press(page, "Change otto"),
    shows: "Set this password",
  },
  {
    name: "people-token",
    as: "anna",
    hash: "#/people",
    when: async (page) => {
      await page.getByText("Make a token").click();
      await page.locator("#token-name").fill("ci");
      await press(page, "Make");
    },
    shows: /^This is shown once/,
  },
  {
    name: "login-ends-soon",
    as: "otto",
    clock: 3 * 60_000 - 24 * HOUR,
    hash: "#/deployments",
    shows: /^Login ends at/,
  },
  {
    name: "connection-lost",
    as: "vera",
    hash: "#/deployments",
    when: async (page) => {
      await page.route("**/api/v1/events", (route) => route.abort());
      await page.reload();
    },
    shows: "Connection lost. Trying again…",
  },
  { name: "account", as: "vera", hash: "#/account", shows: "Your password" },
  {
    name: "login-ended",
    as: "otto",
    hash: "#/machine/1",
    when: async (page, { served }) => {
      await served.access.logOutEverywhere("otto");
      await press(page, "Save");
    },
    shows: "Your login has ended",
  },
  { name: "machines-none", isNew: true, as: "anna", shows: /^No machine has asked yet/ },
];

async function visit(
  state: State,
  size: Size,
  name: string,
  { media = "light", language = "en" }: { media?: "light" | "dark" | "contrast" | "forced"; language?: string } = {},
) {
  const isOwn = state.isNew || state.clock !== undefined;
  await using own = isOwn ? await openWorld({ ui, isNew: true }) : undefined;
  const shown = own ?? world;
  const { served } = shown;
  if (state.clock !== undefined) served.clock.now = Date.now() + state.clock;
  if (own && state.as) await served.access.addUser(state.as, "admin", PASSWORD);
  await using tab = await openTab(browser, size, {
    colorScheme: media === "dark" ? "dark" : "light",
    contrast: media === "contrast" ? "more" : "no-preference",
    forcedColors: media === "forced" ? "active" : "none",
  });
  if (state.as) await shown.logIn(tab.page.context(), state.as);
  await tab.page.addInitScript(`localStorage.setItem("lifeboat.language", ${JSON.stringify(language)})`);
  await tab.page.goto(`${served.url}/${state.hash ?? ""}`);
  await tab.page.locator("h1").filter({ hasNotText: "One moment" }).waitFor();
  if (language === "en") {
    await state.when?.(tab.page, shown);
    await tab.page.getByText(state.shows).first().waitFor({ state: "attached" });
  } else await tab.page.waitForLoadState("load");
  await shot(tab.page, name);
  // Under the header, which stays in place, axe would call a field too small to be hit.
  await tab.page.evaluate(() => window.scrollTo(0, 0));
  await checkPage(tab.page);
  expect(await tab.page.title(), "what a stranger wrote was run").not.toBe("owned");
  expect(await tab.page.locator("img").count(), "pictures: what a stranger wrote is markup").toBe(0);
  // A refused request is an answer that the page shows, though the browser notes it as an error.
  expect(tab.complaints.filter((text) => !text.startsWith("Failed to load resource"))).toEqual([]);
  state.after?.();
  // The next one begins with no wrong tries.
  served.clock.now += HOUR;
}

describe.each(sizes)("at $width x $height", (size) => {
  // The sample has each state at one size: every third at the other one too.
  const shown = FULL || size === sizes[0] ? states : states.filter((_, at) => at % 3 === 0);
  it.each(shown)("$name", (state) => visit(state, size, `console-${state.name}`));
});

const inAllColours = states.filter(({ name }) => ["login", "machine", "wall", "new-confirm", "server"].includes(name));
const COLOURS = ["dark", "contrast", "forced"] as const;
describe.each(COLOURS)("in %s colours", (media) => {
  it.each(rotated(inAllColours, COLOURS.indexOf(media)))("$name", (state) =>
    visit(state, sizes[0], `console-${state.name}-${media}`, { media }),
  );
});

const inLanguages = states.filter(({ name }) =>
  [
    "login",
    "machines",
    "machine",
    "machine-doctor",
    "deployments",
    "wall",
    "new-restore",
    "server",
    "people",
    "account",
  ].includes(name),
);
const LANGUAGES = ["de", "ru", "xx"] as const;
describe.each(LANGUAGES)("in %s", (language) => {
  it.each(rotated(inLanguages, LANGUAGES.indexOf(language)))("$name", (state) =>
    visit(state, language === "xx" ? sizes[0] : sizes[1], `console-${state.name}-${language}`, { language }),
  );
});
