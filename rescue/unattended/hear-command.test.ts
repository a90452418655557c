import { expect, test } from "vitest";
import { toldLine } from "#base/told-line.ts";
import { say } from "#imaging/words/say.ts";
import { hearLine } from "#rescue/unattended/hear-command.ts";

test("a step of a repair and a wait are heard with their keys, a line that is nobody's as it is", () => {
  const says = [say("boot.module", { file: "luks.mod", isOwn: false }), say("goes.on")];
  expect(hearLine(toldLine(says))).toEqual(says);
  expect(hearLine("in all 5 %").map(({ said }) => said?.key)).toEqual(["goes.in-all"]);
  expect(hearLine("after | done")).toEqual([{ text: "after | done" }]);
});
