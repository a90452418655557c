import { expect, test } from "vitest";
import { compareUnits } from "#rescue/network/compare-units.ts";
import { run, type Unit } from "#rescue/network/step.ts";

const unit = (name: string, mark = "", on: string[] = []): Unit => ({
  ...{ name, device: name, on },
  up: [run("ip", name, mark)],
  down: [],
});
const names = (units: readonly Unit[]) => units.map(({ name }) => name);
const changes = (applied: Unit[], wanted: Unit[]) => {
  const { down, up } = compareUnits(applied, wanted);
  return [names(down), names(up)];
};

test("what did not change is left alone", () => expect(changes([unit("a")], [unit("a")])).toEqual([[], []]));
test("what is gone is taken down, what is new set up", () =>
  expect(changes([unit("a"), unit("b")], [unit("b"), unit("c")])).toEqual([["a"], ["c"]]));
test("the last comes down first", () =>
  expect(changes([unit("a"), unit("b", "", ["a"])], [])).toEqual([["b", "a"], []]));
test("what stands on something that changes is set up anew with it", () =>
  expect(changes([unit("a"), unit("b", "", ["a"])], [unit("a", "new"), unit("b", "", ["a"])])).toEqual([
    ["b", "a"],
    ["a", "b"],
  ]));
