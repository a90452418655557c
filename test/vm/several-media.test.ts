import { join } from "node:path";
import { describe, expect } from "vitest";
import type { DiskBus, DiskOptions, Firmware } from "#imaging/prove/qemu/options.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { full } from "#test/sample.ts";
import { buildTestIso, DEBUG_SHELL, Guest, waitForMark } from "./iso-guest.ts";
import { expectStartedFrom } from "./own-medium.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { buildTestStick } from "./test-stick.ts";

/** Several media of Lifeboat in one computer, each of which starts itself. The sample of this is in stick.test.ts and boot-matrix.test.ts. */
const BOOT_SECONDS = 600;

/** All but `kiosk` are of the same build: the initramfs would take the layers of any. */
type Name = "stick" | "twin" | "iso" | "kiosk";
const BUILDS: Readonly<Record<Name, () => Promise<string>>> = {
  stick: () => buildTestStick("several-stick", { kiosk: false }),
  twin: () => buildTestStick("several-twin", { kiosk: false }),
  iso: async () => (await buildTestIso("several-iso", DEBUG_SHELL, false)).out,
  kiosk: async () => (await buildTestIso("several-kiosk", DEBUG_SHELL)).out,
};
const built = new Map<Name, string>();
/** One after the other: they share stages. */
async function build(...names: readonly Name[]): Promise<void> {
  for (const name of names) if (!built.has(name)) built.set(name, await BUILDS[name]());
}

const disk = (name: Name, bus: DiskBus, bootIndex: number): DiskOptions => ({
  ...{ file: built.get(name) ?? "", format: "raw", bus, overlay: true, serial: name.toUpperCase(), bootIndex },
});

interface Row {
  readonly what: string;
  readonly others: readonly Name[];
  readonly started: Name;
  readonly isCd?: boolean;
}
const ROWS: readonly Row[] = [
  { what: "a stick beside its twin", others: ["stick"], started: "twin" },
  { what: "an ISO on a stick beside a stick", others: ["stick"], started: "iso" },
  { what: "a stick beside an ISO on a stick", others: ["iso"], started: "stick" },
  { what: "an ISO on a stick beside another ISO and a stick", others: ["kiosk", "stick"], started: "iso" },
  { what: "a stick beside two ISOs on sticks", others: ["iso", "kiosk"], started: "stick" },
  { what: "an ISO as a CD beside a stick and another ISO", others: ["stick", "kiosk"], started: "iso", isCd: true },
];
const FIRMWARES: readonly Firmware[] = ["bios", "uefi-secure-boot"];

describe.each(FIRMWARES)("under %s", (firmware) => {
  full.each(ROWS)("$what starts itself", async ({ others, started, isCd }) => {
    await build(...others, started);
    const name = `several-${firmware}-${isCd ? "cd" : started}-beside-${others.join("-")}`;
    // Of several USB disks OVMF starts the first one, whatever QEMU says; Linux, too, sees AHCI's before it.
    const bus = firmware === "bios" ? "usb" : "ahci";
    const disks = others.map((other, at) => disk(other, bus, 50 + at));
    const own = isCd ? { cdrom: built.get(started) ?? "", disks } : { disks: [...disks, disk(started, "usb", 1)] };
    await withVm({ name, firmware, memoryMiB: 1024, display: "none", ...own }, async (vm) => {
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      const device = await expectStartedFrom(guest, isCd ? "/dev/sr0" : started.toUpperCase());
      const data = await guest.run("findmnt --noheadings --raw --output SOURCE,FSTYPE /run/lifeboat/data");
      expect(data).toBe(started === "iso" ? "none tmpfs" : `${device}3 exfat`);
      expect(await guest.run("ls /run/lifeboat")).not.toContain("stand-in");
    });
  });
});

full(
  "a stick that is not seen any more is stood in for by its twin, which lends its layers and nothing else",
  async () => {
    await build("stick", "twin");
    const stick = built.get("stick") ?? "";
    const folder = join(stick, "..");
    const { stdout } = await runTool("sfdisk", ["--json", stick]);
    const table = JSON.parse(stdout) as { partitiontable: { partitions: { name: string; start: number }[] } };
    const boot = table.partitiontable.partitions.find(({ name }) => name === "LIFEBOAT");
    const place = ["-n", "-i", `${stick}@@${(boot?.start ?? 0) * 512}`];
    const parts = ["vmlinuz", "initrd.img"].map((name) => join(folder, `several-${name}`)) as [string, string];
    await runTool("mcopy", [...place, "::/boot/vmlinuz", parts[0]]);
    await runTool("mcopy", [...place, "::/boot/initrd.img", parts[1]]);
    const append = `console=ttyS0 lifeboat.layers=base,lifeboat ${DEBUG_SHELL} lifeboat.medium=DEAD-BEEF`;
    const direct = { kernel: parts[0], initrd: parts[1], append };
    const disks = [disk("twin", "usb", 1)];
    await withVm({ name: "several-stand-in", memoryMiB: 1024, display: "none", direct, disks }, async (vm) => {
      await vm.waitForSerial("started from (DEAD-BEEF) is not seen. /dev/sda2 has the same version", { timeout: 300 });
      await waitForMark(vm, "server", BOOT_SECONDS);
      const guest = await Guest.open(vm);
      // No restore to it: its layers are in use.
      expect(await guest.run("cat /run/lifeboat/boot-device")).toBe("/dev/sda");
      expect(await guest.run("findmnt --noheadings --output FSTYPE /run/lifeboat/data")).toBe("tmpfs");
      expect(await guest.run("cat /run/lifeboat/notices")).toContain("DEAD-BEEF");
    });
  },
);
