import { expect, test } from "vitest";
import { say } from "#imaging/words/say.ts";
import { sayLimit } from "#imaging/words/say-limit.ts";

test("a reason of the engine's own is found by its words, and a tool's is left as it is", () => {
  for (const sentence of [say("limit.nearly-full"), say("limit.no-tool", { filesystem: "zfs_member" })])
    expect(sayLimit(sentence.text)).toEqual(sentence);
  expect(sayLimit("resize2fs: it is corrupt")).toEqual({ text: "resize2fs: it is corrupt" });
});
