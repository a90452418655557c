import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { changeWindowsIdentity } from "#imaging/identity/machine/windows.ts";
import { applyChanges } from "#imaging/installed/apply-changes.ts";
import { systemTree } from "#imaging/installed/system-tree.ts";
import type { Key } from "#imaging/registry/key.ts";
import { openHive } from "#imaging/registry/open-hive.ts";
import { pciHardwareIds } from "#imaging/universal/windows/hardware-ids.ts";
import {
  planWindowsUniversal,
  type WindowsUniversalOptions,
} from "#imaging/universal/windows/plan-windows-universal.ts";
import { undoChanges, undoTimes } from "#imaging/universal/windows/undo/undo-changes.ts";
import type { WindowsPlan } from "#imaging/universal/windows/windows-plan.ts";
import { expectSaid } from "#test/conformance/said.ts";
import { writeDriverPackages } from "#test/fixtures/windows/driver-packages.ts";
import { stubDriver } from "#test/fixtures/windows/stub-driver.ts";
import {
  GPT_DATA,
  type WindowsTreeOptions,
  windowsSystem,
  writeWindowsTree,
} from "#test/fixtures/windows/windows-tree.ts";

let folder: string;
let root: string;
let drivers: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-windows-"));
  [root, drivers] = [join(folder, "root"), join(folder, "drivers")];
  mkdirSync(root);
  writeDriverPackages(drivers);
});
afterEach(() => rmSync(folder, { recursive: true }));

const CONFIG = "Windows/System32/config";
const tree = () => systemTree(root, { ignoreCase: true });
const file = (path: string) => readFileSync(join(root, path));
const hive = (name: "SYSTEM" | "SOFTWARE"): Key => openHive(file(`${CONFIG}/${name}`)).root;
const dwordOf = (key: string, name: string) => hive("SYSTEM").find(key)?.value(name)?.number;
const plan = (options: Partial<WindowsUniversalOptions> = {}) =>
  planWindowsUniversal(windowsSystem(root), tree(), { time: "now", ...options });
const apply = ({ changes, keepIn }: Pick<WindowsPlan, "changes" | "keepIn">) =>
  applyChanges(tree(), changes, { keepIn, signal: new AbortController().signal });
const made = async (tree: WindowsTreeOptions, options: Partial<WindowsUniversalOptions> = {}) => {
  writeWindowsTree(root, tree);
  const planned = await plan(options);
  expectSaid(planned.changes, planned.registry, planned.notes, planned.problems);
  await apply(planned);
  return planned;
};
const codes = (notes: WindowsPlan["notes"]) => notes.map(({ code }) => code);

test("what is installed is told from files and registry", async () => {
  writeWindowsTree(root, { release: "11" });
  expect((await plan()).windows).toEqual({
    ...{ name: "Windows 11 Pro", edition: "Professional", release: "23H2", architecture: "amd64" },
    ...{ major: 10, minor: 0, build: 22631, productType: 1, systemRoot: "C:\\Windows", letter: "C" },
    controlSets: { current: 1, default: 1, lastKnownGood: 1 },
    ...{ computerName: "OLD-PC", domain: undefined, hibernation: "none", fastStartup: true },
    ...{ dirtyHives: [], setupPending: undefined },
  });
});

test("disk drivers are enabled in every control set, where their file is there", async () => {
  const { storage } = await made({ release: "7" });
  for (const set of ["ControlSet001", "ControlSet002"]) {
    for (const name of ["msahci", "pciide", "iaStorV", "LSI_SAS", "storvsc", "vmbus", "USBSTOR"])
      expect([name, dwordOf(`${set}\\Services\\${name}`, "Start")]).toEqual([name, 0]);
    expect(dwordOf(`${set}\\Services\\vsmraid`, "Start")).toBe(3);
    expect(hive("SYSTEM").find(`${set}\\Services\\stornvme`)).toBeUndefined();
    expect(dwordOf(`${set}\\Control\\CrashControl`, "AutoReboot")).toBe(0);
  }
  const state = (name: string) => storage.find((one) => one.name === name)?.state;
  expect(["msahci", "intelide", "vsmraid", "stornvme"].map(state)).toEqual([
    "enabled",
    "was-enabled",
    "no-file",
    "absent",
  ]);
});

test("a driver's start is not held back by an override, and NVMe is as it is where it starts from one", async () => {
  await made({ release: "10" });
  expect(dwordOf("ControlSet001\\Services\\storahci\\StartOverride", "0")).toBe(0);
  expect(dwordOf("ControlSet001\\Services\\stornvme", "Start")).toBe(0);
  expect(dwordOf("ControlSet001\\Services\\stornvme", "ErrorControl")).toBe(3);
  expect(hive("SYSTEM").find("ControlSet001\\Services\\stornvme")?.value("Group")?.text).toBe("SCSI Miniport");
});

test("filters that cannot be loaded are taken out: without a driver, or without a service; others stay", async () => {
  const volumes = "ControlSet001\\Control\\Class\\{71a27cdd-812a-11d0-bec7-08002be2092f}";
  writeWindowsTree(root, {
    release: "10",
    more: { system: [[volumes, "UpperFilters", { texts: ["orphan", "volsnap"] }]] },
  });
  writeFileSync(join(root, "Windows/System32/drivers/orphan.sys"), "a driver that no service names");
  await apply(await plan());
  const filters = (guid: string) => hive("SYSTEM").find(`ControlSet001\\Control\\Class\\${guid}`);
  const disks = filters("{4d36e967-e325-11ce-bfc1-08002be10318}");
  expect(disks?.value("UpperFilters")?.texts).toEqual(["partmgr"]);
  expect(disks?.value("LowerFilters")).toBeUndefined();
  expect(filters("{71a27cdd-812a-11d0-bec7-08002be2092f}")?.value("UpperFilters")?.texts).toEqual(["volsnap"]);
});

test("tools of another virtual machine are not loaded; those of this one stay", async () => {
  await made({ release: "10" }, { hardware: { devices: [], platform: "Parallels" } });
  expect(dwordOf("ControlSet001\\Services\\prl_strg", "Start")).toBe(0);
  await apply(await plan({ hardware: { devices: [], platform: "QEMU" }, time: "later" }));
  expect(dwordOf("ControlSet001\\Services\\prl_strg", "Start")).toBe(4);
});

const VIRTIO = pciHardwareIds({
  vendor: 0x1af4,
  device: 0x1042,
  subsystemVendor: 0x1af4,
  subsystemDevice: 0x1100,
  revision: 1,
  classCode: 0x010000,
});
const VMD = pciHardwareIds({ vendor: 0x8086, device: 0xa77f, classCode: 0x010400 });

test("since Windows 8 a driver is bound to its devices in the driver database", async () => {
  const { problems } = await made({ release: "11" }, { drivers: [drivers], hardware: { devices: [VIRTIO] } });
  expect(problems).toEqual([]);
  const key = (path: string) => hive("SYSTEM").find(path);
  const label = "viostor.inf_amd64_0000000000000000";
  const id = "PCI\\VEN_1AF4&DEV_1042&SUBSYS_11001AF4&REV_01";
  const service = key("ControlSet001\\Services\\viostor");
  expect(["Type", "Start", "ErrorControl"].map((name) => service?.value(name)?.number)).toEqual([1, 0, 1]);
  expect(service?.value("Group")?.text).toBe("SCSI miniport");
  expect(service?.value("ImagePath")).toMatchObject({ type: 2, text: "system32\\drivers\\viostor.sys" });
  expect(service?.find("Parameters\\PnpInterface")?.value("5")?.number).toBe(1);
  const inf = key("DriverDatabase\\DriverInfFiles\\viostor.inf");
  expect(inf?.value("")?.texts).toEqual([label]);
  expect(inf?.value("Active")?.text).toBe(label);
  expect(inf?.value("Configurations")?.texts).toEqual(["block_inst"]);
  expect([...(key(`DriverDatabase\\DeviceIds\\${id}`)?.value("viostor.inf")?.bytes ?? [])]).toEqual([1, 0xff, 0, 0]);
  const known = key(`DriverDatabase\\DriverPackages\\${label}`);
  expect(Buffer.from(known?.value("Version")?.bytes ?? []).toString("hex")).toBe(
    `00ff090000000000${"7be9364d25e3ce11bfc108002be10318"}${"00".repeat(24)}`,
  );
  expect(known?.find("Configurations\\block_inst")?.value("ConfigFlags")?.number).toBe(0);
  expect(known?.find("Configurations\\block_inst")?.value("Service")?.text).toBe("viostor");
  expect(known?.find(`Descriptors\\${id}`)?.value("Configuration")?.text).toBe("block_inst");
  expect(file("Windows/System32/drivers/viostor.sys")).toEqual(stubDriver({ architecture: "amd64", signed: true }));
  // Only what this machine has: neither the other model, nor other packages.
  expect(key("DriverDatabase\\DeviceIds\\PCI\\VEN_1AF4&DEV_1001&SUBSYS_00021AF4&REV_00")).toBeUndefined();
  expect(key("ControlSet001\\Services\\iaStorVD")).toBeUndefined();
});

test("up to Windows 7 it is bound in the database of critical devices", async () => {
  await made({ release: "7" }, { drivers: [drivers] });
  const id = "PCI#VEN_1AF4&DEV_1001";
  for (const set of ["ControlSet001", "ControlSet002"]) {
    const bound = hive("SYSTEM").find(`${set}\\Control\\CriticalDeviceDatabase\\${id}`);
    expect(bound?.value("Service")?.text).toBe("viostor");
    expect(bound?.value("ClassGUID")?.text).toBe("{4D36E97B-E325-11CE-BFC1-08002BE10318}");
  }
  expect(hive("SYSTEM").find("DriverDatabase")).toBeUndefined();
});

test("of a machine that is not known, all disk drivers are put in; the others wait for the first start", async () => {
  await made({ release: "10" }, { drivers: [drivers] });
  const services = ["viostor", "iaStorVD", "card", "iaStorHelper"];
  expect(services.map((name) => dwordOf(`ControlSet001\\Services\\${name}`, "Start"))).toEqual([
    0,
    0,
    undefined,
    undefined,
  ]);
  for (const path of ["net/net.inf", "net/card.sys", "viostor/viostor.cat", "iaStorVD/x64/tools/iaStorHelper.dll"])
    expect(file(`Lifeboat/Drivers/${path}`).length).toBeGreaterThan(0);
  const path = hive("SOFTWARE").find("Microsoft\\Windows\\CurrentVersion")?.value("DevicePath");
  expect(path).toMatchObject({
    type: 2,
    text: expect.stringMatching(/^%SystemRoot%\\inf;C:\\Lifeboat\\Drivers\\net;/),
  });
  const first = hive("SYSTEM").find("ControlSet001\\Services\\LifeboatFirstStart");
  expect(first?.value("ImagePath")?.text).toContain('/c "C:\\Lifeboat\\first-start.cmd"');
  expect(first?.value("Start")?.number).toBe(2);
  expect(file("Lifeboat/first-start.cmd").toString()).toContain(
    'pnputil.exe /add-driver "C:\\Lifeboat\\Drivers\\*.inf" /subdirs /install',
  );
});

test("a driver that would not load is not put in, and why", async () => {
  const sys = join(drivers, "virtual-disk/amd64/VioStor.sys");
  const refused = async (content: Uint8Array | undefined) => {
    rmSync(sys, { force: true });
    if (content) writeFileSync(sys, content);
    const { problems, changes } = await plan({
      drivers: [join(drivers, "virtual-disk/amd64")],
      hardware: { devices: [VIRTIO] },
    });
    expect(changes.some((change) => change.op === "write" && /drivers\/viostor/.test(change.path))).toBe(false);
    return problems.map(({ text }) => text).join();
  };
  writeWindowsTree(root, { release: "11" });
  expect(await refused(stubDriver({ architecture: "amd64" }))).toMatch(/no signature in itself/);
  expect(await refused(stubDriver({ architecture: "x86", signed: true }))).toMatch(
    /is for x86, and this Windows is amd64/,
  );
  expect(await refused(Buffer.from("MZ"))).toMatch(/no program for Windows/);
  expect(await refused(undefined)).toMatch(/not in the folder.*CONTROLLER|no driver for the disk controller/s);
});

test("a disk controller that nothing drives is said before, one with a driver is not", async () => {
  writeWindowsTree(root, { release: "11" });
  const ahci = pciHardwareIds({ vendor: 0x8086, device: 0xa352, classCode: 0x010601 });
  const network = pciHardwareIds({ vendor: 0x8086, device: 0x10d3, classCode: 0x020000 });
  const { problems } = await plan({ hardware: { devices: [VMD, ahci, network] } });
  expect(problems.map(({ code, text }) => [code, text.includes("DEV_A77F")])).toEqual([
    ["CONTROLLER_WITHOUT_DRIVER", true],
  ]);
  expect((await plan({ hardware: { devices: [VMD] }, drivers: [drivers] })).problems).toEqual([]);
  // As Linux tells of a device: without its revision.
  const plain = pciHardwareIds({
    vendor: 0x1af4,
    device: 0x1042,
    subsystemVendor: 0x1af4,
    subsystemDevice: 0x1100,
    classCode: 0x010000,
  });
  expect((await plan({ hardware: { devices: [plain] } })).problems).toHaveLength(1);
  const given = await plan({ hardware: { devices: [plain] }, drivers: [drivers] });
  expect(given.problems).toEqual([]);
  expect(given.registry.some(({ edit }) => edit.key.endsWith("Services\\viostor"))).toBe(true);
});

test("a second plan finds nothing to do", async () => {
  await made({ release: "10" }, { drivers: [drivers], place: GPT_DATA });
  expect((await plan({ drivers: [drivers], place: GPT_DATA, time: "again" })).changes).toEqual([]);
});

const UNDO = "/Lifeboat/Undo";

test("it is taken back byte for byte, and not over a Windows that has run since", async () => {
  writeWindowsTree(root, { release: "10", writer: "own" });
  writeFileSync(join(root, CONFIG, "SYSTEM.LOG1"), "an old log");
  const names = ["SYSTEM", "SOFTWARE", "SYSTEM.LOG1"].map((name) => `${CONFIG}/${name}`);
  const before = names.map(file);
  await apply(await plan({ drivers: [drivers], time: "2026-now" }));
  expect(file(names[2] as string).length).toBe(0);
  expect(file(`Lifeboat/Undo/2026-now/${names[0]}`)).toEqual(before[0]);
  expect(await undoTimes(tree(), UNDO)).toEqual(["2026-now"]);
  const back = await undoChanges(tree(), `${UNDO}/2026-now`);
  expect(back?.changed).toEqual([]);
  await apply({ changes: back?.changes ?? [], keepIn: `${UNDO}/2026-back` });
  expect(names.map(file)).toEqual(before);
  expect(() => file("Windows/System32/drivers/viostor.sys")).toThrow("ENOENT");
  expect(() => file("Lifeboat/first-start.cmd")).toThrow("ENOENT");
  expect(await undoChanges(tree(), `${UNDO}/2026-now`)).toEqual({ changes: [], changed: [], lost: [] });
  expect(await undoTimes(tree(), UNDO)).toEqual(["2026-now"]);

  await apply(await plan({ time: "2026-then" }));
  const written = file(names[0] as string);
  writeFileSync(join(root, names[0] as string), Buffer.concat([written, Buffer.alloc(4096)]));
  const changed = async () => (await undoChanges(tree(), `${UNDO}/2026-then`))?.changed;
  expect(await changed()).toEqual(["/Windows/System32/config/SYSTEM"]);
  expect((await undoChanges(tree(), `${UNDO}/2026-then`))?.changes).toHaveLength(2);
  // Windows notes its changes beside a hive first: then the hive itself may still be as it was written.
  writeFileSync(join(root, names[0] as string), written);
  expect(await changed()).toEqual([]);
  writeFileSync(join(root, CONFIG, "SYSTEM.LOG2"), "noted by Windows");
  expect(await changed()).toEqual(["/Windows/System32/config/SYSTEM.LOG2"]);
  expect(await undoChanges(tree(), `${UNDO}/never`)).toBeUndefined();
});

test("a damaged hive is an error with a code, and nothing is planned", async () => {
  writeWindowsTree(root, { release: "10" });
  const path = join(root, CONFIG, "SYSTEM");
  const sound = file(`${CONFIG}/SYSTEM`);
  const damaged = async (change: (bytes: Buffer) => void) => {
    const bytes = Buffer.from(sound);
    change(bytes);
    writeFileSync(path, bytes);
    return await plan().then(
      () => "planned",
      (error: { code?: string }) => error.code,
    );
  };
  expect(await damaged((bytes) => bytes.fill(0xee, 4096 + 32, 4096 + 600))).toBe("HIVE_DAMAGED");
  expect(await damaged((bytes) => bytes.writeUInt32LE(7, 4))).toBe("HIVE_DIRTY");
  expect(await damaged((bytes) => bytes.fill(0, 0, 4))).toBe("NOT_A_HIVE");
  rmSync(path);
  await expect(plan()).rejects.toMatchObject({ code: "WINDOWS_UNKNOWN" });
});

test("a hibernated session is only discarded when that is agreed", async () => {
  writeWindowsTree(root, { release: "10" });
  writeFileSync(join(root, "hiberfil.sys"), "HIBR");
  truncateSync(join(root, "hiberfil.sys"), 1 << 20);
  const kept = await plan();
  expect([kept.windows.hibernation, codes(kept.problems)]).toEqual(["hibernated", ["HIBERNATED"]]);
  expect([kept.changes, kept.registry]).toEqual([[], []]);
  await apply(await plan({ discardHibernation: true }));
  expect(() => file("hiberfil.sys")).toThrow("ENOENT");
  expect(() => file("Lifeboat/Undo/now/hiberfil.sys")).toThrow("ENOENT");
});

test("a new identity: names, GUIDs, and what is said of the rest", async () => {
  const guid = "12345678-1234-4234-8234-123456789abc";
  const { notes, registry } = await made(
    {
      release: "10",
      more: {
        system: [
          ["ControlSet001\\Services\\Netlogon", "Start", { dword: 2 }],
          ["ControlSet001\\Services\\Tcpip\\Parameters", "NV Domain", { text: "corp.example" }],
        ],
      },
    },
    {
      universal: false,
      more: (all, windows) => changeWindowsIdentity(all, windows, { computerName: "Desk-7", machineGuid: guid }),
    },
  );
  const system = (key: string, name: string) => hive("SYSTEM").find(`ControlSet001\\${key}`)?.value(name)?.text;
  expect(system("Control\\ComputerName\\ComputerName", "ComputerName")).toBe("DESK-7");
  expect(system("Services\\Tcpip\\Parameters", "NV Hostname")).toBe("Desk-7");
  expect(system("Services\\Tcpip\\Parameters", "Hostname")).toBe("Desk-7");
  expect(hive("SYSTEM").find("ControlSet001\\Control\\ComputerName\\ActiveComputerName")).toBeUndefined();
  expect(hive("SYSTEM").find("ControlSet001\\Services\\Tcpip6\\Parameters")?.value("Dhcpv6DUID")).toBeUndefined();
  const software = (key: string, name: string) => hive("SOFTWARE").find(`Microsoft\\${key}`)?.value(name)?.text;
  expect(software("Cryptography", "MachineGuid")).toBe(guid);
  expect(software("SchedulingAgent", "OldName")).toBe("DESK-7");
  expect(software("Windows\\CurrentVersion\\WindowsUpdate", "SusClientId")).toBeUndefined();
  expect(notes.map(({ code }) => code)).toEqual(["DOMAIN_MEMBER", "SID_KEPT", "FIXED_ADDRESS"]);
  expect(notes[0]?.text).toContain("corp.example");
  expect(registry.some(({ edit }) => edit.key.includes("storahci"))).toBe(false);
});

test.each(["", "12345", "a name", "sixteen-letters-", "-x", "x-", "ümlaut"])("%j is no name", async (computerName) => {
  writeWindowsTree(root, { release: "10" });
  const more: WindowsUniversalOptions["more"] = (all, windows) => changeWindowsIdentity(all, windows, { computerName });
  await expect(plan({ more })).rejects.toMatchObject({ code: "REQUEST_INVALID" });
});

test("a set-up that waits, BitLocker and page files elsewhere are said", async () => {
  writeWindowsTree(root, { release: "10", more: { system: [["Setup", "CmdLine", { text: "oobe\\windeploy.exe" }]] } });
  const system = windowsSystem(root);
  const locked = { ...system, volumes: system.volumes.map((one) => ({ ...one, filesystem: "BitLocker" })) };
  const planned = await planWindowsUniversal(locked, tree(), { time: "now", drivers: [drivers] });
  expect(codes(planned.notes)).toEqual(["PAGE_FILE_LOST", "BITLOCKER", "SETUP_PENDING", "ACTIVATION"]);
  await apply(planned);
  expect(hive("SYSTEM").find("Setup")?.value("CmdLine")?.text).toBe("oobe\\windeploy.exe");
});
