import { formatBytes } from "#base/units.ts";
import type { SystemRule } from "#imaging/preflight/judge/context.ts";

const MIB = 2 ** 20;
/** Below these, an initramfs for all hardware, or Windows itself, may not find room. */
const LEAST = { linux: 384 * MIB, windows: 900 * MIB } as const;

export const memory: SystemRule = ({ machine, system }) => {
  const least = LEAST[system.kind];
  if (machine.memoryBytes === 0 || machine.memoryBytes >= least) return [];
  const text = `The machine has ${formatBytes(machine.memoryBytes)} of memory; below ${formatBytes(least)} it may not start`;
  return [{ code: "MEMORY", severity: "unknown", text }];
};
