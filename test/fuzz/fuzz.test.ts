import { describe, expect, test } from "vitest";
import { makeCase, runCase } from "#test/fuzz/run-case.ts";
import { runTarget } from "#test/fuzz/run-target.ts";
import { loadSeeds, makeSeeds } from "#test/fuzz/seeds.ts";
import { failureCount } from "#test/fuzz/tally.ts";
import { loadTarget, TARGETS, targetNames } from "#test/fuzz/targets.ts";

const SEED = 20_261_123;
const CASES = process.env["LIFEBOAT_TEST_FULL"] === "1" ? 100_000 : 1_000;

describe("parsers of what others wrote", () => {
  test("are all tried", () => expect(targetNames(TARGETS).length).toBeGreaterThan(9));

  test.each(targetNames(TARGETS))(
    "%s: damaged inputs are taken or refused in words",
    async (name) => {
      const target = await loadTarget(TARGETS.href, name);
      const cases = Math.ceil(CASES * (target.share ?? 1));
      const tally = await runTarget(target, { folder: TARGETS.href, seed: SEED, cases, jobs: 2 });
      expect(Object.values(tally.failures)).toEqual([]);
      expect(tally.cases).toBe(cases);
      // A mutation that is always refused, or never, would try nothing behind the first check.
      const accepted = tally.outcomes["accepted"] ?? 0;
      const inPart = tally.outcomes["in part"] ?? 0;
      expect((accepted + inPart) / cases).toBeGreaterThan(0.01);
      expect((cases - accepted) / cases).toBeGreaterThan(0.01);
    },
    1_800_000,
  );

  test("the same number is the same case", async () => {
    const target = await loadTarget(TARGETS.href, "table");
    await makeSeeds(target);
    const seeds = await loadSeeds(target);
    const look = async (number: number) => {
      const made = makeCase(target, seeds, { seed: SEED, case: number });
      return { done: made.mutations, outcome: (await runCase(target, made)).outcome };
    };
    expect(await look(17)).toEqual(await look(17));
    expect((await look(17)).done).not.toEqual((await look(18)).done);
  });
});

describe("the harness", () => {
  test("ends early when it is asked to, and counts what it tried", async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 1000);
    const target = await loadTarget(TARGETS.href, "marker");
    const cases = 1e9;
    const tally = await runTarget(target, { folder: TARGETS.href, seed: 1, cases, jobs: 2 }, stop.signal);
    expect(tally.cases).toBeLessThan(cases);
    expect(Object.values(tally.outcomes).reduce((a, b) => a + b, 0)).toBe(tally.cases);
  }, 120_000);

  test("finds every kind of fault, goes on behind it, and names a case that shows it", async () => {
    const folder = new URL("faulty/", import.meta.url).href;
    const target = await loadTarget(folder, "faulty");
    const tally = await runTarget(target, { folder, seed: 7, cases: 1000, jobs: 2 });
    const problems = Object.keys(tally.failures).join("\n");
    expect(problems).toContain("TypeError: untyped");
    expect(problems).toContain("it did not end within 1000 ms");
    expect(problems).toContain("it read more than");
    expect(problems).toContain("bytes of memory in all");
    expect(problems).toContain("bytes of memory at once");
    expect(problems).toContain("it read at offset");
    expect(problems).toContain("a broken promise");
    expect(problems).toContain("FILE_EXISTS");
    expect(problems).not.toContain("STRUCT_BAD_VALUE");
    expect(tally.outcomes["STRUCT_BAD_VALUE"]).toBeGreaterThan(0);
    const seeds = await loadSeeds(target);
    const [untyped] = Object.values(tally.failures).filter(({ problem }) => problem.includes("TypeError"));
    const again = await runCase(target, makeCase(target, seeds, { seed: 7, case: untyped?.case ?? -1 }));
    expect(again.failure).toBeInstanceOf(TypeError);
    expect(failureCount(tally) + Object.values(tally.outcomes).reduce((a, b) => a + b, 0)).toBe(1000);
  }, 120_000);
});
