import { expect, test } from "vitest";
import { toldLine } from "#base/told-line.ts";
import { say } from "#imaging/words/say.ts";
import { CommandFailed } from "#rescue/unattended/doubt.ts";

test("a command that ended without an error is known by what it said last", () => {
  const stderr = `lifeboat: old\n${toldLine([say("goes.on")])}\n`;
  expect(new CommandFailed({ status: 137, stdout: "", stderr }).lines).toEqual([
    { text: "old" },
    { text: "Going on." },
  ]);
});
