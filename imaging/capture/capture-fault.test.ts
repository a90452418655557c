import { mkdtempSync, rmSync } from "node:fs";
import { readdir, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import { Threads } from "#imaging/worker/threads.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-fault-"));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

async function capture(): Promise<void> {
  const source = join(folder, "disk.img");
  await writeFile(source, "");
  await truncate(source, 1 << 20);
  const text = { name: "n", note: "", writerVersion: "0" };
  const request = {
    disk: await findDisk(source),
    to: join(folder, "a.lbi"),
    level: "none",
    raw: true,
    ...text,
  } as const;
  for await (const _ of captureDisk(request, new AbortController().signal));
}

/** What is left when a thread fails. */
async function leftAfter(fault: Error): Promise<string[]> {
  // biome-ignore lint/correctness/useYield: it fails before
  vi.spyOn(Threads.prototype, "pass").mockImplementation(async function* () {
    throw fault;
  });
  await expect(capture()).rejects.toBe(fault);
  return (await readdir(folder)).sort();
}

const KEPT = ["a.lbi.job", "a.lbi.partial", "disk.img"];

test("a fault of the program leaves what was read of a disk, which may be dying, and the journal to go on from", async () => {
  expect(await leftAfter(new LifeboatError("INTERNAL", { problem: "a thread was lost" }))).toEqual(KEPT);
});

test("so does an error that nobody foresaw; one that no other attempt can mend leaves nothing", async () => {
  expect(await leftAfter(new TypeError("x is not a function"))).toEqual(KEPT);
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "lifeboat-fault-"));
  expect(await leftAfter(new LifeboatError("SOURCE_CHANGED", { source: "x" }))).toEqual(["disk.img"]);
});
