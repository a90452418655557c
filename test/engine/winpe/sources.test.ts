import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WORK_DIR } from "#mediabuilder/build-parts.ts";
import { BOOT_WIM, type WimDesign } from "#test/fixtures/windows/make-wim.ts";
import { runTool } from "../../fixtures/run-tool.ts";
import { full } from "../../sample.ts";
import { openBench, type WinpeBench, wimFile } from "./winpe-bench.ts";

/** Where boot files and WIMs come from. */
let bench: WinpeBench;
const BARE: WimDesign = { kind: "pe", name: "Microsoft Windows PE (amd64)" };
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(bench.path(path)), { recursive: true });
    await writeFile(bench.path(path), content);
  }
}

test("a Windows ISO, which is UDF and shows nothing to who reads ISO 9660 only", async () => {
  await put({
    "disc/bootmgr": "bootmgr",
    "disc/bootmgr.efi": "bootmgr.efi",
    "disc/boot/bcd": "a store of another Windows",
    "disc/boot/boot.sdi": "sdi",
    "disc/boot/bootfix.bin": "asks for a key",
    "disc/boot/etfsboot.com": "e".repeat(4096),
    "disc/boot/fonts/wgl4_boot.ttf": "font",
    "disc/efi/boot/bootx64.efi": "bootx64",
    "disc/efi/microsoft/boot/bcd": "a store of another Windows",
    "disc/efi/microsoft/boot/efisys.bin": "f".repeat(4096),
    "disc/sources/install.wim": "all the rest",
  });
  bench.wim("disc/sources/boot.wim", [BARE, { ...BARE, kind: "setup", name: "Setup" }]);
  const windowsIso = bench.path("windows.iso");
  await runTool("genisoimage", [
    "-quiet",
    "-udf",
    "-hide",
    "*",
    "-iso-level",
    "3",
    "-o",
    windowsIso,
    bench.path("disc"),
  ]);
  expect((await runTool("isoinfo", ["-f", "-i", windowsIso])).stdout).not.toMatch(/boot/i);
  const report = await bench.build({ windowsIso, iso: bench.path("a.iso"), dryRun: true });
  expect(report.image).toMatchObject({ index: 1, kind: "Windows PE" });
  expect(report.media["boot.sdi"]).toBe(`/boot/boot.sdi of ${windowsIso}`);
  expect(report.outputs[0]?.firmware).toEqual(["bios", "uefi"]);
  expect(report.notes).toEqual([]);
  const index = await bench.build({ windowsIso, index: 2, iso: bench.path("a.iso"), dryRun: true });
  expect(index.image).toMatchObject({ index: 2, kind: "Windows Setup", why: "named by --index" });
  expect(await readdir(bench.path("."))).not.toContain("a.iso");

  await writeFile(bench.path("other.iso"), "x".repeat(100_000));
  await expect(bench.build({ windowsIso: bench.path("other.iso"), iso: bench.path("b.iso") })).rejects.toMatchObject({
    code: "WINDOWS_ISO_INVALID",
  });
});

test("a folder of copype's, with the boot sectors beside the medium", async () => {
  const wim = bench.wim("winpe.wim", [BARE]);
  await put({
    "copype/media/bootmgr": "bootmgr",
    "copype/media/Boot/boot.sdi": "sdi",
    "copype/media/EFI/Boot/bootx64.efi": "bootx64",
    "copype/fwfiles/etfsboot.com": "e".repeat(4096),
    "copype/fwfiles/efisys.bin": "f".repeat(4096),
  });
  for (const media of [bench.path("copype"), bench.path("copype/media")]) {
    const report = await bench.build({ wim, media, iso: bench.path("c.iso"), dryRun: true });
    expect(report.outputs[0]?.firmware).toEqual(["bios", "uefi"]);
    expect(report.media["efisys.bin"]).toBe(`/fwfiles/efisys.bin of ${media}`);
  }
});

test("a WIM alone: a stick for UEFI, and what is missing for a BIOS", async () => {
  const wim = bench.wim("alone.wim", [BARE]);
  await put({ "sdi/boot/boot.sdi": "sdi" });
  const media = bench.path("sdi");
  await expect(bench.build({ wim, media, iso: bench.path("d.iso"), dryRun: true })).rejects.toMatchObject({
    code: "WINPE_MEDIA_MISSING",
  });
  const report = await bench.build({ wim, media, usb: bench.path("d.img"), pxe: bench.path("d"), dryRun: true });
  expect(report.outputs.map(({ kind, firmware }) => [kind, firmware])).toEqual([
    ["usb", ["bios", "uefi"]],
    ["pxe", ["bios", "uefi"]],
  ]);
});

full(
  "WinRE and an ESD: its own menu is not what starts, and it is compressed so that a boot loader reads it",
  async () => {
    const wim = bench.wim(
      "winre.esd",
      [{ kind: "recovery", name: "Microsoft Windows Recovery", hasMediaFiles: true }],
      "LZMS",
    );
    const report = await bench.build({ wim, pxe: bench.path("re") });
    expect(report.image.kind).toBe("Windows RE");
    expect(report.notes.join()).toContain("compressed anew");
    const made = bench.path("re/boot.wim");
    expect((await runTool("wimlib-imagex", ["info", made])).stdout).toMatch(/Compression:\s+LZX\nChunk Size:\s+32768/);
    expect(await wimFile(made, "/Windows/System32/winpeshl.ini")).not.toContain("recenv");
  },
);

full("Setup's image starts Lifeboat and not Setup", async () => {
  const wim = bench.wim("setup.wim", BOOT_WIM);
  await bench.build({ wim, index: 2, pxe: bench.path("setup") });
  expect(await wimFile(bench.path("setup/boot.wim"), "/Windows/System32/winpeshl.ini")).toContain("startnet.cmd");
});

test("no build leaves anything in the work folder but its stages", async () => {
  // Another test may build in it at this time.
  const own = (name: string) => name.endsWith(`.unfinished-${process.pid}`);
  expect((await readdir(WORK_DIR)).filter(own)).toEqual([]);
});
