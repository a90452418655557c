import type { LinuxContent } from "#imaging/preflight/content/linux/linux-content.ts";
import type { SystemContext, SystemRule } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Systems that a processor runs beside those of its own name. */
const RUNS: Readonly<Record<string, readonly string[]>> = { x86_64: ["i686"], ppc64le: [], s390x: [] };

/** Whether the processor understands the system. */
export const processor: SystemRule = (context) => {
  const { machine, system } = context;
  const own = machine.processor.architecture;
  const kinds = system.kind === "linux" ? kernelArchitectures(system) : [system.architecture];
  if (kinds.includes(undefined))
    return [{ code: "ARCHITECTURE_UNKNOWN", severity: "unknown", ...say("verdict.processor-unknown") }];
  const foreign = kinds.find((kind) => kind !== own && !RUNS[own]?.includes(kind as string));
  if (foreign !== undefined)
    return [
      {
        code: "ARCHITECTURE",
        severity: "blocks",
        ...say("verdict.processor", { wanted: foreign, own }),
      },
    ];
  return [...narrowKernel(context, kinds), ...level(context)];
};

/** A kernel that is not known to be for this processor, of a system that is, tells by its programs. */
const kernelArchitectures = ({ kernels, architecture }: LinuxContent): (string | undefined)[] =>
  kernels.length === 0 ? [architecture] : kernels.map((kernel) => kernel.architecture ?? architecture);

/** UEFI of 64 bits starts no kernel of 32; the other way round there is a mixed mode (Linux, CONFIG_EFI_MIXED). */
function narrowKernel({ machine, wish }: SystemContext, kinds: readonly (string | undefined)[]): Finding[] {
  const isUefi = (wish.firmware ?? machine.firmware.mode) === "uefi";
  if (!isUefi || machine.firmware.bits === 32 || machine.processor.architecture !== "x86_64" || !kinds.includes("i686"))
    return [];
  return [
    {
      code: "ARCHITECTURE_UEFI",
      severity: "blocks",
      ...say("verdict.processor-uefi"),
      ...asNext(say("next.set-bios-has")),
    },
  ];
}

const RED_HAT = ["rhel", "centos", "rocky", "almalinux", "ol"];
/** The first release of Windows 11 that needs SSE4.2 and POPCNT: 24H2. */
const WINDOWS_11_24H2 = 26100;

function level({ machine, system }: SystemContext): Finding[] {
  const have = machine.processor.level;
  const need = system.kind === "linux" ? linuxLevel(system) : (system.build ?? 0) >= WINDOWS_11_24H2 ? 2 : 1;
  if (machine.processor.architecture !== "x86_64" || need === 1 || (have ?? 0) >= need) return [];
  const sentence = say("verdict.processor-level", { level: need, name: machine.processor.name, own: have ?? 0 });
  // There are builds of version 10 for level 2 as well.
  const isSure = have !== undefined && !(need === 3 && system.kind === "linux" && system.distribution === "almalinux");
  return [{ code: "PROCESSOR_LEVEL", severity: isSure ? "blocks" : "unknown", ...sentence }];
}

/** What distributions are built for (release notes of RHEL 9 and 10, SLES 16). */
function linuxLevel({ distribution, versionId }: LinuxContent): 1 | 2 | 3 {
  const major = Number.parseInt(versionId, 10);
  if (RED_HAT.includes(distribution)) return major >= 10 ? 3 : major >= 9 ? 2 : 1;
  if (["sles", "opensuse-leap"].includes(distribution) && major >= 16) return 2;
  return 1;
}
