import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import si from "systeminformation";
import { expect, test } from "vitest";
import { loadMachine, saveMachine } from "#imaging/preflight/machine/machine-file.ts";
import { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { recordedMachine, recording } from "#test/doubles/machine-tree.ts";

const pathOf = ({ disks: [disk] }: MachineHardware) =>
  disk?.path.map(({ bus, vendor = "", device = "", driver }) => `${bus} ${vendor}:${device} ${driver}`);
const controllersOf = ({ controllers }: MachineHardware) =>
  controllers.map(({ kind, name, disks }) => `${kind}, ${name}: ${disks.join(" ")}`);

/** Recorded in QEMU by what `readMachine` reads, with the kernel and the drivers of Debian 13. */
test.each([
  ["qemu-ahci", ["pci 8086:2922 ahci", "scsi : sd"], ["ahci, SATA in AHCI mode (8086:2922): sda"]],
  [
    "qemu-megasas",
    ["pci 1000:0079 megaraid_sas", "scsi : sd"],
    ["megaraid, MegaRAID controller (1000:0079): sda", "ahci, SATA in AHCI mode (8086:2922): "],
  ],
  [
    "qemu-virtio",
    ["pci 1af4:1001 virtio-pci", "virtio : virtio_blk"],
    ["virtio-blk, virtio disk (1af4:1001): vda", "ahci, SATA in AHCI mode (8086:2922): "],
  ],
])("%s: what its disk hangs on", async (name, path, controllers) => {
  const machine = await recordedMachine(name);
  expect(MachineHardware.parse(machine)).toEqual(machine);
  expect(pathOf(machine)).toEqual(path);
  expect(controllersOf(machine)).toEqual(controllers);
  expect(machine.firmware).toEqual({ mode: "bios", knowsUefi: false });
});

test("a laptop: NVMe behind VMD, Wi-Fi, its own battery, a TPM, Secure Boot", async () => {
  const machine = await recordedMachine("laptop-vmd");
  expect(pathOf(machine)).toEqual(["pci 8086:9a0b vmd", "pci 8086:9a09 pcieport", "pci 144d:a809 nvme"]);
  expect(controllersOf(machine)).toEqual([
    "intel-vmd, Intel VMD (8086:9a0b): nvme0n1",
    "nvme, NVMe (144d:a809): nvme0n1",
  ]);
  expect(machine.disks).toMatchObject([
    { name: "nvme0n1", size: 512110190592, model: "SAMSUNG MZVLQ512HBLU-00B00", serial: "S6F6NX0R123456" },
  ]);
  expect(machine.networks).toMatchObject([{ name: "wlp0s20f3", wireless: true, device: { driver: "iwlwifi" } }]);
  expect(machine.power).toEqual({ battery: true, onMains: false });
  expect(machine.tpm).toEqual({ version: "2.0" });
  expect(machine.processor).toMatchObject({ architecture: "x86_64", level: 4 });
  expect(machine.memoryBytes).toBe(16128564 * 1024);
});

test("Secure Boot: whom the firmware trusts are the subjects of its certificates, not who issued those", async () => {
  const { firmware } = await recordedMachine("qemu-nvme-secure-boot");
  expect(firmware).toEqual({
    mode: "uefi",
    bits: 64,
    knowsUefi: true,
    secureBoot: {
      enabled: true,
      setupMode: false,
      trusted: ["Microsoft Windows Production PCA 2011", "Microsoft Corporation UEFI CA 2011"],
      allowedHashes: [],
      revoked: [],
      // EDK2 begins dbx with the hash of nothing.
      revokedHashes: ["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      ownerTrusted: ["Debian Secure Boot CA"],
      sbatLevel: ["sbat,1", "shim,4", "grub,5"],
    },
  });
});

test("sectors, as a disk says them", async () => {
  const { disks } = await recordedMachine("qemu-virtio-scsi-4k");
  expect(disks).toMatchObject([{ name: "sda", logicalSectorSize: 4096, physicalSectorSize: 4096, size: 20 * 2 ** 30 }]);
});

test("a BIOS that knows UEFI says so in SMBIOS", async () => {
  const files = recording("qemu-ahci");
  const path = "sys/firmware/dmi/entries/0-0/raw";
  const raw = Buffer.from((files[path] as { base64: string }).base64, "base64");
  raw[0x13] = (raw[0x13] ?? 0) | 8;
  const knows = await recordedMachine({ ...files, [path]: { base64: raw.toString("base64") } });
  expect(knows.firmware).toEqual({ mode: "bios", knowsUefi: true });
  const { [path]: _, ...silent } = files;
  expect((await recordedMachine(silent)).firmware).toEqual({ mode: "bios" });
  // Behind another structure, as the whole table has it.
  const other = Buffer.from([1, 6, 0, 0, 1, 0, 0x41, 0, 0]);
  const whole = { base64: Buffer.concat([other, raw]).toString("base64") };
  expect((await recordedMachine({ ...silent, "sys/firmware/dmi/tables/DMI": whole })).firmware.knowsUefi).toBe(true);
  const old = { base64: Buffer.from([0, 0x12, 0, 0, ...Buffer.alloc(14), 0, 0]).toString("base64") };
  expect((await recordedMachine({ ...silent, "sys/firmware/dmi/tables/DMI": old })).firmware.knowsUefi).toBe(false);
});

test("what firmware says is not believed to be well-formed", async () => {
  const files = recording("laptop-vmd");
  const broken = Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      if (typeof content === "object" && "link" in content) return [path, content];
      return [path, { base64: Buffer.from([0xff, 0xfe, 0x80, 0x01]).toString("base64") }];
    }),
  );
  expect(MachineHardware.parse(await recordedMachine(broken)).disks).toMatchObject([{ name: "nvme0n1", size: 0 }]);
});

test("this machine: as systeminformation sees it, and the same from a file", async () => {
  const machine = await readMachine();
  const [mem, cpu, devices] = await Promise.all([si.mem(), si.cpu(), si.blockDevices()]);
  expect(machine.memoryBytes).toBe(mem.total);
  expect(machine.processor.name).toContain(cpu.brand);
  const disks = devices.filter(({ type, name }) => type === "disk" && !/^(loop|ram|zram|md|dm-|sr|fd)/.test(name));
  expect(machine.disks.map(({ name, size }) => `${name} ${size}`).sort()).toEqual(
    disks.map(({ name, size }) => `${name} ${size}`).sort(),
  );
  const file = join(tmpdir(), `lifeboat-machine-${process.pid}.json`);
  try {
    await saveMachine(file, machine);
    expect(await loadMachine(file)).toEqual(machine);
    await expect(saveMachine("/none/machine.json", machine)).rejects.toMatchObject({ code: "CREATE_FAILED" });
  } finally {
    await rm(file, { force: true });
  }
});
