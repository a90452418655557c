import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Sentence } from "#base/sentence.ts";
import { say } from "#imaging/words/say.ts";

/** What the machine runs on. */
export interface PowerSupply {
  /** Of its own batteries, all together; undefined: it has none. */
  readonly percent: number | undefined;
  readonly onBattery: boolean;
  /** Until it is empty at what is drawn now, where the battery tells. */
  readonly minutesLeft: number | undefined;
}

type Facts = Readonly<Record<string, string>>;

/**
 * Reads /sys/class/power_supply (Linux, Documentation/ABI/testing/sysfs-class-power). Batteries of mice and keyboards have the
 * scope "Device" and are left out. A machine without any entry runs on mains, as far as anybody can know.
 */
export async function readPowerSupply(sysfs = "/sys"): Promise<PowerSupply> {
  const folder = join(sysfs, "class/power_supply");
  const names = await readdir(folder).catch((): string[] => []);
  const supplies = await Promise.all(names.map((name) => readFacts(join(folder, name))));
  const ours = supplies.filter(({ scope }) => scope !== "Device");
  const batteries = ours.filter(({ type, present }) => type === "Battery" && present !== "0");
  const mains = ours.filter(({ type }) => type !== undefined && type !== "Battery");
  const onMains = mains.some(({ online }) => online === "1");
  const onBattery = batteries.some(({ status }) => status === "Discharging") && !onMains;
  return { percent: levelOf(batteries), onBattery, minutesLeft: onBattery ? minutesLeft(batteries) : undefined };
}

const FACTS = ["type", "scope", "present", "online", "status", "capacity"];
const FLOWS = ["energy_now", "energy_full", "power_now", "charge_now", "charge_full", "current_now"];

async function readFacts(folder: string): Promise<Facts> {
  const read = [...FACTS, ...FLOWS].map(async (name) => {
    const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
    return text === undefined ? [] : [[name, text.trim()]];
  });
  return Object.fromEntries((await Promise.all(read)).flat()) as Facts;
}

/** µWh, or µAh of batteries of one kind; weighed, as two batteries of a machine may differ in size. */
function levelOf(batteries: readonly Facts[]): number | undefined {
  if (batteries.length === 0) return undefined;
  const sum = (name: string, other: string) =>
    batteries.reduce((total, facts) => total + Number(facts[name] ?? facts[other] ?? 0), 0);
  const full = sum("energy_full", "charge_full");
  const levels = batteries.map(({ capacity }) => Number(capacity ?? 0));
  const percent =
    full > 0 ? (100 * sum("energy_now", "charge_now")) / full : levels.reduce((a, b) => a + b, 0) / levels.length;
  return Math.round(Math.min(100, percent));
}

function minutesLeft(batteries: readonly Facts[]): number | undefined {
  let hours = 0;
  for (const { energy_now, power_now, charge_now, current_now } of batteries) {
    const flow = Number(power_now ?? current_now ?? 0);
    if (flow > 0) hours += Number(energy_now ?? charge_now ?? 0) / flow;
  }
  return hours > 0 ? Math.round(hours * 60) : undefined;
}

export interface PowerWarning extends Sentence {
  readonly code: "POWER_ON_BATTERY" | "POWER_LOW";
}

/** Below it a machine may switch itself off within the time of a restore. */
export const LOW_PERCENT = 20;

/** What to tell before a job and during it; undefined on mains. */
export function powerWarning({ percent, onBattery, minutesLeft }: PowerSupply): PowerWarning | undefined {
  if (!onBattery) return undefined;
  const level = { percent: percent ?? 0, minutes: minutesLeft ?? 0 };
  return level.percent <= LOW_PERCENT
    ? { code: "POWER_LOW", ...say("goes.battery-low", level) }
    : { code: "POWER_ON_BATTERY", ...say("goes.on-battery", level) };
}
