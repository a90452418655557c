import type { ErrorCode } from "#base/errors.ts";
import { type ReadableDevice, readBytes } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { named } from "#imaging/filesystem/volume.ts";
import type { ContainerDriver, InnerVolume } from "#imaging/volume/container.ts";
import { checkExtents, MAP_ERRORS } from "#test/fuzz/promises.ts";
import { type FuzzTarget, promise } from "#test/fuzz/target.ts";

const SAMPLE = 4096;
const READ_ERRORS: readonly ErrorCode[] = MAP_ERRORS;

/** A container's driver, without keys: what it says lies inside, and that all of it lies on the volume. */
export function containerTarget(driver: ContainerDriver, target: Omit<FuzzTarget, "allowed" | "parse">): FuzzTarget {
  const [type] = driver.types;
  if (!type) throw new Error(`${target.name}: a driver without types`);
  return {
    ...target,
    allowed: READ_ERRORS,
    async parse(volume) {
      const opened = await driver.open(volume, named(volume, type), { keys: [] });
      if ("reason" in opened) {
        promise(opened.reason.length > 0, () => "a refusal without a reason");
        return "reason given";
      }
      checkExtents(opened.always, volume.size, "always");
      for (const part of opened.inner) await checkInner(part, volume);
      return "accepted";
    },
  };
}

async function checkInner({ name, device, toOuter }: InnerVolume, outer: ReadableDevice): Promise<void> {
  const { size } = device;
  promise(Number.isSafeInteger(size) && size >= 0, () => `${name}: ${size} bytes`);
  const whole = ExtentList.of([{ start: 0, end: size }]);
  checkExtents(toOuter(whole), outer.size, `${name} on the outer volume`);
  promise(toOuter(whole).bytes <= outer.size, () => `${name} is larger than what it lies on`);
  const sample = Math.min(SAMPLE, size);
  await readBytes(device, 0, sample);
  await readBytes(device, size - sample, sample);
}
