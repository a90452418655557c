import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { planWindowsBios } from "#imaging/boot/bios/plan-windows-bios.ts";
import { applyDiskChanges } from "#imaging/boot/disk-change.ts";
import { openDevice } from "#imaging/device/file-device.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { installedLinux, installedVolume, systemFolder } from "../doubles/boot-folder.ts";
import { runTool } from "../fixtures/run-tool.ts";
import { sample } from "../sample.ts";
import { withVm } from "./qemu-run/with-vm.ts";

const MIB = 2 ** 20;
let folder: string;

beforeAll(async () => {
  const out = resolve(import.meta.dirname, "../../out");
  await mkdir(out, { recursive: true });
  folder = await mkdtemp(join(out, "active-code-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/**
 * A boot sector that says on the serial line which one it is, and what it was given, and stops. By hand: 16-bit code at
 * 0000:7C00, DL the drive, DS:SI the partition's record.
 */
function bootSector(number: number): Buffer {
  const code = Buffer.from(
    [
      "88 D3", //       mov bl, dl           the drive
      "8A 7C 04", //    mov bh, [si+4]       the record's type
      "BD 40 7C", //    mov bp, 7C40h        the text
      "BA F8 03", //    mov dx, 03F8h        the serial line
      "8A 46 00", //    mov al, [bp+0]       next:
      "84 C0", //       test al, al
      "74 04", //       jz +4
      "EE", //          out dx, al
      "45", //          inc bp
      "EB F5", //       jmp next
      "88 D8", //       mov al, bl           drive
      "EE", //          out dx, al
      "88 F8", //       mov al, bh           type
      "EE", //          out dx, al
      "B0 0A", //       mov al, 10
      "EE", //          out dx, al
      "F4", //          hlt
      "EB FD", //       jmp -3
    ]
      .join(" ")
      .split(" ")
      .map((byte) => Number.parseInt(byte, 16)),
  );
  const sector = Buffer.alloc(512);
  code.copy(sector);
  sector.write(`VBR of partition ${number}: `, 0x40);
  sector.set([0x55, 0xaa], 510);
  return sector;
}

/** Partitions of an MBR disk, each with a boot sector that says its number. */
async function disk(name: string, starts: readonly number[], active: number): Promise<string> {
  const path = join(folder, name);
  {
    await using file = await open(path, "w");
    await file.truncate(9000 * MIB);
  }
  const lines = starts.map((start, i) => `start=${start}, size=20480, type=7${i + 1 === active ? ", bootable" : ""}`);
  await runTool("sfdisk", ["--quiet", "--no-reread", path], { input: `label: dos\n${lines.join("\n")}\n` });
  await using file = await open(path, "r+");
  for (const [i, start] of starts.entries()) await file.write(bootSector(i + 1), 0, 512, start * 512);
  return path;
}

async function repair(path: string): Promise<void> {
  await using root = await systemFolder({ "Windows/x": "" });
  await using device = await openDevice(path, { write: true });
  const table = await readPartitionTable(device);
  const volumes = table.partitions.map(({ number }) => installedVolume(number, "raw"));
  const mounts = [{ folder: "/", volume: installedVolume(1, "ntfs") }];
  const system = { ...installedLinux(root.root, { volumes, mounts }), kind: "windows" as const };
  const plan = await planWindowsBios(device, table, { system, tree: root.tree, hasLinux: false });
  await applyDiskChanges(device, plan.disk);
}

async function says(path: string, bus: "ahci" | "virtio"): Promise<string> {
  const disks = [{ file: path, format: "raw", bus, overlay: true } as const];
  return await withVm({ name: "active-code", firmware: "bios", memoryMiB: 64, disks }, async (vm) => {
    return (await vm.waitForSerial(/VBR of partition \d: [\s\S]{2}\n/, { timeout: 60 }))[0];
  });
}

describe("boot code of our own", () => {
  const CASES = [
    ["the second partition, by its record", [2048, 30000], 2, "ahci"],
    ["one behind 8 GiB, which only calls by LBA reach", [2048, 30000, 17_000_000], 3, "virtio"],
  ] as const;
  it.each(sample(CASES, 1))("starts %s", async (_what, starts, active, bus) => {
    const path = await disk(`${active}.raw`, starts, active);
    await repair(path);
    const { stdout } = await runTool("sfdisk", ["--dump", path]);
    expect(stdout.match(/start=/g)).toHaveLength(starts.length);
    // DL is the drive, SI the record: its type is 07.
    expect(await says(path, bus)).toMatch(new RegExp(`^VBR of partition ${active}: .\\x07\\n$`, "s"));
  });
});
