import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";
import type { SysFiles } from "#imaging/preflight/machine/sys-files.ts";

/** What each level has beyond the one before it, as /proc/cpuinfo calls it (x86-64 psABI 1.0, 3.1.1). */
const LEVELS: readonly (readonly string[])[] = [
  ["lm", "cmov", "cx8", "fpu", "fxsr", "mmx", "syscall", "sse", "sse2"],
  ["cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"],
  ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe", "xsave"],
  ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"],
];

/** @param own of the running kernel, for processors whose description does not say it */
export async function readProcessor(
  sys: SysFiles,
  own: string,
): Promise<Pick<MachineHardware["processor"], "architecture" | "level">> {
  const text = (await sys.text("proc/cpuinfo")) ?? "";
  const [, list] = /^flags\s*:(.*)$/m.exec(text) ?? [];
  if (list === undefined) return { architecture: own };
  const flags = new Set(list.trim().split(/\s+/));
  if (!flags.has("lm")) return { architecture: "i686" };
  const missing = LEVELS.findIndex((names) => names.some((name) => !flags.has(name)));
  const level = missing < 0 ? LEVELS.length : missing;
  return { architecture: "x86_64", ...(level > 0 && { level }) };
}
