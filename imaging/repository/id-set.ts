import { compareIds, keyOf } from "#imaging/repository/chunk-id.ts";
import { ID_SIZE } from "#imaging/repository/format.ts";

const EMPTY = 0;
const BUSY = 1;
const TAKEN = 2;

/** Ids of chunks in shared memory: an open-addressing hash table that all threads add to. */
export interface IdSet {
  /** State of each slot. */
  readonly states: Int32Array;
  readonly ids: Uint8Array;
  /** [0] how many are taken. */
  readonly count: Int32Array;
}

/** @param slots a power of two. Two thirds of them can be taken: more would make each look longer. */
export const allocateIdSet = (slots: number): IdSet => ({
  states: new Int32Array(new SharedArrayBuffer(slots * 4)),
  ids: new Uint8Array(new SharedArrayBuffer(slots * ID_SIZE)),
  count: new Int32Array(new SharedArrayBuffer(4)),
});

export const isNearlyFull = ({ states, count }: IdSet): boolean => Atomics.load(count, 0) * 3 >= states.length * 2;

/** No thread may be using it. */
export function clearIdSet({ states, count }: IdSet): void {
  states.fill(EMPTY);
  count[0] = 0;
}

/**
 * Takes an id for the caller. @returns whether nobody had it before; then it is the caller's to store the chunk. A set
 * that is nearly full takes no more, and says so of every new one: a chunk may then be stored twice, never not at all.
 */
export function claimId(set: IdSet, id: Uint8Array): boolean {
  const { states, ids, count } = set;
  const mask = states.length - 1;
  for (let slot = keyOf(id) & mask; ; slot = (slot + 1) & mask) {
    let state = Atomics.load(states, slot);
    if (state === EMPTY) {
      if (isNearlyFull(set)) return true;
      state = Atomics.compareExchange(states, slot, EMPTY, BUSY);
      if (state === EMPTY) {
        ids.set(id, slot * ID_SIZE);
        Atomics.store(states, slot, TAKEN);
        Atomics.notify(states, slot);
        Atomics.add(count, 0, 1);
        return true;
      }
    }
    if (state === BUSY) Atomics.wait(states, slot, BUSY);
    if (compareIds(id, ids, slot * ID_SIZE) === 0) return false;
  }
}
