import { type Command, InvalidArgumentError, Option } from "commander";
import { LifeboatError } from "#base/errors.ts";
import { type MachinesOption, withMachines } from "#cli/machines-option.ts";
import { duration, rate } from "#cli/options.ts";
import { NewDeployment } from "#pxe/fleet/contract.ts";

export interface DeployOptions extends MachinesOption {
  for?: string;
  group?: string;
  next?: number;
  priority?: number;
  window?: { readonly from: string; readonly to: string };
  countdown?: number;
  afterwards?: "stay" | "restart" | "shut-down" | undefined;
  retries?: number;
  atOnce?: number;
  limit?: number;
  limitEach?: number;
  wake?: true;
  keepPolicies?: true;
  admission?: "network" | "code";
}

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (/^-?\d{1,6}$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`Give a number from ${least} to ${most}.`);
  };
export const priority = whole(-100, 100);

function window(text: string): NonNullable<DeployOptions["window"]> {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError("Give times such as 22:00-05:00.");
  return { from, to };
}

/** What restores and captures have in common. */
export const withDeployOptions = (command: Command): Command =>
  withMachines(command)
    .addOption(
      new Option("--for <machines>", "these, with commas: name, MAC, UUID, serial number, or #12").conflicts([
        "group",
        "next",
      ]),
    )
    .addOption(new Option("--group <name>", "who is in this group when it boots").conflicts(["next"]))
    .addOption(
      new Option("--next <n>", "so many, whoever they are, in the order in which they boot").argParser(whole(1, 5000)),
    )
    .addOption(new Option("--priority <n>", "higher ones first (default: 0)").argParser(priority))
    .addOption(
      new Option("--window <times>", "begin only then, such as 22:00-05:00, by this server's clock").argParser(window),
    )
    .addOption(
      new Option("--countdown <time>", "on each machine, which can be stopped there (default: 30s)").argParser(
        duration,
      ),
    )
    .addOption(new Option("--afterwards <what>", "when a machine is done").choices(["stay", "restart", "shut-down"]))
    .addOption(
      new Option("--retries <n>", "so often again, for a machine that failed (default: 2)").argParser(whole(0, 20)),
    )
    .addOption(new Option("--at-once <n>", "no more machines at the same time").argParser(whole(1, 5000)))
    .addOption(new Option("--limit <rate>", "what this server sends, to all together, such as 80M/s").argParser(rate))
    .addOption(new Option("--limit-each <rate>", "what each machine reads").argParser(rate))
    .option("--wake", "by wake-on-LAN, when it is a machine's turn")
    .option("--keep-policies", "leave alone how machines start (else: from the network until they are done)")
    .addOption(
      new Option(
        "--admission <how>",
        "who is a machine: who has its MAC (network), or who shows a code that a person confirms",
      ).choices([...["network", "code"]]),
    );

/** @throws USAGE */
export function deploymentOf(name: string, work: object, secrets: object, options: DeployOptions): NewDeployment {
  const { for: machines, group, next, window: times, countdown, afterwards, atOnce, limit, limitEach } = options;
  const { priority: number, retries, wake, keepPolicies, admission } = options;
  const given = (fields: object) =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const list = machines?.split(",").map((one) => one.trim());
  if (list === undefined && group === undefined && next === undefined)
    throw new LifeboatError("USAGE", { problem: "say which machines: --for, --group or --next" });
  const parsed = NewDeployment.safeParse({
    ...{ name, secrets: given(secrets) },
    spec: {
      ...{ work, machines: given({ machines: list, group, next }) },
      ...given({
        priority: number,
        window: times,
        countdownSeconds: countdown,
        afterwards,
        retries,
        mostAtOnce: atOnce,
      }),
      ...given({ limit, limitEach, wake, admission, bootOnce: keepPolicies ? false : undefined }),
    },
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.filter((part) => part !== "spec" && part !== "work").join(".") ?? "";
  throw new LifeboatError("USAGE", { problem: `${field || name}: ${issue?.message ?? "cannot be"}` });
}
