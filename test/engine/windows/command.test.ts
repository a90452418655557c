import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lifeboat, lifeboatError } from "#test/engine/image/command.ts";
import { blankDisk } from "#test/engine/image/workspace.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { writeDriverPackages } from "#test/fixtures/windows/driver-packages.ts";
import { makeWindowsDisk, type WindowsDisk } from "#test/fixtures/windows/windows-disk.ts";

let folder: string;
let disk: WindowsDisk;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lifeboat-windows-command-"));
  writeDriverPackages(join(folder, "drivers"));
  disk = await makeWindowsDisk(join(folder, "disk.img"), { release: "11", writer: "hivex" });
});
afterAll(() => rmSync(folder, { recursive: true }));

const universal = (...args: readonly string[]) => [
  "universal",
  disk.path,
  "--drivers",
  join(folder, "drivers"),
  ...args,
];
const confirmed = (...args: readonly string[]) => universal("--yes-change", `file:${disk.path}`, ...args);

/** Of the volume with Windows, as it lies on the disk. */
function volumeHash(): string {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(1 << 20);
  const file = openSync(disk.path, "r");
  for (let at = 0; at < disk.windows.size; at += piece.length) {
    readSync(file, piece, 0, piece.length, disk.windows.offset + at);
    hash.update(piece);
  }
  closeSync(file);
  return hash.digest("hex");
}

test("a hibernated Windows is not touched; when that is agreed its session goes, and all is done", async () => {
  {
    await using mount = await mountRange(disk.path, "ntfs", disk.windows, { readOnly: false });
    writeFileSync(join(mount.path, "hiberfil.sys"), Buffer.concat([Buffer.from("HIBR"), Buffer.alloc(8188)]));
  }
  const before = volumeHash();
  const refusal = /hibernated.*nothing is changed in it.*shutdown \/s \/t 0.*--discard-hibernation/s;
  expect((await lifeboat(...universal("--dry-run"))).stdout).toMatch(refusal);
  // What lies outside of it is done, and the status says that not all was.
  expect(await lifeboat(...confirmed())).toMatchObject({ status: 7, stdout: expect.stringMatching(refusal) });
  expect(volumeHash()).toBe(before);
  const { stdout } = await lifeboat(...universal("--dry-run"));
  expect(stdout).toContain("Nothing will be done, because of this:");
  expect(stdout).not.toContain("nothing to do");
  expect(await lifeboatError(...confirmed())).toMatchObject({ code: "WINDOWS_HIBERNATED", status: 7 });

  // A restore is whole in any case; that Windows was not made ready is said in the same way.
  const [image, target] = [join(folder, "x.lbi"), await blankDisk(join(folder, "target.img"), 400 << 20)];
  expect(await lifeboat("capture", disk.path, "--to", image)).toMatchObject({ status: 0 });
  const restore = ["restore", image, "--to", target, "--yes-erase", target];
  expect(await lifeboat(...restore)).toMatchObject({ status: 0 });
  expect(await lifeboat(...restore, "--universal")).toMatchObject({
    status: 7,
    stdout: expect.stringMatching(refusal),
  });
  expect(volumeHash()).toBe(before);

  expect(await lifeboat(...confirmed("--discard-hibernation"))).toMatchObject({ status: 0 });
  await using mount = await mountRange(disk.path, "ntfs", disk.windows, { readOnly: true });
  expect(existsSync(join(mount.path, "hiberfil.sys"))).toBe(false);
  expect(existsSync(join(mount.path, "Windows/System32/drivers/viostor.sys"))).toBe(true);
});

test("a second time there is nothing to do, and the disk is whole", async () => {
  const { stdout } = await lifeboat(...universal("--dry-run"));
  expect(stdout).toContain("There is nothing to do.");
  const tools = (await checkDisk(disk.path)).map(({ tool }) => tool);
  expect(tools).toEqual(expect.arrayContaining(["sgdisk", "fsck.fat", "ntfsfix"]));
});
