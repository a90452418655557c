import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Firmware, VmOptions } from "#imaging/prove/qemu/options.ts";
import { changeFile, copyOf, emptyEsp, loseBiosCode, repair, zero } from "../engine/boot/broken-disk.ts";
import { checkDisk } from "../fixtures/check-disk.ts";
import { debianDisk, type Fixture } from "../fixtures/debian-disk.ts";
import { findPartition } from "../fixtures/partitions.ts";
import { runTool } from "../fixtures/run-tool.ts";
import { withVm } from "./qemu-run/with-vm.ts";
import { scope } from "./scope.ts";

const MIB = 2 ** 20;
const LIFEBOAT = resolve(import.meta.dirname, "../../lifeboat");
/** A kernel has spoken after 15 seconds at the most; firmware that finds nothing has said so by then. */
const NO_BOOT_SECONDS = 60;
let fixture: Fixture;
let folder: string;

beforeAll(async () => {
  fixture = await debianDisk();
  const out = resolve(import.meta.dirname, "../../out");
  await mkdir(out, { recursive: true });
  folder = await mkdtemp(join(out, "boot-repair-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const lifeboat = (...args: string[]): string =>
  execFileSync(LIFEBOAT, args, { encoding: "utf8", env: { ...process.env, LIFEBOAT_STATE: join(folder, "state") } });

/** What OVMF and GRUB say on the serial line when there is nothing more to do. SeaBIOS says it on the screen alone. */
const GAVE_UP = /No bootable option or device|UEFI Interactive Shell|Shell>|load the kernel first|grub rescue>|grub>/;
/** The kernel was found, and its initramfs finds no root. */
const NO_ROOT = /Gave up waiting for root|ALERT! +\S+ does not exist/;
/** The installed system's own init is at work: firmware, loader, kernel and the root were found. */
const STARTED = /systemd\[1\]: Hostname set to <fixture>/;

const vmOf = (disk: string, firmware: Firmware, name: string): VmOptions => ({
  ...{ name: `${name}-${firmware}`, firmware, memoryMiB: 768 },
  disks: [{ file: disk, format: "raw", bus: firmware === "bios" ? "ahci" : "virtio", overlay: true }],
});

async function doesNotBoot(disk: string, firmware: Firmware): Promise<void> {
  await withVm(vmOf(disk, firmware, "broken"), async (vm) => {
    const found = await vm
      .waitForSerial(new RegExp(`${GAVE_UP.source}|Linux version`), { timeout: NO_BOOT_SECONDS })
      .catch(() => undefined);
    if (found?.[0] !== "Linux version") return;
    const [end] = await vm.waitForSerial(new RegExp(`${NO_ROOT.source}|${STARTED.source}`), { timeout: 300 });
    expect(end).toMatch(NO_ROOT);
  });
}

/** What the files of the system hold, and that all of it comes up, is the business of other tests. */
async function boots(disk: string, firmware: Firmware): Promise<void> {
  await withVm(vmOf(disk, firmware, "repaired"), async (vm) => {
    await vm.waitForSerial(STARTED, { timeout: 300 });
    console.log(`${firmware}: started after ${vm.elapsedSeconds.toFixed(1)} s`);
    expect(/efi: EFI v/.test(vm.serialText)).toBe(firmware !== "bios");
    if (firmware === "uefi-secure-boot") expect(vm.serialText).toMatch(/secureboot: Secure boot enabled/i);
  });
}

interface Case {
  readonly what: string;
  readonly break: (disk: string) => Promise<void>;
  readonly firmware: "bios" | "uefi" | undefined;
  readonly boots: readonly Firmware[];
  /** What a disk is made of instead of the fixture. */
  readonly make?: (disk: string) => Promise<void>;
}

const number = (name: keyof Fixture["partitions"]) => fixture.partitions[name];
const place = (disk: string, name: keyof Fixture["partitions"]) => findPartition(disk, number(name));
const WRONG = "4c494645-0001-4000-8000-00000000dead";

const CASES: readonly Case[] = [
  {
    what: "the legacy boot code is lost",
    break: async (disk) => loseBiosCode(disk, await place(disk, "biosBoot")),
    firmware: undefined,
    boots: ["bios", "uefi"],
  },
  {
    what: "the files on the EFI system partition are lost",
    break: (disk) => emptyEsp(disk, number("esp")),
    firmware: undefined,
    boots: ["uefi-secure-boot", "uefi"],
  },
  {
    what: "GRUB's menu names another disk's UUID",
    break: (disk) =>
      changeFile(disk, number("root"), "boot/grub/grub.cfg", (text) => text.replaceAll(/4c494645-[0-9a-f-]+/g, WRONG)),
    firmware: undefined,
    boots: ["bios", "uefi"],
  },
  {
    what: "GRUB's menu is lost",
    break: async (disk) => {
      const options =
        'GRUB_TIMEOUT=1\nGRUB_CMDLINE_LINUX="console=tty0 console=ttyS0"\nGRUB_CMDLINE_LINUX_DEFAULT=""\n';
      await changeFile(disk, number("root"), "etc/default/grub", () => options);
      await changeFile(disk, number("root"), "boot/grub/grub.cfg", () => "");
    },
    firmware: undefined,
    boots: ["uefi", "bios"],
  },
  {
    what: "a GPT was restored as an MBR",
    make: async (disk) => {
      const image = join(folder, "debian.lbi");
      lifeboat("capture", fixture.disk, "--to", image, "--no-verify");
      await writeFile(disk, "");
      await truncate(disk, 4200 * MIB);
      lifeboat("restore", image, "--to", disk, "--yes-erase", disk, "--table", "mbr", "--no-boot-repair");
      await rm(image);
    },
    break: async () => {},
    firmware: undefined,
    boots: ["bios", "uefi"],
  },
  {
    what: "a disk that is made for UEFI is to start under legacy firmware",
    break: async (disk) => {
      await loseBiosCode(disk, await place(disk, "biosBoot"));
      await runTool("sgdisk", ["--delete", "1", disk]);
    },
    firmware: "bios",
    boots: ["bios"],
  },
  {
    what: "a disk that is made for legacy firmware is to start under UEFI",
    break: async (disk) => {
      const { offset, size } = await place(disk, "esp");
      await zero(disk, offset, size);
      await runTool("sgdisk", ["--delete", String(number("esp")), disk]);
      await changeFile(disk, number("root"), "etc/fstab", (text) => text.replace(/^.*\/boot\/efi.*\n/m, ""));
    },
    firmware: "uefi",
    boots: ["uefi", "uefi-secure-boot"],
  },
];

describe.each(scope({ sample: CASES.slice(0, 1), all: CASES }))("$what", (one) => {
  it("does not start before the repair, and starts after it", async () => {
    const disk = join(folder, "disk.raw");
    if (one.make) await one.make(disk);
    else await copyOf(fixture.disk, disk);
    await one.break(disk);
    const [first = "bios"] = one.boots;
    if (process.env["LIFEBOAT_TEST_FULL"] === "1") await doesNotBoot(disk, first);
    const found = await repair(disk, one.firmware ? { firmware: one.firmware } : {});
    expect(found.systems.flatMap(({ problems }) => problems)).toEqual([]);
    if (!one.make) await checkDisk(disk);
    for (const firmware of scope({ sample: one.boots.slice(0, 1), all: one.boots })) await boots(disk, firmware);
    await rm(disk);
  });
});
