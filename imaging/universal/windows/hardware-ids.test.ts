import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readMachine } from "#imaging/preflight/machine/read-machine.ts";
import { chooseDrivers } from "#imaging/universal/windows/choose-drivers.ts";
import type { DriverPackage } from "#imaging/universal/windows/find-driver-packages.ts";
import { machineHardwareIds } from "#imaging/universal/windows/hardware-ids.ts";
import { describeDriver } from "#imaging/universal/windows/inf/driver-package.ts";
import { parseInf } from "#imaging/universal/windows/inf/parse-inf.ts";
import { recordedMachine, recording } from "#test/doubles/machine-tree.ts";

const DISK = "sys/devices/pci0000:00/0000:00:1f.2";

/** QEMU's SATA controller, with a revision as the kernel tells it. */
async function controller(revision: string) {
  const files = recording("qemu-ahci");
  const device = Object.keys(files).find((path) => path.endsWith("0000:00:1f.2/modalias"));
  const place = device?.replace(/\/modalias$/, "") ?? DISK;
  const machine = await recordedMachine({ ...files, [`${place}/revision`]: `${revision}\n` });
  const found = machine.devices.find(({ address }) => address === "0000:00:1f.2");
  if (!found) throw new Error("no controller");
  return { found, machine };
}

test("the revision is read, and stands in the ids in the order in which Windows goes by them", async () => {
  const { found, machine } = await controller("0x02");
  expect(found.revision).toBe("02");
  expect(machine.disks[0]?.path[0]?.revision).toBe("02");
  expect(machineHardwareIds(found)).toEqual([
    "PCI\\VEN_8086&DEV_2922&SUBSYS_11001AF4&REV_02",
    "PCI\\VEN_8086&DEV_2922&SUBSYS_11001AF4",
    "PCI\\VEN_8086&DEV_2922&CC_010601",
    "PCI\\VEN_8086&DEV_2922&CC_0106",
    "PCI\\VEN_8086&DEV_2922&REV_02",
    "PCI\\VEN_8086&DEV_2922",
    "PCI\\VEN_8086&CC_010601",
    "PCI\\VEN_8086&CC_0106",
    "PCI\\VEN_8086",
    "PCI\\CC_010601",
    "PCI\\CC_0106",
  ]);
  expect((await controller("nonsense")).found.revision).toBeUndefined();
});

/** A driver for one id of QEMU's SATA controller. */
function driver(name: string, id: string): DriverPackage {
  const lines = [
    ...["[Version]", 'Signature="$Windows NT$"', "ClassGuid={4d36e97b-e325-11ce-bfc1-08002be10318}"],
    ...["[Manufacturer]", "maker=models,NTamd64", "[models.NTamd64]", `"a controller"=install,${id}`],
  ];
  const inf = parseInf(Buffer.from(lines.join("\r\n")), name);
  return { folder: "/drivers", inf, description: describeDriver(inf, TARGET) };
}
const TARGET = { architecture: "amd64", major: 10, minor: 0, build: 22631, productType: 1 } as const;

test("a driver for this revision goes before one for all; one for another revision is none", async () => {
  const packages = [
    driver("all.inf", "PCI\\VEN_8086&DEV_2922"),
    driver("old.inf", "PCI\\VEN_8086&DEV_2922&REV_01"),
    driver("own.inf", "PCI\\VEN_8086&DEV_2922&SUBSYS_11001AF4&REV_02"),
  ];
  const chosen = async (revision: string, all = packages) => {
    const { found } = await controller(revision);
    return chooseDrivers(all, TARGET, [machineHardwareIds(found)]).map((one) => one.package.inf.name);
  };
  expect(await chosen("0x02")).toEqual(["own.inf"]);
  expect(await chosen("0x01")).toEqual(["old.inf"]);
  expect(await chosen("0x03")).toEqual(["all.inf"]);
  expect(await chosen("0x03", packages.slice(1))).toEqual([]);
});

test("this machine's devices have the revisions that the kernel tells", async () => {
  const root = "/sys/bus/pci/devices";
  let names: string[] = [];
  try {
    names = readdirSync(root);
  } catch {
    return; // a machine without PCI
  }
  const { devices } = await readMachine();
  for (const name of names) {
    const told = readFileSync(`${root}/${name}/revision`, "utf8").trim().replace("0x", "");
    expect(devices.find(({ bus, address }) => bus === "pci" && address === name)?.revision).toBe(told);
  }
});
