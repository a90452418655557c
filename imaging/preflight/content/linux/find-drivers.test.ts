import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemTree } from "#imaging/installed/system-tree.ts";
import { findDrivers } from "#imaging/preflight/content/linux/find-drivers.ts";
import { type KernelModules, readKernelModules } from "#imaging/preflight/content/linux/kernel-modules.ts";

const folder = mkdtempSync(join(tmpdir(), "lifeboat-drivers-"));
afterAll(() => rmSync(folder, { recursive: true }));
const place = join(folder, "usr/lib/modules/6.1.0");
mkdirSync(place, { recursive: true });
const write = (name: string, text: string) => writeFileSync(join(place, name), text);
write(
  "modules.dep",
  [
    "kernel/drivers/nvme/host/nvme.ko.zst: kernel/drivers/nvme/host/nvme-core.ko.zst",
    "kernel/drivers/nvme/host/nvme-core.ko.zst:",
    "kernel/drivers/ata/ahci.ko.zst:",
    "kernel/drivers/ata/ata_generic.ko.zst:",
    "kernel/drivers/pci/controller/vmd.ko.zst:",
  ].join("\n"),
);
write(
  "modules.alias",
  [
    "# Aliases extracted from modules themselves.",
    "alias pci:v*d*sv*sd*bc01sc08i02* nvme",
    "alias pci:v*d*sv*sd*bc01sc06i01* ahci",
    "alias pci:v00008086d*sv*sd*bc01sc04i* ahci",
    "alias pci:v*d*sv*sd*bc01sc01i* ata_generic",
    "alias pci:v00008086d00009A0Bsv*sd*bc*sc*i* vmd",
    "alias pci:v00001111d*sv*sd*bc*sc*i* not_installed",
    "nonsense",
  ].join("\n"),
);
write(
  "modules.builtin",
  "kernel/drivers/scsi/sd_mod.ko\nkernel/drivers/scsi/megaraid/megaraid_sas.ko\nkernel/drivers/x/newer.ko\n",
);
write("modules.builtin.modinfo", "sd_mod.license=GPL\0newer.alias=pci:v00002222d*sv*sd*bc*sc*i*\0");

const NVME = "pci:v0000144Dd0000A809sv0sd0bc01sc08i02";
const VMD = "pci:v00008086d00009A0Bsv0sd0bc01sc04i00";
const modules = async () => (await readKernelModules(systemTree(folder), "6.1.0")) as KernelModules;
const drivers = async (inside: readonly string[], question: Parameters<typeof findDrivers>[2]) =>
  findDrivers(await modules(), new Set(inside), question).drivers;

test("a module counts as early when all that it needs is there", async () => {
  const at = (place: string) => [{ module: "nvme", place }];
  expect(await drivers(["nvme", "nvme_core"], { modalias: NVME, driver: "nvme" })).toEqual(at("initramfs"));
  expect(await drivers(["nvme"], { modalias: NVME, driver: "nvme" })).toEqual(at("modules"));
  expect(await drivers([], { modalias: NVME })).toEqual(at("modules"));
});

test("of several that claim a device, the one that the machine uses counts", async () => {
  expect(await drivers(["ahci"], { modalias: VMD, driver: "vmd" })).toEqual([{ module: "vmd", place: "modules" }]);
  expect(await drivers(["ahci"], { modalias: VMD })).toEqual([
    { module: "ahci", place: "initramfs" },
    { module: "vmd", place: "modules" },
  ]);
});

test("of what is built in, kernels may tell which devices it is for", async () => {
  const tells = { modalias: "pci:v00002222d00000001sv0sd0bc01sc00i00", driver: "newer" };
  expect(await drivers([], tells)).toEqual([{ module: "newer", place: "built-in" }]);
  // sd knows every disk; megaraid_sas those that there were when it was made.
  expect(await drivers([], { modalias: "scsi:t-0x00", driver: "sd" })).toEqual([
    { module: "sd_mod", place: "built-in" },
  ]);
  const raid = { modalias: "pci:v00001000d000010E2sv0sd0bc01sc04i00", driver: "megaraid_sas" };
  expect(await drivers([], raid)).toEqual([{ module: "megaraid_sas", place: "built-in", byNameOnly: true }]);
});

test("none for what nobody claims, what is not installed, and a driver that lets go of its device", async () => {
  expect(await drivers([], { modalias: "pci:v00003333d00000001sv0sd0bc01sc00i00", driver: "other" })).toEqual([]);
  expect(await drivers([], { modalias: "pci:v00001111d00000001sv0sd0bc02sc00i00" })).toEqual([]);
  expect(await drivers([], { modalias: "pci:v00001022d00000001sv0sd0bc01sc01i80" })).toEqual([]);
});

test("a kernel without a list of modules is told apart from one without modules", async () => {
  expect(await readKernelModules(systemTree(folder), "6.2.0")).toBeUndefined();
});
