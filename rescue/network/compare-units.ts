import type { Unit } from "#rescue/network/step.ts";

export interface UnitChanges {
  /** In this order. */
  readonly down: readonly Unit[];
  readonly up: readonly Unit[];
}

/**
 * What has to be done to get from the units that are set up to those that are wanted. One that did not change stays as
 * it is, with what runs over it; one whose ground changes is set up anew.
 */
export function compareUnits(applied: readonly Unit[], wanted: readonly Unit[]): UnitChanges {
  const known = new Map(applied.map((unit) => [unit.name, JSON.stringify(unit)]));
  const changed = new Set<string>();
  for (const unit of wanted) {
    const isNew = known.get(unit.name) !== JSON.stringify(unit);
    if (isNew || unit.on.some((name) => changed.has(name))) changed.add(unit.name);
  }
  const stays = new Set(wanted.filter(({ name }) => !changed.has(name)).map(({ name }) => name));
  return {
    down: applied.filter(({ name }) => !stays.has(name)).toReversed(),
    up: wanted.filter(({ name }) => changed.has(name)),
  };
}
