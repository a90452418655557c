import type { Machine } from "../machines/machine.ts";
import type { FleetStore } from "./open-fleet-store.ts";
import { planTick } from "./plan-tick.ts";

/** What time brings, kept. @param now milliseconds since 1970 @returns machines to be woken: nobody else will do it */
export async function fleetTick(store: FleetStore, now: number): Promise<readonly Machine[]> {
  if ((await store.read((rows) => rows.deployments("all"))).length === 0) return [];
  return store.change(async (rows) => {
    const all = await rows.deployments("all");
    const members = await rows.members(all);
    const alive = all.filter(
      ({ id, state }) => state !== "cancelled" || members.some((one) => one.deployment === id && one.isArmed),
    );
    const groups = alive.flatMap(({ spec: { machines } }) => ("group" in machines ? [machines.group] : []));
    const ids = members.map(({ machine }) => machine);
    const known = new Map(
      [...(await rows.machines(ids)), ...(await rows.machinesOfGroups(groups))].map((one) => [one.id, one]),
    );
    const of = new Set(alive.map(({ id }) => id));
    const mine = members.filter(({ deployment }) => of.has(deployment));
    const tick = planTick(alive, mine, [...known.values()], now);
    await rows.saveDeployments(tick.deployments);
    await rows.saveMembers(tick.members);
    await rows.setPolicies(tick.policies);
    return tick.wakes;
  });
}
