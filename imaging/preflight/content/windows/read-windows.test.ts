import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { readWindows } from "#imaging/preflight/content/windows/read-windows.ts";
import type { MachineDevice } from "#imaging/preflight/machine/machine-hardware.ts";
import { recordedMachine } from "#test/doubles/machine-tree.ts";
import { type WindowsTreeOptions, windowsSystem, writeWindowsTree } from "#test/fixtures/windows/windows-tree.ts";

const outside = mkdtempSync(join(tmpdir(), "lifeboat-windows-"));
afterAll(() => rmSync(outside, { recursive: true }));

/** What the disk of a machine hangs on. */
async function controllerOf(name: string): Promise<MachineDevice> {
  const device = (await recordedMachine(name)).disks[0]?.path[0];
  if (!device) throw new Error(`${name} has no disk`);
  return device;
}
const sata = await controllerOf("qemu-ahci");
const vmd = await controllerOf("laptop-vmd");
const virtio = await controllerOf("qemu-virtio");
const nvme = await controllerOf("qemu-nvme-secure-boot");

async function read(options: WindowsTreeOptions, change: (root: string) => void = () => {}) {
  const root = mkdtempSync(join(outside, "tree-"));
  writeWindowsTree(root, options);
  change(root);
  const content = await readWindows(windowsSystem(root), systemTree(root, { ignoreCase: true }), [
    sata,
    nvme,
    virtio,
    vmd,
  ]);
  const of = (device: MachineDevice) => content.devices.find(({ modalias }) => modalias === device.modalias)?.drivers;
  return { ...content, sata: of(sata), nvme: of(nvme), virtio: of(virtio), vmd: of(vmd) };
}

test.each(["own", "hivex"] as const)(
  "Windows 10, its hives written by %s: what is there and when it starts",
  async (writer) => {
    const content = await read({ release: "10", writer });
    expect(content).toMatchObject({
      name: "Windows 10 Pro",
      build: 19045,
      hasEfiFiles: true,
      hasBiosFiles: true,
      unread: undefined,
    });
    // StartOverride counts, and so does that there is no driver at all.
    expect(content.sata).toEqual([{ service: "storahci", start: 3, hasFile: true, isBound: false }]);
    expect(content.nvme).toEqual([{ service: "stornvme", start: 3, hasFile: true, isBound: false }]);
    expect([content.virtio, content.vmd]).toEqual([[], []]);
  },
);

test("Windows 7: SATA by its own driver, no NVMe", async () => {
  const content = await read({ release: "7", firmware: "bios" });
  expect(content).toMatchObject({ name: "Windows 7 Professional", major: 6, minor: 1 });
  expect(content.sata).toEqual([{ service: "msahci", start: 3, hasFile: true, isBound: true }]);
  expect(content.nvme).toEqual([]);
});

test("a driver that somebody has installed is found by the id of the device", async () => {
  const database = "DriverDatabase";
  const label = "iastorvd.inf_amd64_0011223344556677";
  const id = "VEN_8086&DEV_9A0B";
  const content = await read({
    release: "11",
    more: {
      system: [
        [`${database}\\DeviceIds\\PCI\\${id}`, "oem7.inf", { binary: Uint8Array.of(1, 0xff, 0, 0) }],
        [`${database}\\DriverInfFiles\\oem7.inf`, "", { texts: [label] }],
        [`${database}\\DriverPackages\\${label}\\Descriptors\\PCI\\${id}`, "Configuration", { text: "iaStorVD_inst" }],
        [`${database}\\DriverPackages\\${label}\\Configurations\\iaStorVD_inst`, "Service", { text: "iaStorVD" }],
        ["ControlSet001\\Services\\iaStorVD", "Start", { dword: 0 }],
        ["ControlSet001\\Services\\iaStorVD", "ImagePath", { expand: "System32\\drivers\\iaStorVD.sys" }],
      ],
    },
  });
  expect(content.name).toBe("Windows 11 Pro");
  expect(content.vmd).toEqual([{ service: "iaStorVD", start: 0, hasFile: false, isBound: true }]);
});

test("a registry that is missing or damaged is said to be", async () => {
  const config = "Windows/System32/config";
  const gone = await read({ release: "10" }, (root) => rmSync(join(root, config, "SYSTEM")));
  expect(gone.unread).toContain("it is not there");
  const damaged = await read({ release: "10" }, (root) => {
    mkdirSync(join(root, config), { recursive: true });
    writeFileSync(join(root, config, "SYSTEM"), Buffer.alloc(8192, 0x41));
  });
  expect(damaged.unread).toContain("regf");
  expect(damaged.devices).toEqual([]);
});
