import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { powerWarning, readPowerSupply } from "#imaging/system/power-supply.ts";

let sysfs: string;
beforeEach(async () => {
  sysfs = await mkdtemp(join(tmpdir(), "power-"));
});
afterEach(() => rm(sysfs, { recursive: true }));

async function supply(name: string, facts: Record<string, string | number>) {
  const folder = join(sysfs, "class/power_supply", name);
  await mkdir(folder, { recursive: true });
  for (const [fact, value] of Object.entries(facts)) await writeFile(join(folder, fact), `${value}\n`);
}
const BATTERY = { type: "Battery", present: 1, status: "Discharging", capacity: 41 };
const read = async () => {
  const state = await readPowerSupply(sysfs);
  return [state.percent, state.onBattery, state.minutesLeft, powerWarning(state)?.code];
};

test("a machine without batteries", async () => expect(await read()).toEqual([undefined, false, undefined, undefined]));

test("on its battery, with the time that is left", async () => {
  await supply("AC", { type: "Mains", online: 0 });
  await supply("BAT0", { ...BATTERY, energy_now: 20_000_000, energy_full: 50_000_000, power_now: 10_000_000 });
  expect(await read()).toEqual([40, true, 120, "POWER_ON_BATTERY"]);
});

test("plugged in: by the mains, or by USB-C", async () => {
  await supply("ucsi", { type: "USB", online: 1 });
  await supply("BAT0", { ...BATTERY, status: "Charging" });
  expect(await read()).toEqual([41, false, undefined, undefined]);
});

test("two batteries are one, by their size; in ampere-hours too", async () => {
  await supply("BAT0", { ...BATTERY, charge_now: 100, charge_full: 1000, current_now: 100 });
  await supply("BAT1", { ...BATTERY, status: "Unknown", charge_now: 500, charge_full: 3000 });
  expect(await read()).toEqual([15, true, 60, "POWER_LOW"]);
});

test("the battery of a mouse is none of the machine's", async () => {
  await supply("hidpp_battery_0", { ...BATTERY, scope: "Device", capacity: 5 });
  expect(await read()).toEqual([undefined, false, undefined, undefined]);
});
