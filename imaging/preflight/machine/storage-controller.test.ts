import { expect, test } from "vitest";
import { controllerKind, controllerName } from "#imaging/preflight/machine/storage-controller.ts";

const pci = (vendor: string, device: string, code: string) => ({
  ...{ bus: "pci", address: "0000:00:01.0", modalias: "pci:x", vendor, device, class: code },
});

test.each([
  ["8086", "2922", "010601", "ahci"],
  ["8086", "2822", "010400", "intel-rst"],
  ["8086", "282a", "010400", "intel-rst"],
  ["8086", "9a0b", "010400", "intel-vmd"],
  ["8086", "467f", "010400", "intel-vmd"],
  ["8086", "a77f", "010400", "intel-vmd"],
  ["144d", "a809", "010802", "nvme"],
  ["1af4", "1001", "010000", "virtio-blk"],
  ["1af4", "1042", "010000", "virtio-blk"],
  ["1af4", "1048", "010000", "virtio-scsi"],
  ["1af4", "1000", "020000", undefined],
  ["1000", "0079", "010400", "megaraid"],
  ["1000", "0097", "010700", "lsi-sas"],
  ["103c", "3239", "010400", "smart-array"],
  ["15ad", "07c0", "010700", "pvscsi"],
  ["8086", "7010", "010180", "ide"],
  ["1217", "8620", "080501", "sd"],
  ["8086", "10d3", "020000", undefined],
])("%s:%s of class %s is %s", (vendor, device, code, kind) => {
  expect(controllerKind(pci(vendor, device, code))).toBe(kind);
});

test("those of other buses", () => {
  const of = (bus: string, modalias: string, more = {}) => controllerKind({ bus, address: "x", modalias, ...more });
  expect(of("vmbus", "vmbus:d96361baa104294db60572e2ffb1dc7f")).toBe("hyper-v");
  expect(of("vmbus", "vmbus:635161f83edfc546913ff2d2f965ed0e")).toBeUndefined();
  expect(of("xen", "xen:vbd")).toBe("xen");
  expect(of("usb", "usb:v0781", { class: "080650" })).toBe("usb");
  expect(of("usb", "usb:v0627", { class: "030101" })).toBeUndefined();
  expect(of("scsi", "scsi:t-0x00")).toBeUndefined();
});

test("they are named as people look for them", () => {
  expect(controllerName(pci("8086", "9a0b", "010400"))).toBe("Intel VMD (8086:9a0b)");
  expect(controllerName(pci("1234", "0001", "010601"))).toBe("SATA in AHCI mode (1234:0001)");
});
