import type { SystemRule } from "#imaging/preflight/judge/context.ts";
import { say } from "#imaging/words/say.ts";

const MIB = 2 ** 20;
/** Below these, an initramfs for all hardware, or Windows itself, may not find room. */
const LEAST = { linux: 384 * MIB, windows: 900 * MIB } as const;

export const memory: SystemRule = ({ machine, system }) => {
  const least = LEAST[system.kind];
  if (machine.memoryBytes === 0 || machine.memoryBytes >= least) return [];
  const sentence = say("verdict.memory", { have: machine.memoryBytes, least });
  return [{ code: "MEMORY", severity: "unknown", ...sentence }];
};
