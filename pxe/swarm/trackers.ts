import { Tracker, type TrackerLimits } from "./tracker.ts";

/**
 * A swarm for each of the server's own addresses: computers at one network card cannot be expected to reach those at another one.
 */
export class Trackers {
  readonly #trackers = new Map<string, Tracker>();
  readonly #limits: Partial<TrackerLimits> | undefined;

  constructor(limits?: Partial<TrackerLimits>) {
    this.#limits = limits;
  }

  /** @param address of the server, that a computer asks at */
  at(address: string): Tracker {
    const known = this.#trackers.get(address) ?? new Tracker(this.#limits);
    this.#trackers.set(address, known);
    return known;
  }
}
