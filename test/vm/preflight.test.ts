import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import type { DiskBus, Firmware } from "#imaging/prove/qemu/options.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";
import { lifeboat, lifeboatJson } from "#test/engine/image/command.ts";
import { narrowDebian } from "#test/fixtures/narrow-debian.ts";
import { full } from "#test/sample.ts";
import { withVm } from "./qemu-run/with-vm.ts";

/** What a Debian whose initramfs knows SATA alone does on machines that were recorded in this very QEMU. */
const CASES: readonly { machine: string; firmware: Firmware; bus: DiskBus; status: number }[] = [
  { machine: "qemu-ahci", firmware: "bios", bus: "ahci", status: 0 },
  { machine: "qemu-virtio", firmware: "bios", bus: "virtio", status: 10 },
  { machine: "qemu-nvme-secure-boot", firmware: "uefi-secure-boot", bus: "nvme", status: 10 },
];

const BOOT = { timeout: 600 };

let folder: string;
let disk: string;
let image: string;
beforeAll(async () => {
  folder = await mkdtemp(join(resolve(import.meta.dirname, "../../out"), "preflight-"));
  disk = await narrowDebian(join(folder, "narrow.raw"), ["ahci", "sd_mod", "ext4"]);
  image = join(folder, "narrow.lbi");
  await lifeboatJson("capture", disk, "--to", image, "--no-verify");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** "up" when it has started, "stuck" when its initramfs has given up on the root. */
const outcome = (firmware: Firmware, bus: DiskBus) =>
  withVm(
    { name: `preflight-${bus}`, firmware, memoryMiB: 768, disks: [{ file: disk, format: "raw", bus, overlay: true }] },
    async (vm) => {
      const [said] = await vm.waitForSerial(/FIXTURE-UP|Gave up waiting for root|\(initramfs\)/, BOOT);
      return said === "FIXTURE-UP" ? "up" : "stuck";
    },
  );

async function says(machine: string, ...args: string[]): Promise<number | undefined> {
  const file = join(folder, `${machine}.json`);
  await writeFile(file, JSON.stringify(await recordedMachine(machine)));
  return (await lifeboat("preflight", image, "--machine", file, ...args)).status;
}

full.each(CASES)("what it says of $machine is so: $status", async ({ machine, firmware, bus, status }) => {
  expect(await says(machine)).toBe(status);
  expect(await outcome(firmware, bus)).toBe(status === 0 ? "up" : "stuck");
});
