import { expect, test } from "vitest";
import { powerTeller } from "#rescue/power/watch-power.ts";

const battery = (percent: number) => ({ percent, onBattery: true, minutesLeft: undefined });
const mains = { percent: 50, onBattery: false, minutesLeft: undefined };

test("it is told once at each level, and again when the plug is pulled again", () => {
  const tell = powerTeller();
  const said = [
    battery(90),
    battery(80),
    battery(45),
    battery(44),
    battery(19),
    battery(60),
    battery(4),
    mains,
    battery(30),
  ].map((supply) => tell(supply)?.code);
  expect(said).toEqual([
    ...["POWER_ON_BATTERY", undefined, "POWER_ON_BATTERY", undefined, "POWER_LOW", undefined, "POWER_LOW"],
    ...[undefined, "POWER_ON_BATTERY"],
  ]);
});
