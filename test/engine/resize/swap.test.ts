import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyImage, run, scratch } from "#test/engine/filesystem/volume-image.ts";
import { writeAt } from "#test/engine/image/workspace.ts";
import { lookAt, MIB, rebuilt, resizer, volumeFile } from "#test/engine/resize/volume-file.ts";

const swap = resizer("swap");

it.each([
  ["all", ["-L", "swap space", "-U", "0f3a1c9e-7a51-4d0e-9a77-0123456789ab"], 4096],
  ["pages of 16 KiB", ["-p", "16384"], 16_384],
  ["neither UUID nor label", ["-U", "clear"], 4096],
])("swap space with %s is made anew as it was, larger and smaller", async (_name, options, page) => {
  using folder = scratch();
  const path = emptyImage(join(folder.path, "swap"), 32 * MIB);
  run("mkswap", "-q", ...options, path);
  const { least, most } = await swap.limits(volumeFile(path));
  expect([least, most]).toEqual([10 * page, Number.POSITIVE_INFINITY]);
  const { uuid, label } = await lookAt(path);
  for (const size of [96 * MIB, 20 * MIB + 512, least]) {
    const made = await rebuilt(path, size);
    await swap.check(volumeFile(made));
    expect(await lookAt(made)).toMatchObject({ type: "swap", uuid, label, blockSize: page });
    expect(Math.abs((await lookAt(made)).size - size)).toBeLessThan(page);
  }
});

it("leaves alone what a system is hibernated in", async () => {
  using folder = scratch();
  const path = emptyImage(join(folder.path, "swap"), 32 * MIB);
  run("mkswap", "-q", path);
  await writeAt(path, 4086, Buffer.from("S1SUSPEND\0"));
  const reason = expect.stringMatching(/hibernated/);
  expect(await swap.limits(volumeFile(path))).toMatchObject({ least: 32 * MIB, notSmaller: reason, notLarger: reason });
  await expect(rebuilt(path, 16 * MIB)).rejects.toMatchObject({ code: "RESIZE_FAILED", details: { reason } });
});
