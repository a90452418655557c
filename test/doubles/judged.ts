import { chooseTarget } from "#imaging/preflight/choose-target.ts";
import type { DiskContent } from "#imaging/preflight/content/disk-content.ts";
import type { PreflightWish } from "#imaging/preflight/judge/context.ts";
import { judge } from "#imaging/preflight/judge/judge.ts";
import type { Verdict } from "#imaging/preflight/judge/verdict.ts";
import type { MachineHardware } from "#imaging/preflight/machine/machine-hardware.ts";

/** Answer and codes, what will be done with a plus: "will-boot +DRIVER_NOT_EARLY". */
export const shortVerdict = ({ answer, findings, systems }: Verdict): string =>
  [
    answer,
    ...[...findings, ...systems.flatMap((system) => system.findings)].map(({ code, planned }) =>
      planned ? `+${code}` : code,
    ),
  ].join(" ");

/** Of a machine's only disk. */
export const judged = (machine: MachineHardware, content: DiskContent, wish: PreflightWish = {}): string =>
  shortVerdict(judge(machine, content, chooseTarget(machine), wish));
