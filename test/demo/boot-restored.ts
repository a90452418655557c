import { join } from "node:path";
import type { Firmware } from "#imaging/prove/qemu/options.ts";
import type { Fixture } from "#test/fixtures/debian-disk.ts";
import { withVm } from "#test/vm/qemu-run/with-vm.ts";

export interface Booted {
  readonly firmware: Firmware;
  readonly seconds: number;
  readonly screenshot: string;
}

/**
 * Boots a restored fixture on an overlay and holds what it says about its own files against the source.
 * @throws Error when it does not come up, or any file differs
 */
export async function bootRestored(
  disk: string,
  firmware: Firmware,
  fixture: Fixture,
  directory: string,
): Promise<Booted> {
  const disks = [{ file: disk, format: "raw", bus: "virtio", overlay: true } as const];
  return await withVm({ name: `restored-${firmware}`, firmware, memoryMiB: 768, disks }, async (vm) => {
    await vm.waitForSerial(new RegExp(`FIXTURE-UP firmware=${firmware === "bios" ? "bios" : "uefi"} `), {
      timeout: 300,
    });
    const seconds = vm.elapsedSeconds;
    const screenshot = await vm.screendump(join(directory, `6-restored-${firmware}.png`));
    await vm.waitForSerial("FIXTURE-DONE\n", { timeout: 300 });
    for (const [mark, part] of [
      ["FILES", "root"],
      ["NTFS", "ntfs"],
      ["FAT", "fat"],
    ] as const) {
      const digest = new RegExp(`FIXTURE-${mark} (\\w+)\n`).exec(vm.serialText)?.[1];
      if (digest !== fixture.digests[part]) throw new Error(`the files of ${part} differ from the source: ${digest}`);
    }
    await vm.waitForExit({ timeout: 120 });
    return { firmware, seconds, screenshot };
  });
}
