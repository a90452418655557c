import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, open, readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WORK_DIR } from "#mediabuilder/build-parts.ts";
import { attachLoop } from "../../fixtures/loop-device.ts";
import { runTool } from "../../fixtures/run-tool.ts";
import { full } from "../../sample.ts";
import { openBench, type WinpeBench } from "./winpe-bench.ts";

/** `lifeboat media winpe` as a user calls it. */
const MIB = 1 << 20;
const SIZE = 400 * MIB;
let bench: WinpeBench;
let wim: string;
beforeAll(async () => {
  bench = await openBench();
  wim = bench.wim("boot.wim", [{ kind: "pe", name: "Microsoft Windows PE (amd64)", hasMediaFiles: true }]);
});
afterAll(() => bench[Symbol.asyncDispose]());

function winpe(...args: readonly string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const env = { ...process.env, LIFEBOAT_STATE: bench.path("state") };
  return new Promise((resolve) => {
    execFile("./lifeboat", ["media", "winpe", ...args], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ status: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

const errorOf = (stderr: string) => JSON.parse(stderr.trim().split("\n").at(-1) ?? "").error as { code: string };

/** SHA-256 of a part of a disk. */
async function hashOf(path: string, start: number, length: number): Promise<string> {
  await using file = await open(path);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
  return createHash("sha256").update(buffer).digest("hex");
}

test("says what is wrong with what it is given, each with a code, and writes nothing", async () => {
  const iso = bench.path("x.iso");
  const cases = [
    [["--wim", wim], "USAGE"],
    [["--iso", iso], "USAGE"],
    [["--wim", wim, "--iso", iso, "--scratch", "100"], "USAGE"],
    [["--wim", wim, "--iso", iso, "--index", "0"], "USAGE"],
    [["--wim", wim, "--iso", iso, "--index", "9"], "WIM_NO_IMAGE"],
    [["--wim", wim, "--iso", iso, "--wimboot", wim], "USAGE"],
    [["--wim", bench.path("none"), "--iso", iso], "OPEN_FAILED"],
    [["--wim", wim, "--iso", bench.path("no/folder.iso")], "OPEN_FAILED"],
  ] as const;
  for (const [args, code] of cases) {
    const { status, stderr } = await winpe(...args, "--json");
    expect([status === 0, errorOf(stderr).code], args.join(" ")).toEqual([false, code]);
  }
  expect((await readdir(bench.path("."))).sort()).toEqual(["boot.wim"]);
});

test("a dry run says what would be made, of what, and writes nothing", async () => {
  const { status, stdout } = await winpe("--wim", wim, "--iso", bench.path("y.iso"), "--dry-run", "--json");
  expect(status).toBe(0);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({
    image: { index: 1, kind: "Windows PE" },
    outputs: [{ kind: "iso", firmware: ["bios", "uefi"] }],
  });
  expect(report.outputs[0].bytes).toBeUndefined();
  expect(await readdir(bench.path("."))).not.toContain("y.iso");
});

full("a stick is written when it is named, keeps what lies behind, and what was on it comes back", async () => {
  const file = bench.path("stick");
  await runTool("truncate", ["-s", String(SIZE), file]);
  await runTool("sfdisk", ["--quiet", file], { input: "label: gpt\nsize=50M\n" });
  await using content = await open(file, "r+");
  await content.write(Buffer.alloc(MIB, 0x5a), 0, MIB, 380 * MIB);
  await content.sync();
  const before = [await hashOf(file, 0, 440), await hashOf(file, 512, 33 * 512)];
  await mkdir(bench.path("state"));
  await using loop = await attachLoop(file);

  const refused = await winpe("--wim", wim, "--usb", loop.path, "--json");
  expect(errorOf(refused.stderr).code).toBe("CONFIRMATION_MISSING");
  const wrong = await winpe("--wim", wim, "--usb", loop.path, "--yes-erase", "another", "--json");
  expect(errorOf(wrong.stderr).code).toBe("CONFIRM_MISMATCH");
  expect([await hashOf(file, 0, 440), await hashOf(file, 512, 33 * 512)]).toEqual(before);

  const id = `dev-${loop.path.replace("/dev/", "")}`;
  const { status, stdout, stderr } = await winpe("--wim", wim, "--usb", loop.path, "--yes-erase", id, "--json");
  expect(status, stderr).toBe(0);
  const report = JSON.parse(stdout);
  expect([report.outputs[0].path, report.stick.targetVerified]).toEqual([loop.path, true]);
  expect((await runTool("sfdisk", ["--dump", loop.path])).stdout).toMatch(/label: dos[\s\S]*type=c, bootable/);
  const fat = bench.path("fat.img");
  await runTool("dd", [`if=${loop.path}`, `of=${fat}`, "bs=1M", "skip=1", "count=300", "status=none"]);
  await runTool("fsck.vfat", ["-n", fat]);
  await runTool("mcopy", ["-i", fat, "::/sources/boot.wim", bench.path("stick.wim")]);
  await runTool("wimlib-imagex", ["verify", bench.path("stick.wim")]);
  // GRUB's code is in sector 0; what is behind the partition is as it was.
  expect(await hashOf(loop.path, 0, 440)).not.toBe(before[0]);
  expect(await hashOf(loop.path, 380 * MIB, MIB)).toBe(
    createHash("sha256").update(Buffer.alloc(MIB, 0x5a)).digest("hex"),
  );
  expect((await readdir(WORK_DIR)).filter((name) => name.includes("unfinished"))).toEqual([]);

  const undo = (await readdir(bench.path("state/undo")))[0] as string;
  const env = { ...process.env, LIFEBOAT_STATE: bench.path("state") };
  await new Promise((resolve, reject) => {
    execFile("./lifeboat", ["undo", bench.path(`state/undo/${undo}`), "--yes-erase", id], { env }, (error, out, err) =>
      error ? reject(new Error(`${out}${err}`)) : resolve(out),
    );
  });
  expect([await hashOf(loop.path, 0, 440), await hashOf(loop.path, 512, 33 * 512)]).toEqual(before);
});
