import { expect, test } from "vitest";
import { firmwarePackages, supersededFirmware } from "./firmware-layer.ts";
import { declaredFirmware } from "./initramfs.ts";

test("a class of computers has its packages, and virtual machines have none", async () => {
  const [any, server, pc] = [
    await firmwarePackages("any"),
    await firmwarePackages("server"),
    await firmwarePackages("pc"),
  ];
  expect(any).toEqual([...new Set([...server, ...pc])].sort());
  expect(server).toContain("firmware-bnx2x");
  expect(server).not.toContain("firmware-iwlwifi");
  expect(await firmwarePackages("virtual")).toEqual([]);
});

test("of several versions the one stays that the driver finds first", () => {
  const files = ["iwlwifi-cc-a0-59.ucode", "iwlwifi-cc-a0-77.ucode", "iwlwifi-cc-a0-90.ucode", "iwlwifi-7265-17.ucode"];
  const declared = ["iwlwifi-cc-a0-77.ucode", "iwlwifi-so-a0-89.ucode"];
  expect(supersededFirmware(files, declared)).toEqual(["iwlwifi-cc-a0-59.ucode", "iwlwifi-cc-a0-90.ucode"]);
  // of a family that is not declared, what the newest declared one would take; never the last file of a family
  const others = [
    "iwlwifi-bz-89.ucode",
    "iwlwifi-bz-97.ucode",
    "iwlwifi-new-97.ucode",
    "iwlwifi-bz.pnvm",
    "regulatory.db",
  ];
  expect(supersededFirmware(others, declared)).toEqual(["iwlwifi-bz-97.ucode"]);
});

test("a module's names are found in its bytes", () => {
  const module = Buffer.from("ELF\0license=GPL\0firmware=tigon/tg3.bin\0firmware=e100/d101m_ucode.bin\0depends=\0");
  expect(declaredFirmware(module)).toEqual(["tigon/tg3.bin", "e100/d101m_ucode.bin"]);
});
