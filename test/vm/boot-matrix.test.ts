import { beforeAll, describe, expect, it } from "vitest";
import type { Firmware, VmOptions } from "#imaging/prove/qemu/options.ts";
import { countColours } from "#imaging/prove/qemu/picture.ts";
import { sample } from "#test/sample.ts";
import { buildTestIso, DEBUG_SHELL, Guest, medium, waitForMark } from "./iso-guest.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { buildTestStick } from "./test-stick.ts";

/** What a 1 GiB machine must manage; the slowest way is UEFI, whose firmware alone takes half a minute here. */
const BOOT_SECONDS = 600;

type Medium = "ISO as a CD" | "ISO on a stick" | "stick" | "stick of 4096-byte sectors";
interface Cell {
  readonly kind: Medium;
  readonly firmware: Firmware;
  readonly display: "std" | "virtio";
}

const MEDIA: readonly Medium[] = ["ISO as a CD", "ISO on a stick", "stick", "stick of 4096-byte sectors"];
const FIRMWARES: readonly Firmware[] = ["bios", "uefi", "uefi-secure-boot"];
const cells: readonly Cell[] = MEDIA.flatMap((kind) =>
  FIRMWARES.flatMap((firmware) => (["std", "virtio"] as const).map((display) => ({ kind, firmware, display }))),
).filter(({ kind, firmware }) => kind !== "stick of 4096-byte sectors" || firmware !== "bios"); // no BIOS starts from those

/** The others share its parts: the first rescue starts as a CD under BIOS, and sticks have a test of their own. */
const strictest = cells.findIndex(
  ({ kind, firmware, display }) => kind === "ISO on a stick" && firmware === "uefi-secure-boot" && display === "virtio",
);

const wanted = sample(cells, [strictest]);
const files = new Map<Medium, string>();
beforeAll(async () => {
  const kinds = new Set(wanted.map(({ kind }) => kind));
  if ([...kinds].some((kind) => kind.startsWith("ISO"))) {
    const { out } = await buildTestIso("boot-matrix", DEBUG_SHELL);
    files.set("ISO as a CD", out).set("ISO on a stick", out);
  }
  if (kinds.has("stick")) files.set("stick", await buildTestStick("boot-matrix"));
  if (kinds.has("stick of 4096-byte sectors"))
    files.set("stick of 4096-byte sectors", await buildTestStick("boot-matrix-4096", { sectorSize: 4096 }));
});

function attached(kind: Medium): Pick<VmOptions, "cdrom" | "disks"> {
  const file = files.get(kind) ?? "";
  if (kind === "ISO as a CD") return medium("cd", file);
  const { disks = [] } = medium("usb", file);
  return { disks: disks.map((disk) => ({ ...disk, sectorSize: kind === "stick of 4096-byte sectors" ? 4096 : 512 })) };
}

describe.each(wanted)("$kind, under $firmware, with $display graphics", ({ kind, firmware, display }) => {
  it("starts the rescue server, knows its own medium, and paints the first page", async () => {
    const name = `boot-${kind}-${firmware}-${display}`.replaceAll(" ", "-");
    await withVm({ name, firmware, display, memoryMiB: 1024, ...attached(kind) }, async (vm) => {
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      expect(await guest.run("cat /run/lifeboat/boot-device")).toBe(kind === "ISO as a CD" ? "/dev/sr0" : "/dev/sda");
      const booted = await guest.run("if [ -d /sys/firmware/efi/efivars ]; then echo uefi; else echo bios; fi");
      expect(booted).toBe(firmware === "bios" ? "bios" : "uefi");
      const lockdown = "mount -t securityfs securityfs /sys/kernel/security; cat /sys/kernel/security/lockdown";
      expect(await guest.run(lockdown)).toContain(firmware === "uefi-secure-boot" ? "[integrity]" : "[none]");
      const data = await guest.run("findmnt --noheadings --output FSTYPE /run/lifeboat/data");
      expect(data).toBe(kind.startsWith("ISO") ? "tmpfs" : "exfat");
      // Without a stick what is to be kept is refused, and not put into memory.
      if (kind.startsWith("ISO")) await guest.run("! touch /run/lifeboat/data/file");
      await waitForMark(vm, "painted", BOOT_SECONDS);
      await vm.screendump("painted.png");
      expect(countColours(await vm.screen())).toBeGreaterThan(8);
    });
  });
});
