import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Destination, OperationPlan } from "#rescue/api/contract.ts";
import { Idle } from "#rescue/console-menu/ask.ts";
import { captureWizard } from "#rescue/console-menu/capture-wizard.ts";
import { cloneWizard, repairWizard } from "#rescue/console-menu/operation-wizards.ts";
import { restoreWizard } from "#rescue/console-menu/restore-wizard.ts";
import { unattendedScreen } from "#rescue/console-menu/unattended-screen.ts";
import { sampleDisk, sampleFound } from "#test/doubles/rescue.ts";
import { scriptedMenu } from "#test/doubles/scripted-menu.ts";

const first = sampleDisk({ id: "ata-FIRST", path: "/dev/sda", model: "First", serial: "SN0001" });
const second = sampleDisk({ id: "ata-SECOND", path: "/dev/sdb", model: "Second", serial: "SN0002" });
const medium = sampleDisk({ id: "usb-MEDIUM", path: "/dev/sdc", model: "Stick", serial: "SN3", isBootMedium: true });

const place = (overrides: Partial<Destination> = {}): Destination => ({
  ...{
    id: "share:nas",
    name: "NAS; 'Büro'",
    kind: "share",
    size: 2 ** 40,
    free: 2 ** 39,
    isLow: false,
    repository: "none",
  },
  ...overrides,
});

const plan = (overrides: Partial<OperationPlan> = {}): OperationPlan => ({
  ...{
    id: "plan-1",
    kind: "capture",
    title: "capture of First",
    subject: "First",
    lines: [{ text: "Capture First" }, { text: "Nothing is written" }],
  },
  confirmation: { level: "none", text: "First is only read.", words: "w", id: "ata-FIRST" },
  ...overrides,
});

const operation = { id: "op-1", kind: "capture", title: "capture of First", subject: "First", state: "running" };
const replies = {
  disks: () => [first, second, medium],
  destinations: () => [
    place({ id: "partition:a", name: "First, partition 1", kind: "partition", diskId: first.id }),
    place(),
  ],
  planOperation: () => plan(),
  powerState: () => ({ onBattery: true, warning: { code: "POWER_LOW", text: "the battery is nearly empty" } }),
  startOperation: () => operation,
};

test("a capture: disk, place, name, no password, plan with the battery's warning, confirmation", async () => {
  const keys = ["enter", "enter", "down", "enter", "clear", "Büro 1", "enter", "enter", "down", "enter", "enter"];
  const { context, said, screens } = scriptedMenu([...keys, "down", "enter"], replies);
  const job = await captureWizard(context);
  expect(job?.first).toMatchObject({ id: "op-1", title: "Running: capture of First" });
  expect(said.find(({ name }) => name === "planOperation")?.body).toEqual({
    ...{ kind: "capture", diskId: "ata-FIRST", destinationId: "share:nas", name: "Büro 1", verify: false },
  });
  expect(said.at(-1)).toMatchObject({ name: "startOperation", body: { planId: "plan-1", confirm: "ata-FIRST" } });
  const all = screens.join("\n").replaceAll(/\s+/g, " ");
  expect(all).toContain("This cannot be chosen: it lies on the disk that is captured");
  expect(all).toContain("! the battery is nearly empty");
  expect(all).toContain("Step 7 of 7");
});

test("the first key of a confirmation is the safe one, and Escape leads back to the plan", async () => {
  const keys = ["enter", "down", "enter", "clear", "x", "enter", "enter", "enter", "enter", "enter", "escape"];
  const { context, said } = scriptedMenu(keys, replies);
  expect(await captureWizard(context)).toBeUndefined();
  expect(said.map(({ name }) => name)).not.toContain("startOperation");
});

test("an encrypted repository asks for its password, and an open one for none", async () => {
  const locked = { ...replies, destinations: () => [place({ repository: "locked" })] };
  const keys = ["enter", "enter", "clear", "x", "enter", "geheim", "enter", "enter", "enter", "down", "enter"];
  const one = scriptedMenu(keys, locked);
  await captureWizard(one.context);
  expect(one.said.find(({ name }) => name === "planOperation")?.body).toMatchObject({
    password: "geheim",
    verify: true,
  });
  expect(one.screens.join("\n")).not.toContain("geheim");
  const open = { ...replies, destinations: () => [place({ repository: "open" })] };
  const two = scriptedMenu(["enter", "enter", "clear", "x", "enter", "enter", "enter", "down", "enter"], open);
  await captureWizard(two.context);
  expect(two.said.find(({ name }) => name === "planOperation")?.body).not.toHaveProperty("password");
});

test("a clone that erases starts by typed words alone; the medium and the source are no targets", async () => {
  const confirmation = {
    level: "type",
    text: "All of Second will be erased.",
    words: "0002",
    id: "ata-SECOND",
  } as const;
  const erasing = { ...replies, planOperation: () => plan({ kind: "clone", confirmation }) };
  const keys = [
    "enter",
    "enter",
    "3",
    "enter",
    "2",
    "enter",
    "enter",
    "enter",
    "0001",
    "enter",
    "clear",
    "0002",
    "enter",
  ];
  const { context, said, screens } = scriptedMenu(keys, erasing);
  await cloneWizard(context);
  const all = screens.join("\n").replaceAll(/\s+/g, " ");
  for (const text of ["it is the source", "this system was started from it", "That is not 0002."])
    expect(all).toContain(text);
  expect(said.filter(({ name }) => name === "startOperation")).toEqual([
    { name: "startOperation", body: { planId: "plan-1", confirm: "0002" } },
  ]);
  expect(said.find(({ name }) => name === "planOperation")?.body).toEqual({
    ...{ kind: "clone", diskId: "ata-FIRST", targetId: "ata-SECOND", verify: true },
  });
});

test("a refusal of the server is shown in full, and nothing is started", async () => {
  const refuse = () => {
    throw new LifeboatError("WINDOWS_HIBERNATED", { disk: "/dev/sda", problem: "it is hibernated" });
  };
  const { context, said, screens } = scriptedMenu(["enter", "enter"], { ...replies, planOperation: refuse });
  expect(await repairWizard(context)).toBeUndefined();
  expect(screens.at(-1)).toContain("Code WINDOWS_HIBERNATED");
  expect(said.map(({ name }) => name)).not.toContain("startOperation");
});

test("each screen of the wizards keeps to 80 by 24, and who goes away ends the menu", async () => {
  const long = "Ein sehr langer Name einer Platte ".repeat(4);
  const many = Array.from({ length: 14 }, (_, at) =>
    sampleDisk({ id: `d${at}`, model: `${long}${at}`, serial: `${at}` }),
  );
  const { context, screens } = scriptedMenu(["down", "down", "page-down", "up"], { ...replies, disks: () => many });
  await expect(repairWizard(context)).rejects.toThrow(Idle); // the double of the screen refuses what is beside it
  expect(screens.length).toBe(5);
});

const unattended = (changes: object) => ({
  ...{
    phase: "countdown",
    title: { text: "Restore office.lbi onto First" },
    lines: [{ text: "All of First will be lost" }],
    secondsLeft: 20,
  },
  ...{ isHeld: false, afterwards: "stay", ...changes },
});

test("what the medium does by itself is shown first; W holds it, another key stops it for good", async () => {
  const states = [
    unattended({}),
    unattended({ isHeld: true }),
    unattended({ phase: "stopped", secondsLeft: undefined }),
  ];
  const { context, said, screens } = scriptedMenu(["w", "x", "enter"], {
    unattended: () => states.shift(),
    steerUnattended: () => ({}),
  });
  await unattendedScreen(context);
  expect(said.filter(({ name }) => name === "steerUnattended").map(({ body }) => body.action)).toEqual([
    "hold",
    "stop",
  ]);
  expect(screens[0]).toContain("It begins in 20 seconds. A key stops it.");
  expect(screens[0]).toContain("All of First will be lost");
  expect(screens[1]).toContain("It waits until you let it go on.");
  expect(screens[2]).toContain("It was stopped. Nothing was written.");
});

test("what is being written is stopped only after a question", async () => {
  const states = [unattended({ phase: "running" }), unattended({ phase: "running" }), unattended({ phase: "none" })];
  const { context, said } = scriptedMenu(["x", "enter", "x", "down", "enter"], {
    unattended: () => states.shift(),
    steerUnattended: () => ({}),
  });
  await unattendedScreen(context);
  expect(said.map(({ name }) => name)).toEqual(["unattended", "unattended", "steerUnattended", "unattended"]);
});

test("a restore to a disk on which the partitions must lie otherwise asks for the layout that loses least", async () => {
  const needsLayout = { code: "TARGET_TOO_SMALL", text: "First is too small" };
  const refused = () => {
    throw new LifeboatError("NOT_FOUND", { what: "it ends here" });
  };
  const { context, said } = scriptedMenu(["enter", "enter", "enter", "enter", "escape", "escape", "escape"], {
    ...{ images: () => [sampleFound()], planRestore: refused },
    targets: () => [{ disk: first, name: "First", needsLayout }],
  });
  expect(await restoreWizard(context)).toBeUndefined();
  const asked = said.find(({ name }) => name === "planRestore");
  expect(asked?.body).toMatchObject({ targetId: first.id, wish: { layout: { mode: "shrink" } } });
});
