import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WinpeReport } from "#mediabuilder/winpe/winpe-options.ts";
import { writeDriverPackages } from "#test/fixtures/windows/driver-packages.ts";
import { BOOT_WIM } from "#test/fixtures/windows/make-wim.ts";
import { runTool } from "../../fixtures/run-tool.ts";
import { exportHive, openBench, type WinpeBench, wimFile, wimPaths } from "./winpe-bench.ts";

/** One build of all three kinds, from a boot.wim that has all that a medium needs; every check is by another program. */
let bench: WinpeBench;
let report: WinpeReport;
let wim: string;
let before: string;
const sha256 = async (path: string) =>
  createHash("sha256")
    .update(await readFile(path))
    .digest("hex");

beforeAll(async () => {
  bench = await openBench();
  wim = bench.wim("boot.wim", BOOT_WIM);
  before = await sha256(wim);
  writeDriverPackages(bench.path("drivers"));
  await writeFile(bench.path("wimboot"), "wimboot");
  const outputs = { iso: bench.path("pe.iso"), usb: bench.path("pe.img"), pxe: bench.path("pxe") };
  const given = { wim, drivers: [bench.path("drivers")], wimboot: bench.path("wimboot"), scratchMb: 256 } as const;
  report = await bench.build({ ...outputs, ...given });
});
afterAll(() => bench[Symbol.asyncDispose]());

test("the image that was taken is the bare one, and the WIM that was given is as it was", async () => {
  expect(report.image).toMatchObject({ index: 1, kind: "Windows PE", build: 19045 });
  expect(report.image.why).toContain("2 is Windows Setup");
  expect(report.outputs.map(({ kind, firmware }) => [kind, firmware])).toEqual(
    ["iso", "usb", "pxe"].map((kind) => [kind, ["bios", "uefi"]]),
  );
  expect(await sha256(wim)).toBe(before);
});

describe("the WIM", () => {
  const made = () => bench.path("pxe/boot.wim");

  test("is whole, has one image and starts it", async () => {
    await runTool("wimlib-imagex", ["verify", made()]);
    const { stdout } = await runTool("wimlib-imagex", ["info", made()]);
    expect(stdout).toMatch(/Image Count:\s+1\n/);
    expect(stdout).toMatch(/Boot Index:\s+1\n/);
    expect(stdout).toMatch(/Compression:\s+LZX\nChunk Size:\s+32768 bytes/);
  });

  test("has the programs, and no folder twice", async () => {
    const paths = await wimPaths(made());
    for (const name of ["node.exe", "lifeboat.js", "engine-worker.js", "rescue-server.js", "lifeboat.cmd", "ui/app.js"])
      expect(paths).toContain(`/Lifeboat/${name}`);
    const low = paths.map((path) => path.toLowerCase());
    expect(new Set(low).size).toBe(low.length);
  });

  test("starts the network, the drivers, then Lifeboat", async () => {
    expect(await wimFile(made(), "/Windows/System32/winpeshl.ini")).toMatch(
      /^\[LaunchApps\]\r\n%SYSTEMROOT%\\System32\\cmd\.exe, \/k "%SYSTEMROOT%\\System32\\startnet\.cmd"\r\n$/,
    );
    const startnet = await wimFile(made(), "/Windows/System32/startnet.cmd");
    expect(startnet).toMatch(/\r\nwpeinit\r\n.*drvload.*\r\n[\s\S]*serve\.cmd"\r\n$/);
    expect(startnet.replaceAll("\r\n", "")).not.toContain("\n");
  });

  test("has the drivers as packages, and those of disks in its registry", async () => {
    const paths = await wimPaths(made());
    for (const path of ["viostor/viostor.inf", "viostor/VioStor.sys", "viostor/viostor.cat", "net/card.sys"])
      expect(paths).toContain(`/Lifeboat/Drivers/${path}`);
    expect(paths).toContain("/Windows/System32/drivers/viostor.sys");
    expect(report.drivers.map(({ inf, loaded }) => [inf, loaded])).toEqual(
      expect.arrayContaining([
        ["viostor.inf", "boot"],
        ["net.inf", "start"],
      ]),
    );
    await runTool("wimlib-imagex", [
      "extract",
      made(),
      "1",
      "/Windows/System32/config/SYSTEM",
      `--dest-dir=${bench.path(".")}`,
    ]);
    const service = await exportHive(bench.path("SYSTEM"), "\\ControlSet001\\Services\\viostor");
    expect(service).toContain('"Start"=dword:00000000');
    const ids = await exportHive(bench.path("SYSTEM"), "\\DriverDatabase\\DeviceIds\\PCI");
    expect(ids).toMatch(/VEN_1AF4&DEV_1042[\s\S]*"viostor\.inf"=hex/);
    expect(await exportHive(bench.path("SYSTEM"), "\\ControlSet001\\Services\\FBWF")).toContain(
      '"WinPECacheThreshold"=dword:00000100',
    );
    expect(await exportHive(bench.path("SYSTEM"), "\\Setup")).toMatch(/"CmdLine"=.*winpeshl\.exe/);
  });
});

describe("boot configuration", () => {
  const stores = {
    bios: { hive: () => bench.path("bcd-bios"), loader: "\\Windows\\System32\\boot\\winload.exe", on: "/boot/bcd" },
    uefi: {
      hive: () => bench.path("bcd-uefi"),
      loader: "\\Windows\\System32\\boot\\winload.efi",
      on: "/efi/microsoft/boot/bcd",
    },
  };

  test.each(["bios", "uefi"] as const)(
    "of %s: hivex reads one entry, from a RAM disk of the medium",
    async (firmware) => {
      const { hive, loader, on } = stores[firmware];
      await runTool("xorriso", ["-osirrox", "on", "-indev", bench.path("pe.iso"), "-extract", on, hive()]);
      const text = await exportHive(hive(), "\\Objects");
      expect(text.match(/"Type"=dword:10200003/g)).toHaveLength(1);
      expect(text).toContain(`"${loader}"`);
      const device = /Elements\\11000001\]\n"Element"=hex\(3\):([\da-f,]+)/.exec(text)?.[1] ?? "";
      const bytes = Buffer.from(device.replaceAll(",", ""), "hex");
      // {ae5534e0-a924-466c-b836-758539a3ee3a}, the options that name boot.sdi; a file; on the device that was started from.
      expect(bytes.toString("hex", 0, 16)).toBe("e03455ae24a96c46b836758539a3ee3a");
      expect(bytes.toString("utf16le").replaceAll("\0", "")).toContain("\\sources\\boot.wim");
      expect(text).toMatch(
        /\\\{ae5534e0-a924-466c-b836-758539a3ee3a\}\\Elements\\32000004\]\n"Element"=str\(1\):"\\boot\\boot\.sdi"/,
      );
      expect(text).toMatch(/Elements\\26000022\]\n"Element"=hex\(3\):01/);
    },
  );
});

test("the ISO has an El Torito entry for each firmware, and names as the boot manager looks for them", async () => {
  const { stdout } = await runTool("xorriso", ["-indev", bench.path("pe.iso"), "-report_el_torito", "plain"]);
  expect(stdout).toMatch(/boot img :\s+1\s+BIOS\s+y\s+none\s+0x0000\s+0x00\s+8\s/);
  expect(stdout).toMatch(/boot img :\s+2\s+UEFI\s+y\s+none/);
  expect(stdout).toMatch(
    /img path :\s+1\s+\/boot\/etfsboot\.com\n.*img path :\s+2\s+\/efi\/microsoft\/boot\/efisys\.bin/,
  );
  const plain = await runTool("isoinfo", ["-f", "-i", bench.path("pe.iso")]);
  for (const name of [
    "/BOOTMGR",
    "/BOOT/BCD",
    "/BOOT/BOOT.SDI",
    "/EFI/BOOT/BOOTX64.EFI",
    "/EFI/MICROSOFT/BOOT/BCD",
    "/SOURCES/BOOT.WIM",
  ])
    expect(plain.stdout).toContain(`${name}\n`);
  const image = bench.path("efisys");
  const args = ["-extract", "/efi/microsoft/boot/efisys.bin", image];
  await runTool("xorriso", ["-osirrox", "on", "-indev", bench.path("pe.iso"), ...args]);
  expect((await readFile(image))[0]).toBe(0xf9); // the one that asks for no key
});

test("the stick has one active FAT32 partition, sound, with the same files", async () => {
  const { stdout } = await runTool("sfdisk", ["--dump", bench.path("pe.img")]);
  expect(stdout).toMatch(/label: dos\n/);
  expect(stdout.match(/start=.*type=c, bootable/g)).toHaveLength(1);
  const fat = bench.path("fat.img");
  await runTool("dd", [`if=${bench.path("pe.img")}`, `of=${fat}`, "bs=1M", "skip=1", "status=none"]);
  await runTool("fsck.vfat", ["-n", fat]);
  const listing = (await runTool("mdir", ["-i", fat, "-s", "-b", "::"])).stdout.toLowerCase();
  for (const name of [
    "bootmgr",
    "boot/bcd",
    "boot/boot.sdi",
    "efi/boot/bootx64.efi",
    "efi/microsoft/boot/bcd",
    "sources/boot.wim",
  ])
    expect(listing).toContain(`::/${name}\n`);
  await runTool("mcopy", ["-i", fat, "::/sources/boot.wim", bench.path("copied.wim")]);
  expect(await sha256(bench.path("copied.wim"))).toBe(await sha256(bench.path("pxe/boot.wim")));
});

test("the folder for the network has what its script asks for", async () => {
  const script = await readFile(bench.path("pxe/boot.ipxe"), "utf8");
  expect(script.startsWith("#!ipxe\n")).toBe(true);
  const names = [...script.matchAll(/(?:kernel|--name \S+) (\S+)/g)].map(([, name]) => name as string);
  expect(names).toEqual(["wimboot", "bootmgr", "bootx64.efi", "BCD", "boot.sdi", "boot.wim"]);
  for (const name of names) expect((await readFile(bench.path(`pxe/${name}`))).length, name).toBeGreaterThan(0);
});
