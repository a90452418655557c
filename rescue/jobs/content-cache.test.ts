import { expect, it } from "vitest";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { contentCache } from "#rescue/jobs/content-cache.ts";
import { sampleImage } from "#test/doubles/rescue.ts";

it("reads what an image has for the same devices once, and again after a failure or with keys", async () => {
  let reads = 0;
  let fails = true;
  const read = contentCache(async () => {
    reads++;
    if (fails) throw new Error("no loop device is free");
    return {} as DiskContent;
  });
  const image = sampleImage("/a.lbi");
  const devices = [{ address: "0000:00:1f.2" }] as MachineDevice[];
  const { signal } = new AbortController();
  await expect(read(image, { devices, signal })).rejects.toThrow("loop");
  fails = false;
  await read(image, { devices, signal });
  await read(image, { devices, signal });
  expect(reads).toBe(2);
  await read(image, { devices: [], signal });
  await read(sampleImage("/a.lbi", { rootHash: "cd".repeat(32) }), { devices, signal });
  expect(reads).toBe(4);
  const keys = [{ partition: 3 }] as unknown as NonNullable<Parameters<typeof read>[1]["keys"]>;
  await read(image, { devices, keys, signal });
  expect(reads).toBe(5);
});
