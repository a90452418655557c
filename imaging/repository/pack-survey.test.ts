import { expect, test } from "vitest";
import { packsToRepack, type SurveyedPack } from "#imaging/repository/pack-survey.ts";

const MIB = 1 << 20;
const pack = (name: string, used: number): SurveyedPack => ({
  name,
  stream: "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee",
  number: 0,
  size: 100 * MIB,
  index: 0,
  pack: 0,
  used: used * MIB,
  condemned: false,
});
const names = (packs: readonly SurveyedPack[]) => packsToRepack(packs).map(({ name }) => name);

test("those with the most waste are written anew, and no more than the bound asks for", () => {
  expect(names([pack("a", 99), pack("b", 20), pack("c", 50), pack("d", 97)])).toEqual(["b", "c"]);
  expect(names([pack("a", 99), pack("b", 98), pack("c", 97)])).toEqual([]);
  expect(names([...Array.from({ length: 30 }, (_, i) => pack(`${i}`, 100)), pack("b", 10)])).toEqual([]);
});

test("a pack without use is none, and one that is nearly all in use is left alone", () => {
  expect(names([pack("unused", 0), pack("a", 91), pack("b", 92)])).toEqual([]);
});
