import { openDevice } from "#imaging/device/file-device.ts";
import { diskVolumes } from "#imaging/installed/disk-volumes.ts";
import type { AdaptedLinux, AdaptLinuxInput } from "#imaging/tasks/adapt-linux-task.ts";
import { runTask } from "#imaging/tasks/run-task.ts";

/** Adapts the one Linux on a disk file to other hardware, or another machine, as a restore does. */
export async function adaptDisk(file: string, input: Partial<AdaptLinuxInput>): Promise<AdaptedLinux> {
  await using device = await openDevice(file, { write: true });
  await using volumes = await diskVolumes(device);
  const whole = { dryRun: false, keepIn: "/var/lib/lifeboat/test", ...input };
  const { signal } = new AbortController();
  const [adapted, ...others] = await runTask("adapt-linux", whole, volumes, { write: true, signal });
  if (!adapted || others.length > 0) throw new Error(`${file} does not hold one Linux`);
  return adapted;
}
