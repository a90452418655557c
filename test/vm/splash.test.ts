import { open } from "node:fs/promises";
import { expect } from "vitest";
import type { Picture } from "#imaging/prove/qemu/picture.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { buildTestIso, DEBUG_SHELL, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { isSplash, waitForScreen, waitForSplash } from "./splash-screen.ts";

const BOOT_SECONDS = 900;
const ISO_BLOCK = 2048;

full.each([
  ["bios", "std", { width: 1280, height: 800 }],
  ["uefi", "std", { width: 800, height: 600 }],
  ["uefi", "virtio", { width: 1280, height: 800 }],
] as const)(
  "the splash is there in the initramfs and when the graphics card has its driver: %s, %s, %o",
  async (firmware, display, displaySize) => {
    const { out } = await buildTestIso("splash", DEBUG_SHELL);
    const machine = { name: `splash-${firmware}-${display}`, firmware, display, displaySize };
    await withVm({ ...machine, memoryMiB: 1024, cdrom: out }, async (vm) => {
      await waitForSplash(vm, BOOT_SECONDS);
      await vm.screendump("initramfs.png");
      expect(vm.serialText).not.toContain("LIFEBOAT-MARK userspace");
      // By then all drivers are there.
      await waitForMark(vm, "data none", BOOT_SECONDS);
      await waitForScreen(vm, (picture) => isSplash(picture) && isClean(picture), BOOT_SECONDS);
      await vm.screendump("rescue-system.png");
      await waitForMark(vm, "painted", BOOT_SECONDS);
      await vm.screendump("painted.png");
    });
  },
);

/** Nothing of the marks stays below the picture. */
function isClean({ width, height, rgb }: Picture): boolean {
  const foot = rgb.subarray(Math.floor(height * 0.85) * width * 3);
  return foot.every((byte, at) => at < 3 || byte === foot[at - 3]);
}

/** Text in the upper half of a black screen. */
function isText({ width, height, rgb }: Picture): boolean {
  const upper = rgb.subarray(0, Math.floor(height / 2) * width * 3);
  const light = upper.reduce((count, byte) => count + (byte > 160 ? 1 : 0), 0);
  const dark = upper.reduce((count, byte) => count + (byte < 8 ? 1 : 0), 0);
  return light > 1000 && dark > upper.length * 0.8;
}

full.each(["bios", "uefi"] as const)(
  "what stops the start takes the place of the splash: a damaged layer is named, under %s",
  async (firmware) => {
    const { out } = await buildTestIso("splash-damaged", `${DEBUG_SHELL} lifeboat.check`);
    await damage(out, "/live/base.sqfs");
    await withVm({ name: `splash-damaged-${firmware}`, firmware, memoryMiB: 1024, cdrom: out }, async (vm) => {
      await waitForSplash(vm, BOOT_SECONDS);
      await vm.waitForSerial("The rescue system cannot start", { timeout: BOOT_SECONDS });
      await waitForScreen(vm, isText, 60);
      await vm.screendump("message.png");
      expect(isSplash(await vm.screen())).toBe(false);
      expect(vm.serialText).toContain("The layer base on /dev/sr0 is damaged.");
    });
  },
);

/** One byte in the middle of a file of an ISO. */
async function damage(iso: string, path: string): Promise<void> {
  const { stdout } = await runTool("xorriso", ["-indev", iso, "-find", path, "-exec", "report_lba", "--"]);
  const [, block, blocks] = /File data lba:\s*\d+ ,\s*(\d+) ,\s*(\d+) ,/.exec(stdout) ?? [];
  const at = (Number(block) + Math.floor(Number(blocks) / 2)) * ISO_BLOCK;
  await using file = await open(iso, "r+");
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.of((buffer[0] ?? 0) ^ 0xff), 0, 1, at);
}
