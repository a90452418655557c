import type { Diagnosis } from "./diagnosis.ts";
import type { Evidence } from "./evidence.ts";
import { answers, asking, rivals } from "./rules/asking.ts";
import { loaders, machineItself, rescue, transfers } from "./rules/loading.ts";
import { menus } from "./rules/menu.ts";
import { firewall, running } from "./rules/server.ts";

/** In the order of a start. */
const RULES: readonly ((evidence: Evidence) => Diagnosis[])[] = [running, firewall, asking, answers, rivals];

/** Why a machine does not start, in words, the first cause first. Empty: nothing is wrong that can be seen from here. */
export function diagnose(evidence: Evidence): Diagnosis[] {
  const known = [transfers, machineItself, menus].flatMap((rule) => rule(evidence));
  // That nothing more came is a riddle only where nothing explains it.
  const riddles = known.length > 0 ? [] : [loaders, rescue].flatMap((rule) => rule(evidence));
  return [...RULES.flatMap((rule) => rule(evidence)), ...known, ...riddles];
}
