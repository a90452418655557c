import { readdir, rm, writeFile } from "node:fs/promises";
import { beforeEach, expect, it } from "vitest";
import { type Menu, startMenu } from "#test/engine/console-menu/menu.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace, sha256File, type Workspace } from "#test/engine/image/workspace.ts";
import { type RescueServer, startRescueServer } from "#test/engine/rescue/rescue-server.ts";

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
  source = await noisyDisk(work.path("source.raw"), SIZE, 1);
  target = await noisyDisk(work.path("target disk.raw"), SIZE, 2);
  await writeFile(work.path("password"), PASSWORD);
  const keyed = ["--encrypt", "--password-file", work.path("password")];
  await lifeboatJson("capture", source, "--to", work.path("office.lbi"), "--name", "Büro Server", ...keyed);
  const small = await noisyDisk(work.path("small.raw"), 1 << 20, 3);
  const kept = ["--reports", work.path("reports"), "--log", work.path("server.jsonl"), "--run", work.path("run")];
  server = stack.use(
    await startRescueServer("--disk", small, "--disk", target, "--images", work.folder, "--remote-port", "0", ...kept),
  );
  menu = stack.use(startMenu(server.url));
  const all = stack.move();
  return () => all.disposeAsync();
});

it("restores an encrypted image from the first screen to the report, by keys alone, and writes nothing before the words", async () => {
  const before = await sha256File(target);
  await menu.see("What do you want to do?");
  menu.press("enter");
  await menu.see(/Which image.*Step 1 of 5/);
  await menu.see("encrypted: its password is asked for next");
  menu.press("enter");
  await menu.see("is encrypted. Type its password");
  menu.press("wrong", "enter");
  await menu.see("no password of the image is this one");
  menu.press(PASSWORD, "enter");
  await menu.see(/Which disk.*Step 2 of 5/);
  expect(menu.screen.text).toContain("small.raw, 1 MiB");
  menu.press("enter");
  await menu.see("This cannot be chosen");
  menu.press("down", "enter");
  await menu.see(/Read everything back\?.*Step 3 of 5/);
  menu.press("enter");
  await menu.see(/Check what will happen.*Step 4 of 5/);
  await menu.see("This will be lost:");
  for (let i = 0; i < 5 && !menu.screen.text.includes("Confirm "); i++) {
    menu.press("page-down");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  menu.press("enter");
  await menu.see(/Confirm.*Step 5 of 5/);
  menu.press("yes", "enter");
  await menu.see("That is not erase.");
  expect(await sha256File(target)).toBe(before);
  menu.press("erase", "enter");
  await menu.see("The restore is complete", 120);
  await menu.see("Everything was read back and is equal to the image.");
  expect(await sha256File(target)).toBe(await sha256File(source));
  expect(await readdir(work.path("reports"))).toHaveLength(1);
  menu.press("enter");
  await menu.see("What do you want to do?");
});

it("goes back step by step, draws itself again, and shows a job that somebody else has started", async () => {
  await menu.see("What do you want to do?");
  menu.press("enter");
  await menu.see("Which image");
  menu.press("escape");
  await menu.see("What do you want to do?");
  const shown = menu.screen.text;
  menu.screen.write("\x1b[1;1Hthe kernel writes over it");
  menu.press("redraw");
  await menu.see("Lifeboat: What do you want to do?");
  expect(menu.screen.text).toBe(shown);
  const [image] = (await server.get("/api/v1/images")).json as { id: string }[];
  await server.post(`/api/v1/images/${image?.id}/unlock`, { password: PASSWORD });
  const options = { verifyTarget: true, salvage: false };
  const wish = { imageId: image?.id, targetId: `file:${target}`, options };
  const plan = (await server.post("/api/v1/plans/restore", wish)).json as { id: string; target: { id: string } };
  await server.post("/api/v1/jobs/restore", { planId: plan.id, confirm: plan.target.id }, "k");
  menu.press("6", "enter");
  await menu.see("Shares on other machines");
  menu.press("escape");
  await menu.see(/Restoring Büro Server|What do you want to do/);
});

it("opens the pages to the network, and says where and with which code", async () => {
  await menu.see("What do you want to do?");
  menu.press("8", "enter");
  await menu.see("Closed: nothing listens on the network.");
  menu.press("enter");
  await menu.see("Type there:");
  const { pages } = (await server.get("/api/v1/remote")).json as { pages: { code: string } };
  expect(menu.screen.text).toContain(pages.code);
  menu.press("enter");
  await menu.see("Closed: nothing listens on the network.");
});

it("asks for each part of a share, shows no password, and says in words why it cannot be connected", async () => {
  await menu.see("What do you want to do?");
  menu.press("6", "enter");
  await menu.see("No share is known yet.");
  menu.press("a");
  await menu.see("What kind of share?");
  menu.press("enter");
  const fields = ["Bilder; 'x'", "nas.invalid", "images", "anna"];
  for (const [at, field] of ["Name", "Server", "Share", "User"].entries()) {
    await menu.see(`${field}:`);
    menu.press(fields[at] as string, "enter");
  }
  await menu.see("Password:");
  menu.press("hunter22");
  await menu.see("Password: ********");
  expect(menu.screen.text).not.toContain("hunter22");
  menu.press("enter");
  await menu.see("does not run the rescue system"); // this machine keeps its mounts
  menu.press("escape", "escape");
});

it("waits while the server is away, and ends when it is asked to", async () => {
  await menu.see("What do you want to do?");
  await server[Symbol.asyncDispose]();
  menu.press("enter");
  await menu.see("The rescue program does not answer");
  await using other = startMenu("http://127.0.0.1:1");
  await other.see("The rescue program does not answer");
});

it("leaves the terminal when somebody presses Ctrl+C", async () => {
  await menu.see("What do you want to do?");
  await rm(work.path("password"));
  menu.press("interrupt");
  expect(await menu.ended).toBe(0);
});
