import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect } from "vitest";
import { full } from "#test/sample.ts";
import { buildTestIso, DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { isSplash } from "./splash-screen.ts";

const BOOT_SECONDS = 900;
const AVAILABLE = "awk '/MemAvailable/ { print int($2 / 1024) }' /proc/meminfo";
/** What the initramfs has found, for the log. */
const FOUND = "dmesg | sed -n 's/.*lifeboat: \\([0-9]* MiB of memory free, .*\\)/\\1/p'";

/** Built once: the second call finds all of it done. */
const headless = async () => (await buildTestIso("memory-headless", DEBUG_SHELL, false)).out;
const kiosk = async () => (await buildTestIso("memory-kiosk", DEBUG_SHELL)).out;

/** What the text screen shows is there a moment after the mark. */
async function until(look: () => Promise<string>, wanted: string): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const text = await look();
    if (text.includes(wanted)) return text;
    await sleep(1000);
  }
  return look();
}

describe("memory, with the layers on a medium", () => {
  full(
    "a computer with 224 MiB is told what is there, what is needed and what to do, before anything is loaded",
    async () => {
      await withVm({ name: "memory-224", memoryMiB: 224, cdrom: await headless() }, async (vm) => {
        const pattern =
          /lifeboat: This computer has (\d+) MiB of memory free \(of (\d+) MiB\), and at least (\d+) MiB are needed\./;
        const [line, free, , needed] = await vm.waitForSerial(pattern, { timeout: BOOT_SECONDS });
        console.log(line);
        expect(Number(free)).toBeLessThan(Number(needed));
        await vm.waitForSerial(/lifeboat: Add memory\./, { timeout: 60 });
        await vm.waitForSerial("lifeboat.memory=any", { timeout: 60 });
        await vm.waitForSerial("The rescue system cannot start", { timeout: 60 });
        expect(vm.serialText).not.toContain("LIFEBOAT-MARK userspace");
      });
    },
  );

  full("with lifeboat.memory=any it starts all the same", async () => {
    const { out } = await buildTestIso("memory-any", `${DEBUG_SHELL} lifeboat.memory=any`, false);
    await withVm({ name: "memory-any", memoryMiB: 224, cdrom: out }, async (vm) => {
      await vm.waitForSerial("it may stop at any moment", { timeout: BOOT_SECONDS });
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      console.log(
        `224 MiB, text: ${await guest.run(FOUND)}; ${await guest.run(AVAILABLE)} MiB available with the server`,
      );
    });
  });

  full("a kiosk on a computer with 512 MiB starts as text, and says why", async () => {
    await withVm({ name: "memory-512", memoryMiB: 512, cdrom: await kiosk() }, async (vm) => {
      const pattern =
        /lifeboat: This computer has (\d+) MiB of memory free, and the graphical screen needs (\d+) MiB\./;
      const [, free, needed] = await vm.waitForSerial(pattern, { timeout: BOOT_SECONDS });
      expect(Number(free)).toBeLessThan(Number(needed));
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      expect(await guest.run("test -e /usr/bin/cage || echo no screen")).toBe("no screen");
      const console = await until(() => guest.run("cat /dev/vcs1"), "the graphical screen needs");
      expect(console).toContain("Press Enter for the menu.");
      expect(isSplash(await vm.screen())).toBe(false);
    });
  });

  full("the kiosk works with 1 GiB: painted, and with memory left", async () => {
    await withVm({ name: "memory-1024", memoryMiB: 1024, cdrom: await kiosk() }, async (vm) => {
      await waitForMark(vm, "painted", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      const available = Number(await guest.run(AVAILABLE));
      console.log(`1024 MiB, kiosk: ${await guest.run(FOUND)}; ${available} MiB available when it has painted`);
      expect(available).toBeGreaterThan(150);
      expect(await guest.run("dmesg | grep -ci 'out of memory' || true")).toBe("0");
    });
  });

  full("the headless system works with 448 MiB", async () => {
    await withVm({ name: "memory-448", memoryMiB: 448, cdrom: await headless() }, async (vm) => {
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      console.log(
        `448 MiB, text: ${await guest.run(FOUND)}; ${await guest.run(AVAILABLE)} MiB available with the server`,
      );
    });
  });
});
