import { expect } from "vitest";
import type { Firmware } from "#imaging/prove/qemu/options.ts";
import { withVm } from "./qemu-run/with-vm.ts";

/** Events are waited for; these only end what will never come. Another job on the machine makes emulation several times slower. */
const BOOT = { timeout: 900 };
const OFF = { timeout: 300 };

export interface BootMore {
  /** A second disk. */
  readonly beside?: string;
  readonly sectorSize?: 512 | 4096;
}

/** Boots a disk that holds the fixture, on an overlay, and returns what it says about itself. */
export async function boot(
  file: string,
  firmware: Firmware,
  bus: "virtio" | "ahci",
  { beside, sectorSize = 512 }: BootMore = {},
) {
  const disks = [file, ...(beside === undefined ? [] : [beside])].map(
    (one) => ({ file: one, format: "raw", bus, overlay: true, sectorSize }) as const,
  );
  return await withVm({ name: `fixture-${firmware}`, firmware, memoryMiB: 768, disks }, async (vm) => {
    const up = await vm.waitForSerial(/FIXTURE-UP firmware=(\w+) root=(\S+) swap=(\d+)\n/, BOOT);
    await vm.screendump("up.png");
    const upSeconds = vm.elapsedSeconds;
    await vm.waitForSerial("FIXTURE-DONE\n", BOOT);
    expect(await vm.waitForExit(OFF)).toBe("status 0");
    console.log(`${firmware}, ${bus}: up after ${upSeconds.toFixed(1)} s, off after ${vm.elapsedSeconds.toFixed(1)} s`);
    const digest = (part: string) => new RegExp(`FIXTURE-${part} (\\w+)\n`).exec(vm.serialText)?.[1];
    return {
      firmware: up[1],
      root: up[2],
      swap: Number(up[3]),
      devices: (/FIXTURE-DEVICES (.*)\n/.exec(vm.serialText)?.[1] ?? "").trim().split(" "),
      failedUnits: /FIXTURE-FAILED-UNITS (.*)\n/.exec(vm.serialText)?.[1]?.trim(),
      digests: { root: digest("FILES"), ntfs: digest("NTFS"), fat: digest("FAT") },
      text: vm.serialText,
    };
  });
}
