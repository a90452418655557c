import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { countColours } from "#imaging/prove/qemu/picture.ts";
import { ISO_LIMITS } from "#mediabuilder/build-iso.ts";
import { full } from "#test/sample.ts";
import { buildTestIso, DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import type { Vm } from "./qemu-run/vm.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { loudness, secondsIn } from "./wav.ts";

const BOOT_SECONDS = 900;
/** Louder than what is left of a sound when nothing is said. */
const HEARD = 200;

const loudTenths = (tenths: readonly number[]): number => tenths.filter((value) => value > HEARD).length;

async function untilSpoken(file: string, from: number, seconds: number): Promise<number> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await sleep(1000))
    if (loudTenths(await loudness(file, from)) >= 20) break;
  return loudTenths(await loudness(file, from));
}

/** GRUB's entries are on the serial line too. */
async function pressInBootMenu(vm: Vm, entry: string, ...keys: readonly string[]): Promise<void> {
  await vm.waitForSerial(entry, { timeout: BOOT_SECONDS });
  for (const key of keys) {
    await vm.sendKeys(key);
    await sleep(300);
  }
}

full("the speaking entry, by its letter, reads the text menu aloud", async () => {
  const { out, bytes } = await buildTestIso("accessible-speech", DEBUG_SHELL, false);
  expect(bytes).toBeLessThanOrEqual(ISO_LIMITS.headless);
  const sound = resolve("out/vm/accessible-speech.wav");
  await rm(sound, { force: true });
  await withVm({ name: "accessible-speech", memoryMiB: 512, cdrom: out, sound }, async (vm) => {
    await pressInBootMenu(vm, "speaking", "s");
    await waitForMark(vm, "speech", BOOT_SECONDS);
    const guest = await Guest.open(vm);
    const invited = await untilSpoken(sound, 0, 120);
    console.log(
      `${invited} tenths of a second were loud before the menu; ${await guest.run("tail -n 3 /var/log/lifeboat/speech.log || true")}`,
    );
    expect(invited).toBeGreaterThanOrEqual(20);
    // It falls silent when all was said, and speaks again when a key brings up the menu.
    await sleep(15_000);
    const before = await secondsIn(sound);
    await vm.sendKeys("ret");
    const menu = await untilSpoken(sound, before, 120);
    await vm.screendump("menu.png");
    console.log(`${menu} tenths of a second were loud after Enter`);
    expect(await guest.run("cat /dev/vcs1")).toContain("What do you want to do?");
    expect(menu).toBeGreaterThanOrEqual(20);
  });
});

full.each(["bios", "uefi"] as const)(
  "the entry for basic graphics paints the kiosk without a driver, under %s",
  async (firmware) => {
    const iso = await buildTestIso("accessible-basic", DEBUG_SHELL);
    expect(iso.bytes).toBeLessThanOrEqual(ISO_LIMITS.kiosk);
    const name = `accessible-basic-${firmware}`;
    await withVm({ name, firmware, memoryMiB: 1024, cdrom: iso.out }, async (vm) => {
      await pressInBootMenu(vm, "basic graphics", "down", "down", "ret");
      await waitForMark(vm, "painted", BOOT_SECONDS);
      await sleep(3000);
      await vm.screendump("painted.png");
      const { width, height, rgb } = await vm.screen();
      expect(countColours({ width, height, rgb })).toBeGreaterThan(8);
      // The page fills the screen: its last line is no black edge.
      const corner = (width * height - 3) * 3;
      expect(Math.max(...rgb.subarray(corner, corner + 3))).toBeGreaterThan(0);
      const guest = await Guest.open(vm);
      expect(await guest.run("ls /sys/class/drm | grep -c card || true")).toBe("0");
      expect(await guest.run("cat /sys/class/graphics/fb0/name")).toMatch(/VESA VGA|EFI VGA/);
      expect(await guest.run("pidof Xorg")).toMatch(/^\d+/);
    });
  },
);
