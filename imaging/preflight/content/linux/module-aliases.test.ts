import { performance } from "node:perf_hooks";
import { expect, test } from "vitest";
import { moduleAliases } from "#imaging/preflight/content/linux/module-aliases.ts";

test("dashes and underscores are one, but for ranges in brackets", () => {
  const { modulesFor } = moduleAliases("alias platform:snd-soc-[a-c]* snd-soc-x\nalias of:N*T*Cvendor,chip-1 chip_1\n");
  expect(modulesFor("platform:snd_soc-b-1")).toEqual(["snd_soc_x"]);
  expect(modulesFor("platform:snd_soc--1")).toEqual([]);
  expect(modulesFor("of:NdevTCvendor,chip_1")).toEqual(["chip_1"]);
});

test("a list that is made to take long is not read to its end", () => {
  const hard = `alias pci:${"*0".repeat(500)}x bad\n`.repeat(20_000);
  const { modulesFor } = moduleAliases(`alias pci:v* good\n${hard}`);
  const started = performance.now();
  expect(modulesFor(`pci:v${"0".repeat(400)}`)).toEqual(["good"]);
  expect(performance.now() - started).toBeLessThan(3000);
});
