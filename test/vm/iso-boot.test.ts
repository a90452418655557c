import { beforeAll, describe, expect, it } from "vitest";
import { buildTestIso, DEBUG_SHELL, Guest, medium, waitForMark } from "./iso-guest.ts";
import type { Firmware } from "./qemu-run/options.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { scope } from "./scope.ts";

/** What a 1 GiB machine must manage; the slowest way is UEFI, whose firmware alone takes half a minute here. */
const BOOT_SECONDS = 600;

let iso = "";
beforeAll(async () => {
  iso = (await buildTestIso("iso-boot", DEBUG_SHELL)).out;
});

const firmwares: readonly Firmware[] = ["bios", "uefi", "uefi-secure-boot"];
const ways = firmwares.flatMap((firmware) => (["cd", "usb"] as const).map((kind) => ({ firmware, kind })));
/** The others share its parts: the first rescue starts as a CD under BIOS. */
const strictest = ways.filter(({ firmware, kind }) => firmware === "uefi-secure-boot" && kind === "usb");

describe.each(scope({ sample: strictest, all: ways }))("the ISO under $firmware, as $kind", ({ firmware, kind }) => {
  it("starts the rescue server and knows its own medium", async () => {
    const options = { name: `iso-boot-${firmware}-${kind}`, firmware, memoryMiB: 1024, ...medium(kind, iso) };
    await withVm(options, async (vm) => {
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      expect(await guest.run("cat /run/lifeboat/boot-device")).toBe(kind === "cd" ? "/dev/sr0" : "/dev/sda");
      const booted = await guest.run("if [ -d /sys/firmware/efi/efivars ]; then echo uefi; else echo bios; fi");
      expect(booted).toBe(firmware === "bios" ? "bios" : "uefi");
      const lockdown = "mount -t securityfs securityfs /sys/kernel/security; cat /sys/kernel/security/lockdown";
      expect(await guest.run(lockdown)).toContain(firmware === "uefi-secure-boot" ? "[integrity]" : "[none]");
      await vm.screendump("server.png");
    });
  });
});

it("gives nobody a shell without the parameter", async () => {
  const { out } = await buildTestIso("iso-no-shell", "");
  await withVm({ name: "iso-no-shell", memoryMiB: 1024, cdrom: out }, async (vm) => {
    await waitForMark(vm, "server", BOOT_SECONDS);
    vm.sendSerial("\n\nid\n");
    await expect(vm.waitForSerial("uid=", { timeout: 15 })).rejects.toThrow();
  });
});
