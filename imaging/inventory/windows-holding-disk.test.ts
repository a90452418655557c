import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Disk } from "#imaging/inventory/disk.ts";
import { windowsHoldingDisk } from "#imaging/inventory/windows-holding-disk.ts";

const text = (name: string) =>
  readFileSync(new URL(`../../test/fixtures/windows/diskpart/${name}.txt`, import.meta.url), "utf8");
const disk = (path: string) => ({ path }) as Disk;

test("a raw file is found as itself, and no disk whose volumes have other letters is taken for it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-holding-"));
  const [image, other] = [join(folder, "x.lbi"), join(folder, "y.img")];
  await writeFile(image, "x");
  await writeFile(other, "y");
  const drives = [disk("\\\\.\\PhysicalDrive0"), disk("\\\\.\\PhysicalDrive1")];
  const diskpart = async ([first]: readonly string[]) =>
    text(first === "select disk 0" ? "detail-de" : "detail-offline");
  expect(await windowsHoldingDisk(image, [...drives, disk(other), disk(image)], diskpart)).toEqual(disk(image));
  expect(await windowsHoldingDisk(image, [...drives, disk(other)], diskpart)).toBeUndefined();
  await rm(folder, { recursive: true });
});
