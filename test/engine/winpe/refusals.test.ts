import { execFileSync } from "node:child_process";
import { copyFile, mkdir, open, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BOOT_WIM, type WimDesign } from "#test/fixtures/windows/make-wim.ts";
import { runTool } from "../../fixtures/run-tool.ts";
import { full } from "../../sample.ts";
import { openBench, type WinpeBench } from "./winpe-bench.ts";

/** What cannot become a medium is refused by name, before anything is written. */
let bench: WinpeBench;
const PE: WimDesign = { kind: "pe", name: "PE", hasMediaFiles: true };
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench[Symbol.asyncDispose]());

const iso = () => bench.path("never.iso");
const refused = (wim: string, more = {}) => bench.build({ wim, iso: iso(), ...more });

test("what is no WIM: another file, an empty one, a part of a split one, none at all", async () => {
  const [text, empty, whole] = [bench.path("text.wim"), bench.path("empty.wim"), bench.wim("whole.wim", [PE])];
  await writeFile(text, "MZ".repeat(1000));
  await writeFile(empty, "");
  await runTool("wimlib-imagex", ["split", whole, bench.path("part.swm"), "0.002"]);
  for (const [path, problem] of [
    [text, "does not begin as a WIM"],
    [empty, "0 bytes"],
    [bench.path("part2.swm"), "part 2 of"],
  ] as const)
    await expect(refused(path), path).rejects.toMatchObject({
      code: "WIM_INVALID",
      message: expect.stringContaining(problem),
    });
  await expect(refused(bench.path("none.wim"))).rejects.toMatchObject({ code: "OPEN_FAILED" });
});

test("a WIM that is damaged in its files, in its tables, or cut off", async () => {
  const whole = bench.wim("sound.wim", [PE]);
  const bytes = await readFile(whole);
  const places = { "data.wim": 4000, "lookup.wim": bytes.length - 9000 };
  for (const [name, place] of Object.entries(places)) {
    await copyFile(whole, bench.path(name));
    await using file = await open(bench.path(name), "r+");
    await file.write(Buffer.alloc(64, 0x55), 0, 64, place);
  }
  await copyFile(whole, bench.path("cut.wim"));
  await truncate(bench.path("cut.wim"), bytes.length >> 1);
  for (const name of [...Object.keys(places), "cut.wim"])
    await expect(refused(bench.path(name)), name).rejects.toMatchObject({ code: "WIM_DAMAGED" });
});

test("an image that is not there, and images that are no Windows PE", async () => {
  const wim = bench.wim("two.wim", BOOT_WIM);
  await expect(refused(wim, { index: 3 })).rejects.toMatchObject({
    code: "WIM_NO_IMAGE",
    message: expect.stringContaining("1 (Microsoft Windows PE (amd64)), 2 (Microsoft Windows Setup (amd64))"),
  });
  const install = bench.wim("install.wim", [{ ...PE, name: "Windows 11 Pro", without: ["winpeshl.exe"] }]);
  await expect(refused(install)).rejects.toMatchObject({ code: "WINPE_NO_PE" });
});

test("a Windows PE for ARM64", async () => {
  const wim = bench.wim("arm64.wim", [{ ...PE, architecture: "arm64" }]);
  await expect(refused(wim)).rejects.toMatchObject({ code: "WINPE_WRONG_MACHINE", details: { architecture: "arm64" } });
});

test("libraries that node.exe needs are named, also those that they need themselves", async () => {
  const without = ["dbghelp.dll", "combase.dll", "apisetschema.dll"];
  const wim = bench.wim("trimmed.wim", [{ ...PE, without }]);
  await expect(refused(wim)).rejects.toMatchObject({
    code: "WINPE_LIBRARY_MISSING",
    details: {
      libraries:
        "dbghelp.dll (needed by node.exe) is not there, combase.dll (needed by ole32.dll) is not there, apisetschema.dll (needed by node.exe) is not there",
    },
  });
});

test("a medium that nothing could start, with what is missing", async () => {
  const bare = bench.wim("bare.wim", [{ kind: "pe", name: "PE" }]);
  await expect(refused(bare)).rejects.toMatchObject({
    code: "WINPE_MEDIA_MISSING",
    message: expect.stringMatching(/boot\.sdi.*etfsboot\.com.*efisys\.bin/),
  });
});

describe("outputs", () => {
  test("that are somebody's are left alone", async () => {
    const wim = bench.wim("fine.wim", [PE]);
    await mkdir(bench.path("folder"));
    for (const name of ["mine.iso", "mine.img", "folder/file"]) await writeFile(bench.path(name), "x".repeat(40_000));
    for (const outputs of [
      { iso: bench.path("mine.iso") },
      { usb: bench.path("mine.img") },
      { pxe: bench.path("folder") },
    ])
      await expect(bench.build({ wim, ...outputs })).rejects.toMatchObject({ code: "FILE_EXISTS" });
    await expect(bench.build({ wim })).rejects.toMatchObject({ code: "USAGE" });
  });

  full("are not begun when there is no room, and nothing is left when it runs out", async () => {
    const wim = bench.wim("roomy.wim", [PE]);
    const folder = bench.path("small");
    await mkdir(folder);
    // Room for the folder of the network, but not for what an ISO takes beside it.
    await runTool("mount", ["-t", "tmpfs", "-o", "size=100m", "none", folder]);
    try {
      const both = { iso: `${folder}/pe.iso`, pxe: `${folder}/pxe` };
      await expect(bench.build({ wim, ...both })).rejects.toMatchObject({ code: "WINPE_NO_ROOM", details: { folder } });
      await runTool("mount", ["-o", "remount,size=400m", folder]);
      const fill = () => execFileSync("sh", ["-c", `head -c 500M /dev/zero > ${folder}/ballast`], { stdio: "ignore" });
      const hook = (line: string) => {
        if (line === "iso: writing") expect(fill).toThrow();
      };
      await expect(bench.build({ wim, iso: both.iso, log: hook })).rejects.toMatchObject({ code: "WINPE_NO_ROOM" });
      expect(await readdir(folder)).toEqual(["ballast"]);
    } finally {
      await runTool("umount", [folder]);
    }
  });
});

test("nothing was written by any of them", async () => {
  const names = await readdir(bench.path("."));
  expect(names.filter((name) => name.startsWith("never"))).toEqual([]);
  await rm(bench.path("folder"), { recursive: true });
});
