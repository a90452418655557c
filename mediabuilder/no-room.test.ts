import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { sayingNoRoom } from "./no-room.ts";

const failing = (output: string) => async () => {
  throw new LifeboatError("TOOL_FAILED", { tool: "a tool", status: 32, output });
};

test.each([
  "mksquashfs: Write failed because No space left on device",
  "Disk full",
  "xorriso : FAILURE : Image size 270500s exceeds free space on media 30720s",
])("a full folder is told from what the tool says: %s", async (said) => {
  await expect(sayingNoRoom([tmpdir()], failing(said))).rejects.toMatchObject({
    code: "BUILD_NO_ROOM",
    details: { folder: tmpdir() },
  });
});

test("another failure stays what it is", async () => {
  await expect(sayingNoRoom([tmpdir()], failing("Bad superblock"))).rejects.toMatchObject({ code: "TOOL_FAILED" });
});
