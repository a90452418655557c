import { readdir, readFile, writeFile } from "node:fs/promises";
import { beforeEach, expect, it } from "vitest";
import { type Menu, startMenu } from "#test/engine/console-menu/menu.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { problemCode, type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";
import { full } from "#test/sample.ts";

const SIZE = 24 << 20;
const PASSWORD = "Straße; 'Möwen'";

let work: Workspace;
let server: RescueServer;
let menu: Menu;
let source: string;
let target: string;

beforeEach(async () => {
  await using stack = new AsyncDisposableStack();
  work = stack.use(await openWorkspace());
  source = await noisyDisk(work.path("a source.raw"), SIZE, 1);
  target = await noisyDisk(work.path("b target.raw"), SIZE, 2);
  const kept = ["--reports", work.path("reports"), "--run", work.path("run"), "--undo", work.path("undo")];
  server = await startRescueServer("--disk", source, "--disk", target, "--images", work.folder, ...kept);
  stack.use(server);
  menu = stack.use(startMenu(server.url));
  const all = stack.move();
  await menu.see("What do you want to do?");
  return () => all.disposeAsync();
});

/** To the end of the plan, and over it. */
async function readPlan(): Promise<void> {
  for (let i = 0; i < 8 && !menu.screen.text.includes("Confirm "); i++) {
    menu.press("page-down");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  menu.press("enter");
}

it("captures into an encrypted image that the command verifies, and then verifies it itself", async () => {
  menu.press("2", "enter");
  await menu.see(/Which disk do you want to capture\?.*Step 1 of 7/);
  menu.press("enter");
  await menu.see(/Where shall the image go\?.*Step 2 of 7/);
  menu.press("enter");
  await menu.see(/Name.*Step 3 of 7/);
  menu.press("clear", "a/b", "enter");
  await menu.see("That cannot be the name of a file everywhere");
  menu.press("clear", "Büro; 'Server'", "enter");
  await menu.see(/Encrypt the image\?.*Step 4 of 7/);
  menu.press("down", "enter");
  await menu.see("A new password for the image.");
  menu.press(PASSWORD, "enter");
  await menu.see("The same password once more.");
  menu.press("other", "enter");
  await menu.see("The two are not the same.");
  menu.press(PASSWORD, "enter");
  await menu.see("The same password once more.");
  menu.press(PASSWORD, "enter");
  await menu.see(/Read the image back\?.*Step 5 of 7/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 6 of 7/);
  await menu.see("Nothing is written to the source");
  await readPlan();
  await menu.see(/Confirm.*Step 7 of 7/);
  expect(await readdir(work.folder)).not.toContain("Büro; 'Server'.lbi");
  menu.press("down", "enter");
  await menu.see("The image is complete", 120);
  await menu.see("The image was read back and is intact.");
  const image = work.path("Büro; 'Server'.lbi");
  await writeFile(work.path("password"), PASSWORD);
  const opened = ["--password-file", work.path("password")];
  expect(await lifeboatJson("image", "verify", image, ...opened)).toMatchObject({ kind: "verify" });
  await lifeboat("restore", image, "--to", target, "--yes-erase", target, "--no-undo", ...opened);
  expect(await sha256File(target)).toBe(await sha256File(source));

  menu.press("enter");
  await menu.see("What do you want to do?");
  menu.press("4", "enter");
  await menu.see("Which image do you want to verify?");
  menu.press("enter");
  await menu.see("is encrypted. Type its password");
  menu.press(PASSWORD, "enter");
  await menu.see(/Check what will happen.*Step 2 of 3/);
  menu.press("enter");
  await menu.see(/Confirm.*Step 3 of 3/);
  menu.press("down", "enter");
  await menu.see("The image is intact", 60);
});

full("says of a damaged image what is wrong with it", async () => {
  const whole = work.path("whole.lbi");
  await lifeboatJson("capture", source, "--to", whole);
  const bytes = await readFile(whole);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
  await writeFile(work.path("damaged.lbi"), bytes);
  menu.press("4", "enter");
  await menu.see("Which image do you want to verify?");
  menu.press("r");
  await menu.see("damaged.lbi");
  menu.press(/1\. \S+ \(damaged\.lbi\)/.test(menu.screen.text) ? "1" : "2", "enter");
  await menu.see(/Check what will happen.*Step 2 of 3/);
  menu.press("enter");
  await menu.see(/Confirm.*Step 3 of 3/);
  menu.press("down", "enter");
  await menu.see("The image is not intact", 60);
  await menu.see("Code IMAGE_VERIFY_FAILED");
});

full("clones a disk, and writes nothing before the word is typed", async () => {
  const before = await sha256File(target);
  menu.press("3", "enter");
  await menu.see(/Which disk do you want to clone\?.*Step 1 of 5/);
  menu.press("enter");
  await menu.see(/Which disk do you want to clone to\?.*Step 2 of 5/);
  menu.press("enter");
  await menu.see("This cannot be chosen: it is the source");
  menu.press("down", "enter");
  await menu.see(/Read everything back\?.*Step 3 of 5/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 4 of 5/);
  await menu.see("This will be lost:");
  await readPlan();
  await menu.see(/Confirm.*Step 5 of 5/);
  menu.press("yes", "enter");
  await menu.see("That is not erase.");
  expect(await sha256File(target)).toBe(before);
  menu.press("erase", "enter");
  await menu.see("The clone is complete", 120);
  await menu.see("Everything was read back and is equal to the source.");
  expect(await sha256File(target)).toBe(await sha256File(source));
});

full("plans a repair, and changes nothing of a disk without a system", async () => {
  const before = await sha256File(source);
  menu.press("5", "enter");
  await menu.see(/Which disk does not start any more\?.*Step 1 of 3/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 2 of 3/, 60);
  await readPlan();
  await menu.see(/Confirm.*Step 3 of 3/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 2 of 3/, 60);
  menu.press("escape");
  await menu.see("What do you want to do?");
  expect(await sha256File(source)).toBe(before);
});

it("starts nothing that was not confirmed, and no other thing onto a disk that is read", async () => {
  const wish = { kind: "clone", diskId: `file:${source}`, targetId: `file:${target}`, verify: false };
  const plan = (await server.post("/api/v1/plans/operation", wish)).json as { id: string };
  const start = (confirm: string, key: string) => server.post("/api/v1/operations", { planId: plan.id, confirm }, key);
  expect(problemCode((await start("yes", "a")).json)).toBe("CONFIRM_MISMATCH");
  const back = { ...wish, diskId: wish.targetId, targetId: wish.diskId };
  const other = (await server.post("/api/v1/plans/operation", back)).json as { id: string };
  expect((await start(`file:${target}`, "b")).status).toBe(202);
  const confirmed = { planId: other.id, confirm: `file:${source}` };
  const refused = await server.post("/api/v1/operations", confirmed, "c");
  expect(["TARGET_IN_USE", "JOB_BUSY"]).toContain(problemCode(refused.json));
  expect(problemCode((await start(`file:${target}`, "d")).json)).toBe("NOT_FOUND"); // a plan is started once
});
