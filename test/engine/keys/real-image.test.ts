import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { lifeboatError, lifeboatJson } from "#test/engine/image/command.ts";
import { noisyDisk, openWorkspace } from "#test/engine/image/workspace.ts";
import { TAIL_AT } from "#test/engine/keys/encrypted-file.ts";

test("a captured image is opened by its new password and not by the old one, and no other byte of it changes", async () => {
  await using space = await openWorkspace();
  const [old, fresh] = [space.path("old"), space.path("new")];
  await writeFile(old, "eins\n");
  await writeFile(fresh, "δύο 🔑\n");
  const image = space.path("a.lbi");
  const disk = await noisyDisk(space.path("disk.img"), 4 << 20);
  await lifeboatJson("capture", disk, "--to", image, "--encrypt", "--no-verify", "--password-file", old);
  const before = await readFile(image);
  await lifeboatJson("image", "key", "change", image, "--password-file", old, "--new-password-file", fresh);
  const after = await readFile(image);
  expect(after.subarray(0, 4096).equals(before.subarray(0, 4096))).toBe(true);
  expect(after.subarray(4096, TAIL_AT).equals(before.subarray(4096, TAIL_AT))).toBe(false);
  expect(after.subarray(TAIL_AT).equals(before.subarray(TAIL_AT))).toBe(true);
  await lifeboatJson("image", "verify", image, "--password-file", fresh);
  expect((await lifeboatError("image", "verify", image, "--password-file", old)).code).toBe("IMAGE_UNLOCK_FAILED");
});
