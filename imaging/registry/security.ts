import { keySecurity, NO_CELL } from "#imaging/registry/cells.ts";
import type { Editing } from "#imaging/registry/hive-core.ts";

const { next, previous, references, descriptorSize } = keySecurity.fields;

/** Notes that one more key has a descriptor. The number of uses is written as it was counted, also where it was wrong. */
export function shareSecurity(editing: Editing, cell: number): void {
  changeUses(editing, cell, 1);
}

/** Notes that one key less has a descriptor, and takes it out of the ring and frees it when that was the last. */
export function dropSecurity(editing: Editing, cell: number): void {
  if (changeUses(editing, cell, -1) !== 0) return;
  const { store, allocator, securityUses } = editing;
  const place = store.openRecord(cell, "sk", keySecurity.size, "cell.security");
  const [after, before] = [store.get(place, next), store.get(place, previous)];
  // A ring that is broken is left as it is, with a descriptor that nobody has.
  if (after === cell || !isLinked(editing, before, cell, after)) return;
  store.put(store.open(before, keySecurity.size, "cell.security"), next, after);
  store.put(store.open(after, keySecurity.size, "cell.security"), previous, before);
  securityUses.delete(cell);
  allocator.free(cell);
}

function isLinked({ store, securityUses }: Editing, before: number, cell: number, after: number): boolean {
  if (!securityUses.has(before) || !securityUses.has(after)) return false;
  const from = store.openRecord(before, "sk", keySecurity.size, "cell.security");
  const to = store.openRecord(after, "sk", keySecurity.size, "cell.security");
  return store.get(from, next) === cell && store.get(to, previous) === cell;
}

function changeUses({ store, securityUses }: Editing, cell: number, by: number): number {
  if (cell === NO_CELL) return -1;
  const uses = (securityUses.get(cell) ?? 0) + by;
  securityUses.set(cell, uses);
  store.put(store.openRecord(cell, "sk", keySecurity.size, "cell.security"), references, uses);
  return uses;
}

/** Writes a descriptor that no key has yet, alone in its ring. @returns its cell */
export function createSecurity({ store, allocator, securityUses }: Editing, descriptor: Uint8Array): number {
  const cell = allocator.allocate(keySecurity.size + descriptor.length);
  const place = store.open(cell, keySecurity.size + descriptor.length, "cell.security");
  store.put(place, keySecurity.fields.signature, "sk");
  store.put(place, next, cell);
  store.put(place, previous, cell);
  store.put(place, descriptorSize, descriptor.length);
  store.bytes.set(descriptor, place + keySecurity.size);
  securityUses.set(cell, 0);
  return cell;
}
