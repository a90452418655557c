import { afterAll, beforeAll, expect, test } from "vitest";
import { stageVolume } from "#imaging/stage/staged-volume.ts";
import { loopDevice } from "#imaging/system/loop-device.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import { fileVolume } from "#test/engine/filesystem/volume-image.ts";
import { noisyDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { openTarget } from "#test/engine/stage/stage-target.ts";

const MIB = 1 << 20;
const BYTES = 256 * MIB;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

/** Its figures are for people: nothing is asserted of them. */
test("how fast a staged volume is read and written", async () => {
  const said: string[] = [];
  const dd = async (what: string, bytes: number, ...args: string[]) => {
    const began = performance.now();
    await runTool("dd", args, "test");
    said.push(`${what}: ${Math.round(bytes / MIB / ((performance.now() - began) / 1000))} MiB/s`);
  };
  await using target = await openTarget(workspace.path("target.raw"), { start: MIB, size: BYTES });
  using original = fileVolume(await noisyDisk(workspace.path("volume"), 2 * BYTES));
  await using stage = await stageVolume({ target: target.device, ...target, original, shown: 2 * BYTES });
  const large = ["bs=1M", "count=256"];
  await dd("file, write 1 MiB", BYTES, "if=/dev/zero", `of=${stage.path}`, ...large, "conv=notrunc,fsync");
  await dd("file, read 1 MiB", BYTES, `if=${stage.path}`, "of=/dev/null", ...large);
  await dd("file, read 1 MiB of the original", BYTES, `if=${stage.path}`, "of=/dev/null", ...large, "skip=256");
  const small = ["bs=4K", "count=4096"];
  await dd("file, write 4 KiB", 16 * MIB, "if=/dev/zero", `of=${stage.path}`, ...small, "conv=notrunc");
  await dd("file, read 4 KiB each by itself", 16 * MIB, `if=${stage.path}`, "of=/dev/null", ...small, "iflag=direct");
  for (const direct of [false, true]) {
    const name = direct ? "loop, direct" : "loop";
    await using loop = await loopDevice(stage.path, { direct });
    await dd(`${name}, write 1 MiB`, BYTES, "if=/dev/zero", `of=${loop.path}`, ...large, "conv=fsync");
    await dd(`${name}, write 4 KiB`, BYTES, "if=/dev/zero", `of=${loop.path}`, "bs=4K", "count=65536", "conv=fsync");
    await dd(`${name}, read 1 MiB of the original`, BYTES, `if=${loop.path}`, "of=/dev/null", ...large, "skip=256");
  }
  console.log(said.join("\n"));
  expect(stage.failures).toEqual({});
});
