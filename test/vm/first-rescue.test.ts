import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { ISO_LIMITS } from "#mediabuilder/build-iso.ts";
import { bootRestored } from "#test/demo/boot-restored.ts";
import { firstRescue } from "#test/demo/first-rescue.ts";
import { checkDisk } from "#test/fixtures/check-disk.ts";
import { debianDisk, type Fixture } from "#test/fixtures/debian-disk.ts";
import { hashFiles } from "#test/fixtures/hash-files.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { scope } from "#test/vm/scope.ts";
import { buildTestIso } from "./iso-guest.ts";

const directory = resolve("out/vm/first-rescue");
const image = join(directory, "debian.lbi");
const sources = {} as { iso: string; fixture: Fixture };

beforeAll(async () => {
  const iso = await buildTestIso("first-rescue", "");
  expect(iso.bytes).toBeLessThanOrEqual(ISO_LIMITS.kiosk);
  sources.iso = iso.out;
  sources.fixture = await debianDisk();
  await runTool("rm", ["-rf", directory]);
  await runTool("mkdir", ["-p", directory]);
  await runTool(resolve("lifeboat"), ["capture", sources.fixture.disk, "--to", image]);
});

/** The oracle of a restore: the restored system boots and answers, and untouched sectors are untouched. */
describe.each(scope({ sample: ["bios"] as const, all: ["bios", "uefi"] as const }))("a rescue under %s", (firmware) => {
  it("restores by keyboard; the disk boots under BIOS and UEFI with every file, and no other disk is touched", async () => {
    const { fixture, iso } = sources;
    const { size } = await stat(fixture.disk);
    const rescue = await firstRescue({
      iso,
      image,
      // Under BIOS to a disk of the source's size, under UEFI to a larger one.
      targetSize: firmware === "bios" ? size : size + 2 ** 30,
      directory: join(directory, firmware),
      firmware,
      memoryMiB: 2048,
      log: console.log,
    });
    expect(rescue.neighbourHashes[1]).toBe(rescue.neighbourHashes[0]);
    expect(rescue.stickHashes[1]).toBe(rescue.stickHashes[0]);

    const checks = await checkDisk(rescue.target);
    expect(checks.map(({ tool }) => tool)).toEqual(["sgdisk", "fsck.fat", "e2fsck", "ntfsfix", "fsck.fat"]);
    for (const part of ["root", "ntfs", "fat"] as const)
      expect(await hashFiles(rescue.target, fixture.partitions[part])).toEqual(fixture.files[part]);
    for (const started of scope({ sample: ["uefi"] as const, all: ["bios", "uefi"] as const }))
      await bootRestored(rescue.target, started, fixture, join(directory, firmware));
  });
});
