import { BrokenPromise } from "#test/fuzz/target.ts";

/** More than this at once is refused instead of tried: it would take down the machine's other work. */
const LARGEST = 1 << 30;

const state = { bytes: 0, fault: undefined as BrokenPromise | undefined };

/** Bytes of typed arrays and array buffers that were asked for by length since `startAllocations`. */
export const allocatedBytes = (): number => state.bytes;
export const allocationFault = (): BrokenPromise | undefined => state.fault;

export function startAllocations(): void {
  state.bytes = 0;
  state.fault = undefined;
}

type Constructor = new (...args: never[]) => object;

/** The heap limit of a thread does not cover array buffers, so their constructors are watched. Only for this thread. */
export function watchAllocations(): void {
  const kinds = { ArrayBuffer, Uint8Array, Uint16Array, Uint32Array, Int32Array, BigUint64Array, Float64Array };
  for (const [name, kind] of Object.entries(kinds)) {
    const unit = "BYTES_PER_ELEMENT" in kind ? kind.BYTES_PER_ELEMENT : 1;
    Reflect.set(globalThis, name, watched(kind as unknown as Constructor, unit));
  }
}

const watched = (kind: Constructor, unit: number): Constructor => {
  const watcher: Constructor = new Proxy(kind, {
    construct(target, args, newTarget) {
      const [length] = args;
      if (typeof length === "number") count(length * unit);
      // Reflect.construct is several times slower, and nearly all calls need none of what it can.
      if (newTarget === watcher && args.length === 1) return new target(args[0] as never);
      return Reflect.construct(target, args, newTarget === watcher ? target : newTarget) as object;
    },
  });
  return watcher;
};

function count(bytes: number): void {
  state.bytes += bytes;
  if (!(bytes > LARGEST)) return;
  state.fault ??= new BrokenPromise(`it asked for ${bytes} bytes of memory at once`);
  throw state.fault;
}
