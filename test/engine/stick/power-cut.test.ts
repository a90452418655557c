import { copyFile, open } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BlockDevice } from "#imaging/device/block-device.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { sliceTarget } from "#imaging/device/slice-target.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { otherSide } from "#mediabuilder/usb/boot-volume.ts";
import { readStick } from "#mediabuilder/usb/read-stick.ts";
import { switchGrub } from "#mediabuilder/usb/switch-grub.ts";
import { NextSet } from "#mediabuilder/usb/switch-set.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { caseRandom, type Random } from "#test/fuzz/random.ts";
import { FULL } from "#test/sample.ts";
import { filesOf, firmwareView, isSameCore, isSameSet } from "./firmware-view.ts";
import { type SampleSystem, sampleSystem } from "./sample-system.ts";
import { StickFolder } from "./stick-folder.ts";

/** Room for a boot partition, and some data. */
const STICK = 1280 << 20;
/** What a disk writes wholly or not at all. */
const SECTOR = 512;

let folder: StickFolder;
let [before, after] = [] as unknown as [SampleSystem, SampleSystem];
beforeAll(async () => {
  folder = await StickFolder.make();
  [before, after] = await Promise.all([sampleSystem(folder.path, 1), sampleSystem(folder.path, 2)]);
});
afterAll(() => folder?.[Symbol.asyncDispose]());

/** Writes of an update, and after how many of them the device was told to keep what it has. */
interface Recording {
  readonly writes: { readonly offset: number; readonly bytes: Uint8Array }[];
  readonly flushes: number[];
}

function recorded(device: BlockDevice, { writes, flushes }: Recording): BlockDevice {
  return {
    ...device,
    read: device.read.bind(device),
    async write(from, offset) {
      writes.push({ offset, bytes: new Uint8Array(from) });
      await device.write(from, offset);
    },
    async flush() {
      flushes.push(writes.length);
      await device.flush();
    },
    [Symbol.asyncDispose]: () => device[Symbol.asyncDispose](),
  };
}

async function recordUpdate(file: string): Promise<Recording> {
  const recording: Recording = { writes: [], flushes: [] };
  const stick = await readStick(await findDisk(file));
  const { system, volumes } = await folder.work(after);
  const side = otherSide(stick.side);
  const made = await volumes.get({ size: stick.boot.size, sectorSize: 512, side });
  const readsBack = (offset: number) => new Error(`differs at ${offset}`);
  await using source = await openDevice(made.file);
  await using disk = await openDevice(file, { write: true });
  const device = recorded(disk, recording);
  if (stick.bios) await switchGrub(device, stick.bios, system.grub, readsBack);
  const boot = sliceTarget(device, stick.boot.start, stick.boot.size);
  const next = new NextSet(boot, { source, made, side }, readsBack);
  const { signal } = new AbortController();
  for await (const _ of next.write(signal));
  for await (const _ of next.compare(signal));
  await next.switch();
  return recording;
}

/**
 * A stick as it may be after a power cut: all that was flushed is there; of what was written since, any sectors are, in whatever order.
 * @param made of the writes that were made until then
 */
async function cut(base: string, { writes, flushes }: Recording, made: number, random: Random): Promise<string> {
  const file = join(folder.path, "cut.img");
  await runTool("cp", [base, file]);
  const durable = flushes.filter((at) => at <= made).at(-1) ?? 0;
  await using disk = await open(file, "r+");
  for (const [i, { offset, bytes }] of writes.slice(0, made).entries()) {
    if (i < durable) await disk.write(bytes, 0, bytes.length, offset);
    else
      for (let at = 0; at < bytes.length; at += SECTOR)
        if (random.chance(0.5)) await disk.write(bytes, at, Math.min(SECTOR, bytes.length - at), offset + at);
  }
  return file;
}

test("after a power cut at any moment of an update, firmware and GRUB find all of the old system or all of the new one", async () => {
  const [base, updated] = [await folder.blank("base.img", STICK), join(folder.path, "updated.img")];
  await folder.make(before, base);
  await copyFile(base, updated);
  const recording = await recordUpdate(updated);
  const [old, next] = [await filesOf(before.tree), await filesOf(after.tree)];
  const seed = FULL ? Date.now() : 7;
  const random = caseRandom(seed, "power cut", 0);
  const { writes, flushes } = recording;
  // Each moment of the switch, which is seven writes, and some of the long writing before it.
  const switching = writes.length - 8;
  const moments = new Set(Array.from({ length: writes.length - switching }, (_, i) => switching + i));
  for (let i = 0; i < (FULL ? 60 : 3); i++) moments.add(random.int(writes.length));
  const seen = { old: 0, next: 0 };
  for (const made of [...moments, writes.length].toSorted((a, b) => a - b))
    for (let repeat = 0; repeat < (FULL ? 4 : 1); repeat++) {
      const file = await cut(base, recording, made, random);
      const { files, core } = await firmwareView(file);
      const isNext = isSameSet(files, next);
      expect(isNext || isSameSet(files, old), `after ${made} of ${writes.length} writes, seed ${seed}`).toBe(true);
      seen[isNext ? "next" : "old"]++;
      expect([before, after].some(({ system }) => core && isSameCore(core, system.grub.core))).toBe(true);
    }
  expect(Math.min(seen.old, seen.next)).toBeGreaterThan(1);
  // All that was cut short is made good by the next update.
  const last = await cut(base, recording, Math.max(...flushes.filter((at) => at < writes.length - 2)), random);
  await folder.update(after, last);
  expect(isSameSet((await firmwareView(last)).files, next)).toBe(true);
});
