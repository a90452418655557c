import { open } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import type { Progress } from "#base/progress.ts";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { otherSide } from "#mediabuilder/usb/boot-volume.ts";
import { readStick } from "#mediabuilder/usb/read-stick.ts";
import { runSticks } from "#mediabuilder/usb/run-sticks.ts";
import { NextSet } from "#mediabuilder/usb/switch-set.ts";
import { filesOf, firmwareView, isSameSet } from "./firmware-view.ts";
import { type SampleSystem, sampleSystem } from "./sample-system.ts";
import { StickFolder } from "./stick-folder.ts";

const STICK = 1280 << 20;

let folder: StickFolder;
let [first, second] = [] as unknown as [SampleSystem, SampleSystem];
beforeAll(async () => {
  folder = await StickFolder.make();
  [first, second] = await Promise.all([sampleSystem(folder.path, 1), sampleSystem(folder.path, 2)]);
});
afterAll(() => folder?.[Symbol.asyncDispose]());

test("of three sticks that are made at once one fails, and the others are whole and of their own", async () => {
  const files = await Promise.all(["a.img", "b.img", "c.img"].map((name) => folder.blank(name, STICK)));
  const plans = await Promise.all(files.map((file) => folder.planMake(first, file)));
  const [a = "", b = "", c = ""] = files;
  {
    // Somebody has used it since.
    await using disk = await open(b, "r+");
    await disk.write(Buffer.from("a letter"), 0, 8, 700 << 20);
    await disk.write(Buffer.alloc(512, 1), 0, 512, 0);
  }
  const steps = runSticks(plans, await folder.work(first))(new AbortController().signal);
  const shown: Progress[] = [];
  let step = await steps.next();
  for (; !step.done; step = await steps.next()) shown.push(step.value);
  expect(step.value).toMatchObject([
    { target: a, report: { verified: true } },
    { target: b, error: { code: "PLAN_STALE" } },
    { target: c, report: { verified: true } },
  ]);
  expect(shown.every(({ doneBytes, totalBytes }, i) => doneBytes <= totalBytes && i >= 0)).toBe(true);
  const expected = await filesOf(first.tree);
  for (const file of [a, c]) expect(isSameSet((await firmwareView(file)).files, expected)).toBe(true);
  const sticks = await Promise.all([a, c].map((file) => findDisk(file)));
  const ids = sticks.flatMap(({ table, partitions }) => [
    table.diskId,
    ...partitions.flatMap(({ guid, filesystem }) => [guid, filesystem?.uuid]),
  ]);
  const given = ids.filter((id) => id !== undefined);
  expect(new Set(given).size).toBe(given.length);
});

test("a stick that does not keep what is written to it is found out before it is switched", async () => {
  const file = await folder.blank("worn.img", STICK);
  await folder.make(first, file);
  const stick = await readStick(await findDisk(file));
  const { volumes } = await folder.work(second);
  const side = otherSide(stick.side);
  const made = await volumes.get({ size: stick.boot.size, sectorSize: 512, side });
  await using source = await openDevice(made.file);
  await using disk = await openDevice(file, { write: true });
  let writes = 0;
  const worn: BlockDevice = {
    ...disk,
    async write(from, offset) {
      const kept = new Uint8Array(from);
      if (++writes === 9) kept[4711] = (kept[4711] ?? 0) ^ 1;
      await disk.write(kept, offset);
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const readsBack = (offset: number) => new LifeboatError("STICK_READS_BACK", { target: "worn", offset });
  const next = new NextSet(sliceTarget(worn, stick.boot.start, stick.boot.size), { source, made, side }, readsBack);
  const bring = async () => {
    const { signal } = new AbortController();
    for await (const _ of next.write(signal));
    for await (const _ of next.compare(signal));
    await next.switch();
  };
  await expect(bring()).rejects.toMatchObject({ code: "STICK_READS_BACK" });
  expect(isSameSet((await firmwareView(file)).files, await filesOf(first.tree))).toBe(true);
});
