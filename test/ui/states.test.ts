import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { LifeboatError } from "#base/errors.ts";
import { problemOf } from "#base/http/problem.ts";
import { say } from "#imaging/words/say.ts";
import type { Disk, Job, Problem } from "#rescue/api/contract.ts";
import { FULL, rotated } from "#test/sample.ts";
import { builtUi, checkPage, openBrowser, openTab, shot, sizes } from "#test/ui/browser.ts";
import { coded, FakeServer, PASSWORD } from "#test/ui/fake-server.ts";
import {
  damagedImage,
  dataDisk,
  emptyDisk,
  failingDisk,
  image,
  imageStick,
  incompleteImage,
  lockedImage,
  olderImage,
  settings,
  smallDisk,
  unlockedImage,
  wholeDisk,
  windowsDisk,
} from "#test/ui/recorded.ts";
import { fullCapture, runningCapture } from "#test/ui/recorded-capture.ts";
import { cancelled, clonePlanFor, failed, jobFor, planFor, progressAt, succeeded } from "#test/ui/recorded-job.ts";
import { pointImage } from "#test/ui/recorded-library.ts";
import { endedOperation, mended, verdictFor } from "#test/ui/recorded-wish.ts";

const wifiPassword = say("secret.wifi", { network: "office" });

/** Every state of every page, at both sizes: no access violation, no console error, no sideways scrolling, a picture. */

let browser: Browser;
let ui: string;
beforeAll(async () => {
  ui = await builtUi("states");
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface State {
  readonly name: string;
  readonly given?: Partial<
    Pick<
      FakeServer,
      | "images"
      | "isRescue"
      | "targets"
      | "imagesError"
      | "job"
      | "unattended"
      | "logo"
      | "settings"
      | "preflight"
      | "operation"
      | "isOperationListed"
      | "proofError"
      | "destinations"
      | "placeError"
      | "captureError"
      | "firmware"
      | "diskBoot"
      | "bootError"
      | "partitions"
      | "folderError"
    >
  >;
  readonly hash?: string;
  /** What is done on the page; by default it is only looked at. */
  readonly when?: (page: Page) => Promise<unknown>;
  /** It needs no words of English. */
  readonly isWordless?: boolean;
  /** A heading or text that shows that the state is reached. */
  readonly shows: string | RegExp;
}

const verify = { verifyTarget: true, salvage: false };
const job = jobFor(planFor(windowsDisk, verify));
const ended = succeeded(job);
const withMend: Job = {
  ...ended,
  ...(ended.report && {
    report: {
      ...ended.report,
      mend: mended,
      undo: { imageId: "6f1f3a0e-6f0a-4f6e-9a55-0d4b6f6a1c09", file: "/run/lifeboat/data/undo/a.undo" },
    },
  }),
};
const NO_KERNEL = { code: "NO_KERNEL", text: "No kernel was found.", next: "Restore its /boot too." };
const hindered: Job = {
  ...ended,
  ...(ended.report && {
    report: {
      ...ended.report,
      mend: { ...mended, systems: mended.systems.map((system) => ({ ...system, problems: [NO_KERNEL] })) },
    },
  }),
};
const chosen = `?image=${encodeURIComponent(image.id)}`;
const review = (targetId: string) => `#/restore/review${chosen}&target=${encodeURIComponent(targetId)}`;
const cloneJob = jobFor(clonePlanFor(windowsDisk, emptyDisk, verify));
const clone = (step: string) =>
  `#/clone/${step}?disk=${encodeURIComponent(windowsDisk.disk.id)}&target=${encodeURIComponent(dataDisk.disk.id)}`;
const capture = (step: string, placeId = "") =>
  `#/capture/${step}?disk=${encodeURIComponent(windowsDisk.disk.id)}&place=${encodeURIComponent(placeId)}`;
const writeFailed: Problem = problemOf(
  coded("WRITE_FAILED", { device: "/dev/nvme0n1", offset: 73_014_444_032, reason: "Input/output error" }),
);
const salvaged: Problem = problemOf(
  coded("RESTORE_SALVAGED", { file: "office-pc.lbi", damaged: 2, first: "partition 3 (ext4)" }),
);
const damage = (chunk: number) => ({
  region: "partition 3 (ext4)",
  chunk,
  diskOffset: 73_014_444_032 + chunk,
  length: 1024 ** 2,
  problem: "its checksum does not match",
});
const paused = (code: string, text: string) => ({ ...job, progress: progressAt(0.37, 2, { paused: { code, text } }) });
const away = "no data from /run/lifeboat/media/sdc1/backups/office-pc.lbi at byte 73014444032: Input/output error";
const typePassword = async (page: Page, password: string) => {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Unlock" }).click();
};
const partitionsOf = (disk: Disk) => `#/partitions?disk=${encodeURIComponent(disk.id)}`;
const choosePart = (page: Page, name: RegExp) => page.getByRole("radio", { name }).check();
const pressMenu = async (page: Page, menu: string, item: string | RegExp) => {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const editParts = async (page: Page) => {
  await choosePart(page, /^3: Windows/);
  await pressMenu(page, "Actions", "Make it as small as possible");
  await page.getByText(/^Make partition 3, .* smaller/).waitFor();
  await choosePart(page, /^4: Recovery/);
  await pressMenu(page, "Actions", "Move it to the right end");
  await page.getByText(/^Move partition 4/).waitFor();
  await page.getByRole("radio", { name: "free" }).first().check();
  await page.getByRole("button", { name: "New partition…" }).click();
  await page.getByLabel("Label").fill("Films");
  await page.getByRole("button", { name: "Add to the list" }).click();
  await page.getByText(/^Make partition 5 with ext4/).waitFor();
};
const refused = (error: LifeboatError) => ({ partitions: { edits: [], steps: [], refusal: problemOf(error) } });
const verifyProgress = progressAt(0.63, 4, { warnings: [{ code: "READ_SLOW", text: "The stick reads slowly" }] });

const onto = { image: "pcs/office.lbi", disk: "Samsung SSD 970 (…1234)", size: 500e9 };
const itself = (changes: Partial<FakeServer["unattended"]>): FakeServer["unattended"] => ({
  ...{ phase: "waiting", title: say("does.restore-onto", onto), isHeld: false },
  ...{
    lines: [
      say("says.everything-lost", { disk: onto.disk }),
      say("loss.partition", { number: 1, label: "Windows", content: "ntfs", size: onto.size }),
    ],
  },
  ...{ afterwards: "restart", ...changes },
});
const states: readonly State[] = [
  {
    name: "unattended-countdown",
    given: { unattended: itself({ phase: "countdown", secondsLeft: 27 }) },
    shows: "It begins in 27 seconds. Any key stops it.",
  },
  {
    name: "unattended-stopped",
    given: { unattended: itself({ phase: "stopped", lines: [say("says.disks", { disks: "Inside, Second" })] }) },
    shows: "It was stopped. Nothing was written",
  },
  { name: "image-none", given: { images: [] }, shows: "No image was found" },
  { name: "image-one", shows: "What the image holds" },
  {
    name: "image-many",
    given: { images: [image, olderImage, damagedImage] },
    shows: "Choose an image to see what it holds.",
  },
  {
    name: "image-next-too-early",
    given: { images: [image, olderImage] },
    when: (page) => page.getByRole("button", { name: "Next" }).click({ force: true }),
    shows: "Choose an image first.",
  },
  { name: "image-locked", given: { images: [lockedImage] }, shows: "Type its password" },
  {
    name: "image-locked-among-others",
    given: { images: [lockedImage, image, incompleteImage] },
    shows: /archive.lbi.002/,
  },
  {
    name: "image-locked-next-too-early",
    given: { images: [lockedImage] },
    when: (page) => page.getByRole("button", { name: "Next" }).click({ force: true }),
    shows: "First type the password of ward-3.lbi.",
  },
  {
    name: "image-wrong-password",
    given: { images: [lockedImage] },
    when: async (page) => {
      await typePassword(page, "Correct Horse");
      await page.getByRole("button", { name: "Show" }).click();
    },
    shows: "That does not open this image",
  },
  {
    name: "image-unlocked",
    given: { images: [lockedImage] },
    when: (page) => typePassword(page, PASSWORD),
    shows: "Inside partition 3 (LUKS)",
  },
  { name: "image-warnings", given: { images: [unlockedImage] }, shows: /put to sleep/ },
  {
    name: "image-failed",
    given: { imagesError: coded("TOOL_FAILED", { tool: "mount", status: 32, output: "wrong fs type" }) },
    shows: "Code TOOL_FAILED",
  },
  {
    name: "target-many",
    given: { targets: [windowsDisk, emptyDisk, dataDisk, imageStick, smallDisk] },
    hash: `#/restore/target${chosen}&target=${encodeURIComponent(windowsDisk.disk.id)}`,
    shows: "What is on it now",
  },
  {
    name: "target-refused",
    given: { targets: [imageStick, smallDisk] },
    hash: `#/restore/target${chosen}`,
    shows: /None of these disks/,
  },
  {
    name: "target-unreadable",
    given: { targets: [emptyDisk, failingDisk] },
    hash: `#/restore/target${chosen}`,
    shows: "What is on it is not known: it cannot be read",
  },
  { name: "target-none", given: { targets: [] }, hash: `#/restore/target${chosen}`, shows: "No disk was found" },
  { name: "review-type", hash: review(windowsDisk.disk.id), shows: "This will be lost" },
  {
    name: "review-type-confirmed",

    hash: review(windowsDisk.disk.id),
    when: (page) => page.getByRole("textbox").fill("1234"),
    shows: "This will be lost",
  },
  {
    name: "review-acknowledge",
    given: { targets: [dataDisk] },
    hash: review(dataDisk.disk.id),
    when: (page) => page.getByRole("button", { name: /^Erase and restore/ }).click({ force: true }),
    shows: /^First tick the box/,
  },
  {
    name: "review-nothing-lost",
    given: { targets: [emptyDisk] },
    hash: review(emptyDisk.disk.id),
    shows: /Nothing is lost/,
  },
  {
    name: "layout",
    hash: `#/restore/layout${chosen}&target=${encodeURIComponent(windowsDisk.disk.id)}`,
    shows: "How it will lie",
  },
  {
    name: "layout-by-hand",
    hash: `#/restore/layout${chosen}&target=${encodeURIComponent(windowsDisk.disk.id)}`,
    when: (page) => page.getByRole("radio", { name: "By hand" }).check(),
    shows: "Smallest",
  },
  {
    name: "layout-into",
    hash: `#/restore/layout${chosen}&target=${encodeURIComponent(windowsDisk.disk.id)}`,
    when: async (page) => {
      await page.getByRole("radio", { name: "Only these partitions" }).check();
      await page.getByRole("checkbox", { name: "3: debian-root" }).check();
    },
    shows: "Into the free space of the disk",
  },
  {
    name: "review-verdict",
    given: { preflight: verdictFor },
    hash: review(windowsDisk.disk.id),
    shows: "It will start on this computer after these changes",
  },
  {
    name: "review-new-machine",
    given: { preflight: verdictFor, targets: [emptyDisk] },
    hash: review(emptyDisk.disk.id),
    when: async (page) => {
      await page.getByRole("checkbox", { name: "Make it another computer" }).check();
      await page.getByLabel("Name of the computer").fill("-wrong-");
    },
    shows: /^Letters, digits and hyphens/,
  },
  { name: "review-problem", given: { targets: [] }, hash: review("gone"), shows: "Code NOT_FOUND" },
  { name: "progress-start", given: { job: job }, shows: "Starting…" },
  {
    name: "progress-write",
    given: { job: { ...job, progress: progressAt(0.37, 2) } },
    shows: "1 of 2: writing the data",
  },
  { name: "progress-verify", given: { job: { ...job, progress: verifyProgress } }, shows: "2 of 2: reading back" },
  { name: "progress-warning", given: { job: { ...job, progress: verifyProgress } }, shows: "1 warning" },
  {
    name: "progress-image-away",
    given: { job: paused("READ_FAILED", away) },
    shows: /the disk with the image was removed/,
  },
  {
    name: "progress-target-away",
    given: { job: paused("WRITE_FAILED", "writing to /dev/nvme0n1 failed at byte 4096: No such device") },
    shows: /^Waiting: Samsung.* was removed/,
  },
  {
    name: "progress-room",
    given: { job: { ...job, progress: progressAt(0.5, 2, { space: { needed: 31e9, free: 40e9 } }) } },
    shows: "28.9 GiB needed, 37.3 GiB free",
  },
  {
    name: "progress-stop-asked",
    given: { job: { ...job, progress: progressAt(0.37, 2) } },
    when: (page) => page.getByRole("button", { name: "Stop…" }).click(),
    shows: "Stop the restore?",
  },
  {
    name: "progress-cancelling",
    given: { job: { ...job, state: "cancelling", progress: progressAt(0.37, 2) } },
    shows: /^Stopping…/,
  },
  { name: "result-succeeded", given: { job: succeeded(job) }, shows: "The restore is complete" },
  { name: "result-mended", given: { job: withMend }, shows: "What was done so that it starts" },
  {
    name: "result-undo-asked",
    given: { job: withMend },
    when: (page) => page.getByRole("button", { name: "Bring it back…" }).click(),
    shows: "I understand that 5 partitions will be erased.",
  },
  {
    name: "result-no-proof",
    given: { job: withMend, proofError: coded("PROOF_NO_MEMORY", { wanted: 768, own: 384, available: 900 }) },
    when: (page) => page.getByRole("button", { name: "Try it…" }).click(),
    shows: "Code PROOF_NO_MEMORY",
  },
  { name: "result-hindered", given: { job: hindered }, shows: "keeps a system on it from starting" },
  { name: "operation-running", hash: "#/operation/operation-1", shows: "Elapsed" },
  {
    name: "operation-ended",
    given: { operation: endedOperation },
    hash: "#/operation/operation-1",
    shows: "What came of it",
  },
  {
    name: "operation-capture",
    given: { operation: runningCapture },
    hash: "#/operation/operation-2",
    shows: "17 GiB needed, 1.2 TiB free",
  },
  {
    name: "operation-full",
    given: { operation: fullCapture },
    hash: "#/operation/operation-2",
    shows: "Waiting: there is no room left",
  },
  {
    name: "operation-stop-asked",
    given: { operation: runningCapture },
    hash: "#/operation/operation-2",
    when: (page) => page.getByRole("button", { name: "Stop…" }).click(),
    shows: /^There will be no image/,
  },
  {
    name: "operation-elsewhere",
    given: { operation: runningCapture, isOperationListed: true },
    hash: "#/settings",
    shows: "At work, 18%",
  },
  {
    name: "capture-source",
    given: { targets: [windowsDisk, emptyDisk, failingDisk] },
    hash: `#/capture/source?disk=${encodeURIComponent(windowsDisk.disk.id)}`,
    shows: "Partitions that are captured",
  },
  {
    name: "capture-source-too-early",
    given: { targets: [windowsDisk, emptyDisk] },
    hash: "#/capture",
    when: (page) => page.getByRole("button", { name: "Next" }).click({ force: true }),
    shows: "Choose a disk first.",
  },
  {
    name: "clone-source",
    given: { targets: [windowsDisk, dataDisk, failingDisk] },
    hash: clone("source"),
    shows: "Which disk do you want to clone?",
  },
  {
    name: "clone-target",
    given: { targets: [windowsDisk, dataDisk] },
    hash: clone("target"),
    shows: /^it is the source|Cannot be chosen/,
  },
  {
    name: "clone-layout",
    given: { targets: [windowsDisk, dataDisk] },
    hash: clone("layout"),
    shows: "Keep the identifiers of the source",
  },
  {
    name: "clone-review",
    given: { targets: [windowsDisk, dataDisk] },
    hash: clone("review"),
    shows: /^Erase and clone to TOSHIBA/,
  },
  {
    name: "clone-progress",
    given: { job: { ...cloneJob, progress: progressAt(0.37, 2) } },
    hash: "#/clone",
    shows: /^Cloning Samsung/,
  },
  {
    name: "clone-elsewhere",
    given: { job: { ...cloneJob, progress: progressAt(0.37, 2) } },
    hash: "#/settings",
    shows: "Cloning, 37%",
  },
  { name: "clone-succeeded", given: { job: succeeded(cloneJob) }, hash: "#/clone", shows: "The clone is complete" },
  { name: "clone-cancelled", given: { job: cancelled(cloneJob) }, hash: "#/clone", shows: "The clone was stopped" },
  {
    name: "images",
    given: { images: [image, olderImage, lockedImage, damagedImage] },
    hash: "#/images",
    shows: "By computer",
  },
  {
    name: "images-search",
    given: { images: [image, olderImage, lockedImage] },
    hash: "#/images",
    when: (page) => page.getByLabel("Search").fill("ward"),
    shows: "1 image found",
  },
  { name: "images-none", given: { images: [] }, hash: "#/images", shows: "No image was found" },
  { name: "images-one", hash: `#/images${chosen}`, shows: "Look inside" },
  {
    name: "images-locked",
    given: { images: [lockedImage] },
    hash: `#/images?image=${encodeURIComponent(lockedImage.id)}`,
    shows: "Unlock",
  },
  {
    name: "images-point",
    given: { images: [pointImage] },
    hash: `#/images${chosen}`,
    when: async (page) => {
      await page.getByRole("button", { name: "Show", exact: true }).first().click();
      await page.getByText("would be deleted").waitFor();
      await page.getByLabel("A password that opens it").fill("secret");
      await page.getByRole("button", { name: "Make a recovery key" }).click();
    },
    shows: "The recovery key is shown this once",
  },
  { name: "images-volumes", hash: `#/images${chosen}&path=%2F`, shows: "swap space holds no files" },
  {
    name: "images-files",
    given: { isRescue: false },
    hash: `#/images${chosen}&path=%2F3-ext4-debian-root%2Fhome`,
    when: (page) => page.getByRole("checkbox", { name: "Choose notes.txt" }).check(),
    shows: "1 is chosen.",
  },
  {
    name: "images-files-failed",
    given: { folderError: coded("VOLUME_NOT_SHOWN", { volume: "5-swap", reason: "swap holds no files" }) },
    hash: `#/images${chosen}&path=%2F5-swap`,
    shows: "Code VOLUME_NOT_SHOWN",
  },
  { name: "boot", given: { targets: [windowsDisk, emptyDisk] }, hash: "#/boot", shows: "debian" },
  { name: "boot-bios", given: { firmware: {}, targets: [] }, hash: "#/boot", shows: "No disk was found." },
  {
    name: "boot-disk",
    given: { targets: [windowsDisk, emptyDisk, failingDisk] },
    hash: "#/boot",
    when: (page) => page.getByRole("radio", { name: /Samsung/ }).check(),
    isWordless: true,
    shows: "GRUB, but its second part is lost",
  },
  {
    name: "boot-disk-failed",
    given: { bootError: coded("SOURCE_IN_USE", { source: "/dev/nvme0n1", by: "mounted at /mnt" }) },
    hash: "#/boot",
    when: (page) => page.getByRole("radio", { name: /Samsung/ }).check(),
    shows: "Code SOURCE_IN_USE",
  },
  {
    name: "boot-repair-asked",
    hash: "#/boot",
    when: async (page) => {
      await page.getByRole("radio", { name: /Samsung/ }).check();
      await page.getByRole("button", { name: "Repair…" }).click();
    },
    shows: "Repair what starts the disk",
  },
  { name: "boot-undo", given: { job: withMend }, hash: "#/boot", shows: "What was on it before" },
  { name: "capture-place", hash: capture("place"), shows: "Little room is left" },
  { name: "capture-place-none", given: { destinations: [] }, hash: capture("place"), shows: "No place was found" },
  { name: "capture-options", hash: capture("options", "share:nas"), shows: "Split into files of at most … GiB" },
  {
    name: "capture-options-repository",
    hash: capture("options", "share:nas/office"),
    when: (page) => page.getByRole("button", { name: "Next" }).click({ force: true }),
    shows: "Type a password.",
  },
  {
    name: "capture-options-wrong",
    hash: capture("options", "share:nas"),
    when: async (page) => {
      await page.getByLabel("Name of the image").fill("a/b");
      await page.getByRole("checkbox", { name: "Encrypt the image" }).check();
      await page.getByLabel("Password", { exact: true }).fill("one");
      await page.getByLabel("The same once more").fill("other");
    },
    shows: "The two passwords are not the same.",
  },
  {
    name: "capture-review",
    hash: capture("options", "share:nas"),
    when: (page) => page.getByRole("button", { name: "Next" }).click(),
    shows: "What is read",
  },
  {
    name: "capture-review-no-room",
    hash: capture("options", "medium"),
    when: (page) => page.getByRole("button", { name: "Next" }).click(),
    shows: "There will hardly be room",
  },
  {
    name: "capture-review-bucket",
    hash: capture("options", "share:offsite"),
    when: (page) => page.getByRole("button", { name: "Next" }).click(),
    shows: /A bucket does not say how much room it has/,
  },
  {
    name: "capture-review-failed",
    given: { captureError: coded("SOURCE_IN_USE", { source: "/dev/nvme0n1", by: "mounted at /mnt" }) },
    hash: capture("options", "share:nas"),
    when: (page) => page.getByRole("button", { name: "Next" }).click(),
    shows: "Code SOURCE_IN_USE",
  },
  { name: "result-failed", given: { job: failed(job, writeFailed) }, shows: "Code WRITE_FAILED" },
  {
    name: "result-damaged",
    given: { job: failed(job, salvaged, { damagedChunks: [damage(1841), damage(1842)] }) },
    shows: "Restored with damage: 2 ranges are missing",
  },
  {
    name: "progress-stop-check-asked",
    given: { job: { ...job, progress: verifyProgress } },
    when: (page) => page.getByRole("button", { name: "Stop…" }).click(),
    shows: /^The target will not boot/,
  },
  {
    name: "result-check-stopped",
    given: { job: cancelled({ ...job, progress: verifyProgress }) },
    shows: /^The target will not boot/,
  },
  { name: "result-cancelled", given: { job: cancelled(job) }, shows: "The restore was stopped" },
  { name: "help", hash: "#/help", shows: "… go to a smaller or larger disk?" },
  {
    name: "help-open",
    when: async (page) => {
      await page.keyboard.press("F1");
      await page.getByText("… repair a computer that does not start?").click();
    },
    shows: "It shows what starts the disk",
  },
  { name: "power", hash: "#/power", shows: "Restart or shut down?" },
  { name: "power-while-a-job-runs", given: { job }, hash: "#/power", shows: /^A job is running/ },
  { name: "home", given: { images: [image, olderImage, damagedImage] }, hash: "#/", shows: "Images that were found" },
  { name: "home-nothing", given: { images: [], targets: [] }, hash: "#/", shows: "No disk was found." },
  {
    name: "home-disks",
    given: { images: [lockedImage], targets: [windowsDisk, emptyDisk, dataDisk, imageStick, failingDisk] },
    hash: "#/",
    shows: "Disks in this computer",
  },
  {
    name: "home-while-a-job-runs",
    given: { job: { ...job, progress: progressAt(0.37, 2) } },
    hash: "#/home",
    shows: "Restoring, 37%",
  },
  {
    name: "home-after-a-clone",
    given: { job: succeeded(cloneJob) },
    hash: "#/home",
    shows: "The clone has ended",
  },
  {
    name: "home-after-a-failed-job",
    given: { job: failed(job, writeFailed) },
    hash: "#/home",
    shows: "The restore failed",
  },
  {
    name: "menu",
    hash: "#/",
    when: (page) =>
      page
        .getByRole("button", { name: "Menu" })
        .click({ timeout: 2000 })
        .catch(() => {}),
    shows: "What do you want to do?",
  },
  { name: "network", hash: "#/network", shows: "Archive" },
  {
    name: "network-open",
    given: {
      settings: {
        ...settings,
        missing: [{ name: "wifi:1", what: wifiPassword.text, said: wifiPassword.said, from: "ask" }],
      },
    },
    hash: "#/network",
    when: async (page) => {
      await page.getByRole("button", { name: "Look for Wi-Fi" }).click();
      await page.getByText("guests").waitFor();
      await page.getByRole("button", { name: "Open the pages" }).click();
    },
    shows: "7QPM-K4TD-93XW",
  },
  {
    name: "network-card",
    hash: "#/network",
    when: async (page) => {
      await page.getByRole("button", { name: "Change enp1s0" }).click();
      await page.getByRole("radio", { name: "Fixed" }).check();
    },
    shows: "Address with its prefix",
  },
  {
    name: "network-bond",
    hash: "#/network",
    when: async (page) => {
      await page.getByRole("button", { name: "Add…" }).click();
      await page.getByRole("menuitem", { name: "Bond of several cards…" }).click();
    },
    shows: "Network: bond1",
  },
  {
    name: "network-share",
    hash: "#/network",
    when: async (page) => {
      await page.getByRole("button", { name: "Add a share…" }).click();
      await page.getByLabel("Server", { exact: true }).fill("nas.example.org");
      await page.getByLabel("Name of the share").fill("images");
      await page.getByRole("button", { name: "Test" }).click();
    },
    shows: /^1.2.TiB of 3.9.TiB are free/,
  },
  {
    name: "network-bucket",
    hash: "#/network",
    when: async (page) => {
      await page.getByRole("button", { name: "Add a share…" }).click();
      await page.getByLabel("Kind").selectOption("s3");
      await page.getByLabel("Address of the server").fill("https://objects.example.org");
      await page.getByLabel("Bucket", { exact: true }).fill("backups");
      await page.getByLabel("Access key").fill("LIFEBOAT");
      await page.getByRole("button", { name: "Test" }).click();
    },
    shows: /^It can be used/,
  },
  {
    name: "network-bucket-denied",
    given: {
      placeError: coded("BUCKET_DENIED", {
        bucket: "backups",
        endpoint: "https://objects.example.org",
        reason: "SignatureDoesNotMatch",
      }),
    },
    hash: "#/network",
    when: async (page) => {
      await page.getByRole("button", { name: "Add a share…" }).click();
      await page.getByLabel("Kind").selectOption("s3");
      await page.getByLabel("Address of the server").fill("https://objects.example.org");
      await page.getByLabel("Bucket", { exact: true }).fill("backups");
      await page.getByLabel("Access key").fill("LIFEBOAT");
      await page.getByRole("button", { name: /^Connect$/ }).click();
    },
    shows: /does not let this access key into the bucket backups/,
  },
  {
    name: "terminal",
    hash: "#/terminal",
    when: async (page) => {
      await page.locator(".xterm-rows").getByText(/[#$]/).first().waitFor({ timeout: 30_000 });
      await page.keyboard.type("stty size; ls /\n");
      await page.locator(".xterm-rows").getByText("etc").first().waitFor();
    },
    shows: "Into the terminal",
  },
  {
    name: "terminal-ended",
    hash: "#/terminal",
    when: async (page) => {
      await page.locator(".xterm-rows").getByText(/[#$]/).first().waitFor({ timeout: 30_000 });
      await page.keyboard.type("exit\n");
    },
    shows: "The shell has ended",
  },
  { name: "partitions", hash: partitionsOf(windowsDisk.disk), shows: "Choose a partition or a free space." },
  {
    name: "partitions-chosen",
    hash: partitionsOf(windowsDisk.disk),
    when: (page) => choosePart(page, /^3: Windows/),
    shows: "Partition 3: Windows",
  },
  {
    name: "partitions-menu",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await choosePart(page, /^3: Windows/);
      await page.getByRole("button", { name: "Actions" }).click();
    },
    shows: "Make it as small as possible",
  },
  { name: "partitions-edited", hash: partitionsOf(windowsDisk.disk), when: editParts, shows: "What you want done" },
  {
    name: "partitions-new",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await choosePart(page, /^free/);
      await page.getByRole("button", { name: "New partition…" }).click();
    },
    shows: "Name in the table",
  },
  {
    name: "partitions-format",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await choosePart(page, /^4: Recovery/);
      await pressMenu(page, "Actions", "Format…");
    },
    shows: "What is in it will be lost.",
  },
  {
    name: "partitions-type",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await choosePart(page, /^4: Recovery/);
      await pressMenu(page, "Actions", "Type…");
    },
    shows: "Type – 4: Recovery",
  },
  {
    name: "partitions-impossible",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await pressMenu(page, "Partition table", /^Convert to MBR/);
      await pressMenu(page, "Partition table", /^Convert to GPT/);
      await choosePart(page, /^3: Windows/);
      await pressMenu(page, "Actions", "Delete");
      await pressMenu(page, "Partition table", /^New empty table: GPT/);
      await page.getByRole("button", { name: "Take operation 4 away" }).click();
      await page.getByRole("button", { name: "Take operation 1 away" }).click();
    },
    shows: "Code EDIT_INVALID",
  },
  {
    name: "partitions-refused",
    given: refused(coded("TARGET_IN_USE", { target: windowsDisk.name, by: "a running job reads from it" })),
    hash: partitionsOf(windowsDisk.disk),
    shows: "Nothing on this disk can be changed now",
  },
  {
    name: "partitions-unfinished",
    given: { partitions: { edits: [], steps: [], unfinished: { number: 3, kind: "move" } } },
    hash: partitionsOf(windowsDisk.disk),
    shows: /^Partition 3 was being moved/,
  },
  { name: "partitions-empty", given: { targets: [emptyDisk] }, hash: "#/partitions", shows: "No partitions" },
  { name: "partitions-whole", given: { targets: [wholeDisk] }, hash: "#/partitions", shows: "one file system (ext4)" },
  { name: "partitions-none", given: { targets: [] }, hash: "#/partitions", shows: "No disk was found." },
  {
    name: "partitions-review",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await editParts(page);
      await choosePart(page, /^2: /);
      await pressMenu(page, "Actions", "Delete");
      await page.getByText(/^Delete partition 2/).waitFor();
      await page.getByRole("button", { name: "Apply…" }).click();
      await page.getByText(/^I understand that partition 2/).waitFor();
      await page.getByRole("button", { name: /^Erase and change/ }).click({ force: true });
    },
    shows: "First tick the box under “Confirm”.",
  },
  {
    name: "partitions-review-nothing-lost",
    hash: partitionsOf(windowsDisk.disk),
    when: async (page) => {
      await editParts(page);
      await page.getByRole("button", { name: "Apply…" }).click();
    },
    shows: "Nothing is lost.",
  },
  { name: "settings", hash: "#/settings", shows: "Size of text" },
  {
    name: "branded",
    given: {
      settings: {
        ...settings,
        branding: {
          ...{ name: "Müller; 'IT' <b>", hasLogo: true },
          colours: { accent: "#8a1f5c", background: "#ffe066", text: "#1c1c1c" },
        },
      },
      logo: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#8a1f5c"/></svg>',
    },
    hash: "#/settings",
    shows: "Müller; 'IT' <b>",
  },
  { name: "logs", hash: "#/logs", shows: "log of the fake server" },
  {
    name: "logs-bundle-saved",
    hash: "#/logs",
    when: (page) => page.getByRole("button", { name: "Save to the rescue stick" }).click(),
    shows: /^Saved:/,
  },
];

async function visit(
  state: State,
  size: (typeof sizes)[number],
  name: string,
  media: "light" | "dark" | "contrast" | "forced",
  language = "en",
) {
  await using server = await FakeServer.start({ ui });
  Object.assign(server, state.given);
  await using tab = await openTab(browser, size, {
    colorScheme: media === "dark" ? "dark" : "light",
    contrast: media === "contrast" ? "more" : "no-preference",
    forcedColors: media === "forced" ? "active" : "none",
  });
  await tab.page.addInitScript(`localStorage.setItem("lifeboat.language", ${JSON.stringify(language)})`);
  await tab.page.goto(server.url + (state.hash ?? "#/restore"));
  await tab.page.locator("h1").filter({ hasNotText: "One moment" }).waitFor();
  if (language === "en" || state.isWordless) await state.when?.(tab.page);
  if (language === "en") {
    await tab.page.getByText(state.shows).first().waitFor();
  } else await tab.page.waitForLoadState("networkidle");
  await shot(tab.page, name);
  await checkPage(tab.page);
  // A refused request is an answer that the page shows, though the browser notes it as an error.
  expect(tab.complaints.filter((text) => !text.startsWith("Failed to load resource"))).toEqual([]);
}

describe.each(sizes)("at $width x $height", (size) => {
  // The sample has each state at one size: every third at the other one too.
  const shown = FULL || size === sizes[1] ? states : states.filter((_, i) => i % 3 === 0);
  it.each(shown)("$name", (state) => visit(state, size, state.name, "light"));
});

it("paints a splash until the script has come", async () => {
  await using server = await FakeServer.start({ ui });
  await using tab = await openTab(browser, sizes[1]);
  await tab.page.route("**/app.js", (route) => route.abort());
  await tab.page.goto(server.url);
  await tab.page.getByRole("img", { name: "Lifeboat" }).waitFor();
  await shot(tab.page, "splash");
});

it("begins a long dialog at its top, and scrolls to what it answers, above its buttons", async () => {
  const bucket = states.find(({ name }) => name === "network-bucket-denied") as State;
  await using server = await FakeServer.start({ ui });
  Object.assign(server, bucket.given);
  await using tab = await openTab(browser, { width: 800, height: 600 });
  await tab.page.goto(server.url + bucket.hash);
  await tab.page.getByRole("button", { name: "Add a share…" }).click();
  const dialog = tab.page.getByRole("dialog");
  expect(await dialog.evaluate((element) => element.scrollTop)).toBe(0);
  await tab.page.keyboard.press("Escape");
  await bucket.when?.(tab.page);
  await tab.page.getByText(bucket.shows).first().waitFor();
  const below = (selector: string) => dialog.locator(selector).evaluate((element) => element.getBoundingClientRect());
  const [alert, buttons] = [await below("[role=alert]"), await below(".dialog__actions")];
  expect(alert.bottom).toBeLessThanOrEqual(buttons.top);
  expect(buttons.bottom).toBeLessThanOrEqual(600);
});

const inAllColours = [
  "home",
  "settings",
  "branded",
  "image-wrong-password",
  "progress-image-away",
  "target-many",
  "review-type",
  "capture-options-wrong",
  "capture-review",
  "clone-review",
  "boot-disk",
  "images-files",
  "progress-write",
  "result-failed",
  "partitions-edited",
];
const COLOURS = ["dark", "contrast", "forced"] as const;
describe.each(COLOURS)("in %s colours", (media) => {
  const shown = rotated(inAllColours, COLOURS.indexOf(media));
  it.each(states.filter(({ name }) => shown.includes(name)))("$name", (state) =>
    visit(state, sizes[1], `${state.name}-${media}`, media),
  );
});

/** Those that are reached by their address alone: what is pressed is named in English. */
const inLanguages = [
  ...["home", "home-after-a-failed-job", "help", "capture-source", "capture-place", "capture-options"],
  ...["operation-capture", "review-type", "clone-target", "clone-layout", "clone-review", "boot", "boot-disk"],
  ...["images", "images-one", "images-volumes"],
];
const LANGUAGES = ["de", "ru", "xx"] as const;
describe.each(LANGUAGES)("in %s", (language) => {
  const shown = rotated(inLanguages, LANGUAGES.indexOf(language));
  it.each(states.filter(({ name }) => shown.includes(name)))("$name", (state) =>
    visit(state, language === "xx" ? sizes[1] : sizes[0], `${state.name}-${language}`, "light", language),
  );
});
