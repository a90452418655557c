import { type PowerSupply, type PowerWarning, powerWarning } from "#imaging/system/power-supply.ts";

/** Levels at which a job that runs is told once more. */
const LEVELS = [100, 50, 20, 10, 5];
const LOOK_MS = 30_000;

const levelOf = ({ percent = 0 }: PowerSupply): number => LEVELS.findLast((level) => percent <= level) ?? 100;

/**
 * Tells each time that the power supply was pulled out, and then at each level that the battery falls to. Pure but for what it
 * remembers: one for each job that is watched.
 */
export function powerTeller(): (supply: PowerSupply) => PowerWarning | undefined {
  let told: number | undefined;
  return (supply) => {
    const warning = powerWarning(supply);
    const level = warning && levelOf(supply);
    const isNews = level !== undefined && (told === undefined || level < told);
    told = level === undefined ? undefined : Math.min(level, told ?? level);
    return isNews ? warning : undefined;
  };
}

/** Looks at the power supply while jobs run. */
export function watchPower(of: {
  readonly read: () => Promise<PowerSupply>;
  readonly isBusy: () => boolean;
  readonly warn: (warning: PowerWarning) => void;
  readonly lookMs?: number;
}): Disposable {
  let tell = powerTeller();
  const timer = setInterval(async () => {
    if (!of.isBusy()) {
      tell = powerTeller();
      return;
    }
    const warning = tell(await of.read());
    if (warning) of.warn(warning);
  }, of.lookMs ?? LOOK_MS);
  timer.unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
