import { closeSync, openSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDevice } from "#imaging/device/file-device.ts";
import { wholeSectors } from "#imaging/device/whole-sectors.ts";
import { type DeviceUnderTest, deviceSuite } from "#test/conformance/device.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { strictDevice } from "#test/doubles/strict-device.ts";
import { blankDisk, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

const MIB = 1 << 20;
let space: Workspace;
let made = 0;
beforeAll(async () => {
  space = await openWorkspace();
});
afterAll(() => space[Symbol.asyncDispose]());

const newFile = (content: Uint8Array): Promise<string> => fileWith(space.path(`disk-${made++}`), content);
async function fileWith(path: string, content: Uint8Array): Promise<string> {
  await blankDisk(path, content.length);
  await writeAt(path, 0, content);
  return path;
}

async function loopUnderTest(content: Uint8Array, sectorSize: 512 | 4096): Promise<DeviceUnderTest> {
  await using held = new AsyncDisposableStack();
  const loop = held.use(await attachLoop(await newFile(content), { sectorSize }));
  const device = held.use(await openDevice(loop.path, { write: true, exclusive: true }));
  const kept = held.move();
  return { device, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

describe("memory", () =>
  deviceSuite(512, async (content) => ({ device: memoryDevice(content), async [Symbol.asyncDispose]() {} })));
describe.each([512, 4096])("a disk of Windows that takes whole sectors of %i bytes only", (sectorSize) =>
  deviceSuite(sectorSize, async (content) => {
    const device = wholeSectors(strictDevice(content, sectorSize));
    return { device, async [Symbol.asyncDispose]() {} };
  }),
);
describe("raw file", () =>
  deviceSuite(512, async (content) => {
    const device = await openDevice(await newFile(content), { write: true });
    return { device, [Symbol.asyncDispose]: () => device[Symbol.asyncDispose]() };
  }));
describe("block device, 512-byte sectors", () => deviceSuite(512, (content) => loopUnderTest(content, 512)));
describe("block device, 4096-byte sectors", () => deviceSuite(4096, (content) => loopUnderTest(content, 4096)));

describe("opening", () => {
  test("a block device that a file system uses is refused", async () => {
    const file = await blankDisk(space.path("mounted"), 8 * MIB);
    await runTool("mke2fs", ["-q", "-F", file]);
    await using loop = await attachLoop(file);
    const folder = space.path("mount");
    await runTool("mkdir", [folder]);
    await runTool("mount", [loop.path, folder]);
    try {
      await expect(openDevice(loop.path, { write: true, exclusive: true })).rejects.toMatchObject({
        code: "TARGET_IN_USE",
        details: { target: loop.path },
      });
    } finally {
      await runTool("umount", [folder]);
    }
  });

  test("a second exclusive user is refused, until the first has closed", async () => {
    await using loop = await attachLoop(await blankDisk(space.path("twice"), MIB));
    {
      await using _first = await openDevice(loop.path, { write: true, exclusive: true });
      await expect(openDevice(loop.path, { write: true, exclusive: true })).rejects.toMatchObject({
        code: "TARGET_IN_USE",
      });
    }
    await using again = await openDevice(loop.path, { write: true, exclusive: true });
    expect(again.size).toBe(MIB);
  });

  test("a write-protected block device is refused for writing and can be read", async () => {
    await using loop = await attachLoop(await blankDisk(space.path("protected"), MIB), { readOnly: true });
    await expect(openDevice(loop.path, { write: true })).rejects.toMatchObject({ code: "TARGET_READ_ONLY" });
    await using device = await openDevice(loop.path);
    expect(device.size).toBe(MIB);
  });

  test("a block device is found through a link, as udev makes them", async () => {
    await using loop = await attachLoop(await blankDisk(space.path("linked"), MIB), { sectorSize: 4096 });
    const link = space.path("ata-Disk_1234");
    await runTool("ln", ["-s", loop.path, link]);
    await using device = await openDevice(link);
    expect([device.size, device.sectorSize]).toEqual([MIB, 4096]);
  });

  test("a missing name and a folder are coded", async () => {
    await expect(openDevice(space.path("nothing"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
    await expect(openDevice(space.folder, { write: true })).rejects.toMatchObject({ code: "OPEN_FAILED" });
  });

  test("a failed opening leaves no descriptor open", async () => {
    const lowestFree = () => {
      const fd = openSync("/dev/null", "r");
      closeSync(fd);
      return fd;
    };
    const before = lowestFree();
    await using loop = await attachLoop(await blankDisk(space.path("leak"), MIB), { readOnly: true });
    for (let i = 0; i < 5; i++) await openDevice(loop.path, { write: true }).catch(() => {});
    expect(lowestFree()).toBeLessThanOrEqual(before);
  });
});
