import { expect, test } from "vitest";
import { chooseDecoration } from "#imaging/universal/windows/inf/decoration.ts";
import { describeDriver } from "#imaging/universal/windows/inf/driver-package.ts";
import { readInstallSection } from "#imaging/universal/windows/inf/install-section.ts";
import { driverRank } from "#imaging/universal/windows/inf/match-driver.ts";
import { parseInf } from "#imaging/universal/windows/inf/parse-inf.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";
import { RAID_INF, VIRTUAL_DISK_INF } from "#test/fixtures/windows/driver-packages.ts";

const seven: TargetSystem = { architecture: "amd64", major: 6, minor: 1, build: 7601, productType: 1 };
const ten: TargetSystem = { architecture: "amd64", major: 10, minor: 0, build: 19045, productType: 1 };
const first: TargetSystem = { ...ten, build: 10240 };
const seven32: TargetSystem = { ...seven, architecture: "x86" };
const server: TargetSystem = { ...ten, build: 20348, productType: 3 };

test.each<[string[], TargetSystem, string | undefined]>([
  [["NTx86", "NTamd64"], ten, "NTamd64"],
  [["NTx86", "NTamd64", "NTamd64.6.2"], seven, "NTamd64"],
  [["NTamd64", "NTamd64.6.2", "NTamd64.10.0"], ten, "NTamd64.10.0"],
  [["NTamd64.10.0", "NTamd64.10.0...16299"], ten, "NTamd64.10.0...16299"],
  [["NTamd64.10.0", "NTamd64.10.0...16299"], first, "NTamd64.10.0"],
  [["NTamd64.10.0...16299"], first, undefined],
  [["NTamd64.6.1.3", "NTamd64.6.1"], server, "NTamd64.6.1.3"],
  [["NTamd64.6.1.3", "NTamd64.6.1"], ten, "NTamd64.6.1"],
  [["ntAMD64.6.0x1"], seven, "ntAMD64.6.0x1"],
  [["NTarm64.10.0", "NTx86"], ten, undefined],
  [["NT.6.0"], ten, undefined],
  [["NT.6.0"], seven32, "NT.6.0"],
  [[], seven32, ""],
  [[], ten, undefined],
  [["nonsense", "NTamd64.x", "NTamd64.1.2.3.4.5.6"], ten, undefined],
])("of %j for %o: %s", (decorations, target, chosen) => {
  expect(chooseDecoration(decorations, target)).toBe(chosen);
});

const virtual = parseInf(Buffer.from(VIRTUAL_DISK_INF), "viostor.inf");
const raid = parseInf(Buffer.from(`\ufeff${RAID_INF}`, "utf16le"), "iaStorVD.inf");

test("a package says what it is, and what it offers to each system", () => {
  const description = describeDriver(virtual, ten);
  expect(description).toMatchObject({
    className: "SCSIAdapter",
    classGuid: "{4d36e97b-e325-11ce-bfc1-08002be10318}",
    provider: "Lifeboat tests",
    version: "02/14/2025,100.95.104.1",
    catalogs: ["viostor.cat"],
  });
  expect(description.models).toEqual([
    {
      description: "Block device",
      install: "block_inst",
      ids: [String.raw`PCI\VEN_1AF4&DEV_1001&SUBSYS_00021AF4&REV_00`],
    },
    {
      description: "Block device, of the newer kind",
      install: "block_inst",
      ids: [String.raw`PCI\VEN_1AF4&DEV_1042&SUBSYS_11001AF4&REV_01`],
    },
  ]);
  expect(describeDriver(virtual, seven).models.map(({ install }) => install)).toEqual(["block_inst_old"]);
  expect(describeDriver(raid, seven).models).toEqual([]);
  expect(describeDriver(raid, ten)).toMatchObject({ catalogs: ["iaStorVD.cat"], models: [{}, {}] });
});

test("an install section's files and service", () => {
  expect(readInstallSection(virtual, "block_inst", ten)).toEqual({
    files: [{ name: "viostor.sys", source: "viostor.sys", folder: { id: 12, sub: "" } }],
    services: [
      {
        name: "viostor",
        isOfDevice: true,
        type: 1,
        start: 0,
        errorControl: 1,
        group: "SCSI miniport",
        displayName: "Block driver",
        binary: "viostor.sys",
        values: [
          { key: String.raw`Parameters\PnpInterface`, name: "5", value: { type: "dword", number: 1 } },
          { key: "Parameters", name: "BusType", value: { type: "dword", number: 14 } },
          { key: "Parameters", name: "DmaRemappingCompatible", value: { type: "dword", number: 0 } },
        ],
      },
    ],
    needs: [],
  });
});

test("folders of the medium, the architecture's own sections, and values of all types", () => {
  const { files, services } = readInstallSection(raid, "iaStorVD_inst", ten);
  expect(files).toEqual([
    { name: "iaStorVD.sys", source: String.raw`x64\iaStorVD.sys`, folder: { id: 13, sub: "" } },
    { name: "helper.dll", source: String.raw`x64\tools\iaStorHelper.dll`, folder: { id: 13, sub: "" } },
  ]);
  expect(services.map(({ name, isOfDevice, start }) => [name, isOfDevice, start])).toEqual([
    ["iaStorVD", true, 0],
    ["iaStorHelper", false, 2],
  ]);
  expect(services[0]?.values.map(({ name, value }) => [name, value])).toEqual([
    ["Paths", { type: "strings", texts: ["one", "two"] }],
    ["Queue", { type: "binary", bytes: [10, 0, 255] }],
    ["Depth", { type: "dword", number: 0x120 }],
    ["Text", { type: "string", text: 'a "quoted" text' }],
    ["Path", { type: "expand-string", text: String.raw`%SystemRoot%\x` }],
  ]);
});

test("the model whose own id is the device's most specific one is the nearest", () => {
  const model = (...ids: string[]) => ({ description: "", install: "i", ids });
  const device = [String.raw`PCI\VEN_1AF4&DEV_1001&SUBSYS_00021AF4&REV_00`, String.raw`PCI\VEN_1AF4&DEV_1001`];
  const ranks = [
    model(device[0] as string),
    model(device[1] as string),
    model("PCI\\OTHER", device[0] as string),
    model("PCI\\OTHER"),
  ].map((one) =>
    driverRank(
      one,
      device.map((id) => id.toLowerCase()),
    ),
  );
  expect(ranks).toEqual([0, 1, 1000, undefined]);
});

test("of a device whose revision is not known, a model for one fits; of one that is known, only that", () => {
  const model = { description: "", install: "i", ids: [String.raw`PCI\VEN_1AF4&DEV_1042&SUBSYS_11001AF4&REV_01`] };
  const unknown = [String.raw`PCI\VEN_1AF4&DEV_1042&SUBSYS_11001AF4`, String.raw`PCI\VEN_1AF4&DEV_1042`];
  const other = [String.raw`PCI\VEN_1AF4&DEV_1042&SUBSYS_11001AF4&REV_00`, ...unknown];
  expect([unknown, other].map((ids) => driverRank(model, ids))).toEqual([0, undefined]);
});
