import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageVolume } from "#imaging/stage/staged-volume.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { settledStagesOf, stagesOf } from "#test/engine/stage/staged-mounts.ts";

const MIB = 1 << 20;
const STAGE_RUN = fileURLToPath(new URL("./stage-run.ts", import.meta.url));

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

test("a process that was killed leaves mounts and loop devices, which the next stage takes away", async () => {
  const target = await blankDisk(workspace.path("target"), 32 * MIB);
  const child = spawn(process.execPath, [STAGE_RUN, target], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((done) => child.once("exit", done));
  await new Promise((said) => child.stdout.once("data", said));
  const pid = child.pid as number;
  // Its folder; the mount of the file and that in it; two loop devices.
  expect(stagesOf(pid)).toHaveLength(5);
  const device = memoryDevice(MIB);
  {
    await using _ = await stageVolume({ target: device, start: 0, size: MIB, shown: MIB });
    expect(stagesOf(pid)).toHaveLength(5); // it is still at work
  }
  child.kill("SIGKILL");
  await ended;
  expect(stagesOf(pid)).toHaveLength(5);
  await using _ = await stageVolume({ target: device, start: 0, size: MIB, shown: MIB });
  expect(await settledStagesOf(pid)).toEqual([]);
});
