import { printable } from "#base/printable.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { formatBytes } from "#base/units.ts";
import type { StickPlan } from "./stick-plan.ts";

/** A plan in words, as describePlan says that of a restore. */
export function describeStickPlan(plan: StickPlan): string {
  const { target, system, before } = plan;
  const version = `Lifeboat ${system.version} (${system.packagesAt.slice(0, 10)}, build ${system.id})`;
  const lines = [
    before
      ? `Plan ${plan.id}: update ${target.name} from Lifeboat ${before.version} (${before.packagesAt.slice(0, 10)}, build ${before.id})`
      : `Plan ${plan.id}: make ${target.name} a rescue stick`,
    `  system  ${version}`,
    `  target  ${target.path}, ${formatBytes(target.size)}, id ${target.id}`,
    plan.losses.length > 0 ? "This will be lost:" : lossless(plan),
    ...plan.losses.map((loss) => `  - ${loss.text}`),
    ...plan.warnings.map((warning) => `  ! ${warning.text}`),
  ];
  if (plan.operations.length === 0)
    return [...lines, "It is up to date: nothing will be done."].map(printable).join("\n");
  const confirm = before ? "--yes-change" : "--yes-erase";
  return [
    ...lines,
    "What will be done:",
    ...plan.operations.map((operation, i) => `  ${i + 1}. ${operation.text}`),
    `Confirm with: ${confirm} ${shellQuote(target.id)}`,
  ]
    .map(printable)
    .join("\n");
}

const lossless = ({ before }: StickPlan): string =>
  before ? "Its data partition is not touched." : "Nothing on the target will be lost.";
