import { expect, test } from "vitest";
import { sampleDeployment } from "#test/doubles/sample-deployment.ts";
import { say } from "../words/words.ts";
import { newMember } from "./deployment.ts";
import { detailsOf } from "./views.ts";

const lab = sampleDeployment("lab");
const says = (text: string) => {
  const member = newMember(lab, 1, 7, 1, { state: "stopped", progress: { phase: "stopped", text } });
  return detailsOf(lab, [member], [], 1).members[0]?.says;
};

test("what a machine says of its work has its words, also where it has values in it", () => {
  expect(says("It needs a decision:; the disk is smaller")).toEqual([
    { text: "It needs a decision:", said: { key: "says.decision", values: {} } },
    { text: "the disk is smaller" },
  ]);
  expect(says("more than one disk could be meant: Inside, Second")).toEqual([
    say("says.disks", { disks: "Inside, Second" }),
  ]);
  expect(says("")).toEqual([]);
});
