import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { VmOptions } from "#imaging/prove/qemu/options.ts";
import { openBench, type WinpeBench } from "../engine/winpe/winpe-bench.ts";
import { biosStub, efiImage, efiStub } from "../fixtures/windows/boot-stubs.ts";
import { sample } from "../sample.ts";
import { withVm } from "./qemu-run/with-vm.ts";

/**
 * Firmware starts the media, as far as Microsoft's files: each of these is a program of ours here, which says that it was reached,
 * and under UEFI where it sees the WIM. What they do on real media, nobody here can see.
 */
const WIM = "/sources/boot.wim";
let bench: WinpeBench;
beforeAll(async () => {
  bench = await openBench();
  const boot = {
    bootmgr: biosStub("REACHED bootmgr", 64 << 10),
    etfsboot: biosStub("REACHED etfsboot.com", 4096),
    bootmgfw: efiStub("REACHED bootx64.efi", WIM),
    efisys: efiImage(efiStub("REACHED efisys.bin", WIM)),
  };
  const wim = bench.wim("boot.wim", [{ kind: "pe", name: "PE", hasMediaFiles: true, boot }]);
  await bench.build({ wim, iso: bench.path("pe.iso"), usb: bench.path("pe.img") });
});
afterAll(() => bench?.[Symbol.asyncDispose]());

const cd = (): Partial<VmOptions> => ({ cdrom: bench.path("pe.iso") });
const stick = (): Partial<VmOptions> => ({
  disks: [{ file: bench.path("pe.img"), format: "raw", bus: "usb", overlay: true }],
});

describe("a medium with Windows PE", () => {
  it.each(
    sample(
      [
        ["stick", "bios", stick, /REACHED bootmgr\n/],
        ["stick", "uefi", stick, /REACHED bootx64\.efi sees hd\d,msdos1\s/],
        ["CD", "bios", cd, /REACHED etfsboot\.com\n/],
        ["CD", "uefi", cd, /REACHED efisys\.bin sees cd\d\s/],
      ] as const,
      1,
    ),
  )("on a %s is started by %s", async (_what, firmware, medium, reached) => {
    const options = { name: "winpe", firmware, memoryMiB: 256, ...medium() };
    await withVm(options, async (vm) => expect(await vm.waitForSerial(reached, { timeout: 120 })).toBeTruthy());
  });
});
