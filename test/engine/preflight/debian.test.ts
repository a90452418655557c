import { constants, copyFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { shortVerdict } from "#test/doubles/judged.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";
import { lifeboat, lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { blankDisk, openWorkspace, type Workspace } from "#test/engine/image/workspace.ts";
import { debianDisk } from "#test/fixtures/debian-disk.ts";
import { narrowDebian } from "#test/fixtures/narrow-debian.ts";
import { full, sample } from "#test/sample.ts";

let space: Workspace;
let disk: string;
beforeAll(async () => {
  space = await openWorkspace();
  // A copy: other tests may have the fixture mounted.
  disk = space.path("debian.raw");
  await copyFile((await debianDisk()).disk, disk, constants.COPYFILE_FICLONE);
});
afterAll(() => space[Symbol.asyncDispose]());

async function describe(name: string, change: (machine: MachineHardware) => MachineHardware): Promise<string> {
  const path = space.path(`${name}.json`);
  await writeFile(path, JSON.stringify(change(await recordedMachine(name))));
  return path;
}

interface Case {
  readonly name: string;
  readonly machine: string;
  readonly change?: (machine: MachineHardware) => MachineHardware;
  readonly args?: readonly string[];
  readonly status: number;
  readonly says: string;
}

const CASES: readonly Case[] = [
  { name: "UEFI with Secure Boot on, NVMe", machine: "qemu-nvme-secure-boot", status: 0, says: "will-boot" },
  { name: "a laptop whose NVMe is behind VMD", machine: "laptop-vmd", status: 0, says: "will-boot" },
  { name: "BIOS, SATA", machine: "qemu-ahci", status: 0, says: "will-boot" },
  { name: "BIOS, a RAID controller", machine: "qemu-megasas", status: 0, says: "will-boot" },
  { name: "BIOS, virtio", machine: "qemu-virtio", status: 0, says: "will-boot" },
  {
    name: "a machine that does not trust Microsoft's UEFI CA",
    machine: "qemu-nvme-secure-boot",
    change: (machine) => {
      const { secureBoot } = machine.firmware;
      const trusted = ["Microsoft Windows Production PCA 2011"];
      return {
        ...machine,
        firmware: { ...machine.firmware, ...(secureBoot && { secureBoot: { ...secureBoot, trusted } }) },
      };
    },
    status: 11,
    says: "will-not-boot SECURE_BOOT_UNTRUSTED",
  },
  {
    name: "a machine that has forbidden this GRUB",
    machine: "qemu-nvme-secure-boot",
    change: (machine) => {
      const { secureBoot } = machine.firmware;
      const sbatLevel = ["sbat,1", "grub,99"];
      return {
        ...machine,
        firmware: { ...machine.firmware, ...(secureBoot && { secureBoot: { ...secureBoot, sbatLevel } }) },
      };
    },
    status: 11,
    says: "will-not-boot SECURE_BOOT_REVOKED",
  },
  {
    name: "another processor",
    machine: "qemu-ahci",
    change: (machine) => ({ ...machine, processor: { name: "x", architecture: "aarch64" } }),
    status: 11,
    says: "will-not-boot FIRMWARE_UNSEEN ARCHITECTURE",
  },
  {
    name: "a controller that Linux does not know",
    machine: "qemu-ahci",
    change: (machine) => ({
      ...machine,
      disks: machine.disks.map((one) => ({
        ...one,
        path: [
          {
            bus: "pci",
            address: "0000:00:09.0",
            modalias: "pci:v0000FFF0d0000FFF1sv0sd0bcFFsc00i00",
            vendor: "fff0",
            device: "fff1",
          },
        ],
      })),
    }),
    status: 11,
    says: "will-not-boot DRIVER_MISSING",
  },
  {
    name: "to start by UEFI on a BIOS",
    machine: "qemu-ahci",
    args: ["--firmware", "uefi"],
    status: 11,
    says: "will-not-boot FIRMWARE_NO_UEFI",
  },
];

test.each(sample(CASES, [0, 2, 5]))(
  "Debian on $name: $says",
  async ({ machine, change = (one) => one, args = [], status, says }) => {
    const file = await describe(machine, change);
    const result = await lifeboat("preflight", disk, "--machine", file, ...args, "--json");
    expect([result.status, result.stderr]).toEqual([status, ""]);
    const verdict = JSON.parse(result.stdout) as Verdict;
    expect(shortVerdict(verdict)).toBe(says);
    expect(verdict.systems).toMatchObject([{ name: "Debian GNU/Linux 13 (trixie)", kind: "linux", partition: 3 }]);
  },
);

const AHCI_ONLY = ["ahci", "sd_mod", "ext4"];

full("an initramfs with the drivers of one machine: there it boots, elsewhere after a change", async () => {
  const image = space.path("narrow.lbi");
  const narrow = await narrowDebian(space.path("narrow.raw"), AHCI_ONLY);
  await lifeboatJson("capture", narrow, "--to", image, "--no-verify");
  const on = async (machine: string, ...args: string[]) => {
    const { status, stdout } = await lifeboat(
      "preflight",
      image,
      "--machine",
      await describe(machine, (one) => one),
      ...args,
      "--json",
    );
    return [status, shortVerdict(JSON.parse(stdout) as Verdict)];
  };
  expect(await on("qemu-ahci")).toEqual([0, "will-boot"]);
  // virtio_pci is part of the kernel; virtio_blk is not.
  expect(await on("qemu-virtio")).toEqual([10, "will-boot-after DRIVER_NOT_EARLY"]);
  expect(await on("qemu-nvme-secure-boot")).toEqual([10, "will-boot-after DRIVER_NOT_EARLY"]);
  expect(await on("qemu-nvme-secure-boot", "--universal")).toEqual([0, "will-boot +DRIVER_NOT_EARLY"]);
});

test("the plan of a clone says whether the copy will start, as that of a restore does", async () => {
  const target = await blankDisk(space.path("clone.raw"), 5 * 2 ** 30);
  const plan = async (verb: readonly string[], machine: string, ...more: string[]) => {
    const file = await describe(machine, (one) => one);
    return lifeboatJson<RestorePlan>(...verb, "--to", target, "--machine", file, "--dry-run", ...more);
  };
  const image = space.path("debian.lbi");
  await lifeboatJson("capture", disk, "--to", image, "--no-verify");
  const [clone, restore] = [await plan(["clone", disk], "qemu-ahci"), await plan(["restore", image], "qemu-ahci")];
  expect(clone.preflight?.systems).toMatchObject([{ name: "Debian GNU/Linux 13 (trixie)", partition: 3 }]);
  expect(clone.preflight?.systems.map(({ answer }) => answer)).toEqual(
    restore.preflight?.systems.map(({ answer }) => answer),
  );
  expect((await plan(["clone", disk], "qemu-ahci", "--no-preflight")).preflight).toBeUndefined();
  const described = await lifeboat(
    "clone",
    disk,
    "--to",
    target,
    "--machine",
    space.path("qemu-ahci.json"),
    "--dry-run",
  );
  expect(described.stdout).toContain("Will it start?");
});

test("this machine is described in a file, and what is wrongly asked is refused", async () => {
  const file = space.path("this.json");
  const machine = await lifeboatJson<MachineHardware>("preflight", "--save-machine", file);
  expect(machine.format).toBe("lifeboat-machine/1");
  expect((await lifeboatError("preflight")).code).toBe("USAGE");
  expect((await lifeboatError("preflight", disk, "--machine", file, "--save-machine", file)).code).toBe("USAGE");
  expect((await lifeboatError("preflight", disk, "--into", "free")).code).toBe("USAGE");
  const laptop = await describe("laptop-vmd", (one) => one);
  expect((await lifeboatError("preflight", disk, "--machine", laptop, "--to", "sdz")).code).toBe("NOT_FOUND");
  expect((await lifeboatError("preflight", space.path("none.lbi"), "--machine", laptop)).code).toBe("OPEN_FAILED");
});
