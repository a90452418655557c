import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { startWine, type WineMachine } from "#test/fixtures/windows/wine/wine-machine.ts";
import { runTool } from "../../fixtures/run-tool.ts";
import { FULL, full } from "../../sample.ts";

/**
 * The programs of a medium, run by node.exe of npm in Wine: the engine under Windows' file names, its threads, its zlib; and disks as
 * "\\.\PhysicalDriveN", which are files here. What Wine is not is Windows: docs/winpe.md.
 */
const MIB = 1 << 20;
const SIZE = 64 * MIB;
const DISK = (number: number) => `windows-PCIROOT-0-PCI-1F02-ATA-C0${number}T00L00`;
let wine: WineMachine;

beforeAll(async () => {
  if (!FULL) return;
  wine = await startWine([SIZE, SIZE]);
  await runTool("sfdisk", ["--quiet", wine.drive(0)], { input: "label: gpt\nsize=40M\n" });
  await runTool("mke2fs", [
    "-q",
    "-F",
    "-t",
    "ext4",
    "-d",
    import.meta.dirname,
    "-E",
    `offset=${MIB}`,
    wine.drive(0),
    "40M",
  ]);
});
afterAll(() => wine?.[Symbol.asyncDispose]());

/** What Lifeboat of this machine says of an image. */
const verified = async (image: string) => (await runTool("./lifeboat", ["image", "verify", image])).stdout;

describe("Lifeboat in Wine", () => {
  full("finds the disks and measures them by reading", async () => {
    const { status, stdout, stderr } = await wine.lifeboat("disk", "list", "--json");
    expect(status, stderr).toBe(0);
    const disks = JSON.parse(stdout) as { path: string; size: number; id: string; table: { type: string } }[];
    expect(disks.map(({ path, size, id, table }) => [path, size, id, table.type])).toEqual([
      ["\\\\.\\PhysicalDrive0", SIZE, DISK(0), "gpt"],
      ["\\\\.\\PhysicalDrive1", SIZE, DISK(1), "none"],
    ]);
  });

  full("captures one, off line meanwhile, and Linux finds the image intact", async () => {
    const { status, stderr } = await wine.lifeboat("capture", "\\\\.\\PhysicalDrive0", "--to", "C:\\disk.lbi");
    expect(status, stderr).toBe(0);
    expect(await verified(wine.path("disk.lbi"))).toContain("is intact");
    const log = await readFile(wine.path("diskpart.log"), "utf8");
    expect(log).toMatch(/select disk 0; offline disk noerr; detail disk\n(?:.*\n)*select disk 0; online disk noerr\n$/);
  });

  full("restores it to another one, which is then equal and sound", async () => {
    const args = ["restore", "C:\\disk.lbi", "--to", DISK(1)];
    const refused = await wine.lifeboat(...args);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("CONFIRMATION_MISSING")]);
    const { status, stderr } = await wine.lifeboat(...args, "--yes-erase", DISK(1));
    expect(status, stderr).toBe(0);
    const ids = async (number: number) =>
      (await runTool("sfdisk", ["--dump", wine.drive(number)])).stdout.replaceAll(wine.drive(number), "");
    expect(await ids(1)).toBe(await ids(0));
    await runTool("e2fsck", ["-fn", `${wine.drive(1)}?offset=${MIB}`]);
    await runTool("cmp", ["--ignore-initial", String(MIB), "--bytes", String(40 * MIB), wine.drive(0), wine.drive(1)]);
  });

  full("shows its pages to another computer, under TLS, with the code that it prints", async () => {
    const [, port, code = ""] = await wine.serve(/https:\/\/[\d.]+:(\d+)\/[\s\S]*\nCode: (\S+)/);
    const url = `https://127.0.0.1:${port}`;
    const curl = async (...args: string[]) => (await runTool("curl", ["--silent", "--insecure", ...args])).stdout;
    const jar = wine.path("jar");
    expect(await curl(`${url}/api/v1/disks`)).not.toContain("PhysicalDrive");
    const pair = [
      "--data",
      JSON.stringify({ code }),
      "--header",
      "Content-Type: application/json",
      "--header",
      `Origin: ${url}`,
    ];
    await curl("--cookie-jar", jar, ...pair, `${url}/api/v1/pair`);
    const disks = JSON.parse(await curl("--cookie", jar, `${url}/api/v1/disks`)) as { path: string }[];
    expect(disks.map(({ path }) => path)).toEqual(["\\\\.\\PhysicalDrive0", "\\\\.\\PhysicalDrive1"]);
    const images = JSON.parse(await curl("--cookie", jar, `${url}/api/v1/images`)) as { path: string }[];
    expect(images.map(({ path }) => path)).toContain("C:\\disk.lbi");
  });

  full("verifies an image of Linux, and names one that is damaged", async () => {
    await runTool("./lifeboat", ["capture", wine.drive(0), "--to", wine.path("linux.lbi")]);
    expect((await wine.lifeboat("image", "verify", "C:\\linux.lbi")).stdout).toContain("is intact");
    await runTool("dd", [
      "if=/dev/zero",
      `of=${wine.path("linux.lbi")}`,
      "bs=64",
      "seek=100",
      "count=1",
      "conv=notrunc",
    ]);
    const damaged = await wine.lifeboat("image", "verify", "C:\\linux.lbi");
    expect([damaged.status, damaged.stderr]).toEqual([5, expect.stringMatching(/IMAGE_|CHUNK/)]);
  });

  full("captures into and restores from raw files of drive C", async () => {
    await runTool("cp", ["--sparse=always", wine.drive(0), wine.path("raw.img")]);
    expect((await wine.lifeboat("capture", "C:\\raw.img", "--to", "C:\\raw.lbi")).status).toBe(0);
    await runTool("truncate", ["-s", String(SIZE), wine.path("target.img")]);
    const restored = await wine.lifeboat(
      "restore",
      "C:\\raw.lbi",
      "--to",
      "C:\\target.img",
      "--yes-erase",
      "file:C:\\target.img",
    );
    expect(restored.status, restored.stderr).toBe(0);
    await runTool("cmp", ["--bytes", String(41 * MIB), wine.path("raw.img"), wine.path("target.img")]);
  });
});
