import { join } from "node:path";
import { expect, it } from "vitest";
import { RICH } from "#test/engine/explore/rich-volumes.ts";
import { scratch } from "#test/engine/filesystem/volume-image.ts";
import { writeAt } from "#test/engine/image/workspace.ts";
import { hashOf, MIB, rebuilt, resizer, volumeFile } from "#test/engine/resize/volume-file.ts";

const exfat = resizer("exfat");

it("keeps its size, and says why", async () => {
  using folder = scratch();
  const path = RICH.exfat(join(folder.path, "volume"));
  const before = hashOf(path);
  const reason = expect.stringMatching(/no tool that resizes exFAT/);
  const limits = await exfat.limits(volumeFile(path));
  expect(limits).toEqual({ least: 24 * MIB, most: 24 * MIB, notSmaller: reason, notLarger: reason });
  const refused = { code: "RESIZE_FAILED", details: { reason } };
  await expect(exfat.resize(volumeFile(path), 48 * MIB)).rejects.toMatchObject(refused);
  await expect(rebuilt(path, 48 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED" });
  await exfat.check(volumeFile(path));
  expect(hashOf(path)).toBe(before);
});

it("is checked", async () => {
  using folder = scratch();
  const path = RICH.exfat(join(folder.path, "volume"));
  // The checksum of the boot region.
  await writeAt(path, 11 * 512, new Uint8Array(512));
  await writeAt(path, 23 * 512, new Uint8Array(512));
  await expect(exfat.check(volumeFile(path))).rejects.toMatchObject({ code: "FILESYSTEM_UNSOUND" });
});
