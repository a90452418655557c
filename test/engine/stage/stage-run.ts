import { openDevice } from "#imaging/device/file-device.ts";
import { stageVolume } from "#imaging/stage/staged-volume.ts";
import { loopDevice } from "#imaging/system/loop-device.ts";
import { runTool } from "#imaging/system/run-tool.ts";

/** Stages a volume of a target file, mounts it, has a loop device of it besides, and waits to be killed. */
const [path = ""] = process.argv.slice(2);
const device = await openDevice(path, { write: true });
const stage = await stageVolume({ target: device, start: 0, size: device.size, shown: device.size });
await runTool("mke2fs", ["-q", "-F", "-t", "ext4", stage.path], "test");
await runTool("mount", ["-o", "loop", stage.path, stage.folder], "test");
await loopDevice(stage.path, { readOnly: true });
process.stdout.write("ready\n");
setInterval(() => {}, 1000);
