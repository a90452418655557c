import { beforeAll, describe, expect, it } from "vitest";
import type { DiskOptions, Firmware, VmOptions } from "#imaging/prove/qemu/options.ts";
import { countColours } from "#imaging/prove/qemu/picture.ts";
import { sample } from "#test/sample.ts";
import { buildTestIso, DEBUG_SHELL, Guest, medium, waitForMark } from "./iso-guest.ts";
import { decoyMedium, expectStartedFrom } from "./own-medium.ts";
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

const BUILDS: Readonly<Record<Medium, () => Promise<string>>> = {
  "ISO as a CD": buildIso,
  "ISO on a stick": buildIso,
  stick: () => buildTestStick("boot-matrix"),
  "stick of 4096-byte sectors": () => buildTestStick("boot-matrix-4096", { sectorSize: 4096 }),
};
const built = new Map<() => Promise<string>, Promise<string>>();

async function buildIso(): Promise<string> {
  return (await buildTestIso("boot-matrix", DEBUG_SHELL)).out;
}

/** Each once, by the first cell that needs it. */
function build(kind: Medium): Promise<string> {
  const file = built.get(BUILDS[kind]) ?? BUILDS[kind]();
  built.set(BUILDS[kind], file);
  return file;
}

let decoy = "";
beforeAll(async () => {
  decoy = await decoyMedium("boot-matrix-decoy");
});

function attached(kind: Medium, file: string): Pick<VmOptions, "cdrom" | "disks"> {
  const other: DiskOptions = { file: decoy, format: "raw", bus: "usb", readOnly: true, serial: "DECOY", bootIndex: 50 };
  if (kind === "ISO as a CD") return { ...medium("cd", file), disks: [other] };
  const { disks = [] } = medium("usb", file);
  const sectorSize = kind === "stick of 4096-byte sectors" ? 4096 : 512;
  return { disks: [other, ...disks.map((disk) => ({ ...disk, sectorSize }) as const)] };
}

describe.each(sample(cells, [strictest]))(
  "$kind, under $firmware, with $display graphics",
  ({ kind, firmware, display }) => {
    it("starts the rescue server, knows its own medium beside another one, and paints the first page", async () => {
      const name = `boot-${kind}-${firmware}-${display}`.replaceAll(" ", "-");
      const media = attached(kind, await build(kind));
      await withVm({ name, firmware, display, memoryMiB: 1024, ...media }, async (vm) => {
        await waitForMark(vm, "server", BOOT_SECONDS);
        const guest = await Guest.open(vm);
        const device = await expectStartedFrom(guest, kind === "ISO as a CD" ? "/dev/sr0" : "STICK");
        if (kind.includes("4096"))
          expect(await guest.run(`lsblk --nodeps --noheadings --output LOG-SEC ${device}`)).toBe("4096");
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
  },
);
