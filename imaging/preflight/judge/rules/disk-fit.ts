import { sectorFit } from "#imaging/layout/sector-fit.ts";
import type { DiskRule, JudgeContext } from "#imaging/preflight/judge/context.ts";
import type { Finding } from "#imaging/preflight/judge/verdict.ts";
import { hear } from "#imaging/words/hear.ts";
import { asNext, say } from "#imaging/words/say.ts";

/** Sectors that an MBR can count (UEFI 2.10, 5.2.1: 32 bits). */
const MOST_MBR_SECTORS = 2 ** 32;

/** Whether the image can be on the disk at all, and all of the disk be used. */
export const diskFit: DiskRule = (context) => [...refused(context), ...sectors(context), ...beyondMbr(context)];

function refused({ wish }: JudgeContext): Finding[] {
  if (!wish.refused) return [];
  const { code, text, next: command } = wish.refused;
  return [{ code, severity: "blocks", text, command, mend: "layout" }];
}

/** What a plan has refused is not said twice. */
function sectors({ content, target, wish }: JudgeContext): Finding[] {
  const { sectorSize: from } = content;
  const to = target.logicalSectorSize;
  if (from === to || wish.refused) return [];
  const unfit = content.partitions.flatMap((partition): Finding[] => {
    if (partition.role === "extended") return [];
    const region = content.regions.find((one) => one.partition === partition.number);
    const fit = sectorFit(partition, region, { from, to, sector: undefined });
    if (fit.refused === undefined) return [];
    const what = { number: partition.number, sectorSize: to, disk: target.name, why: hear(fit.refused) };
    return [
      {
        code: "SECTOR_SIZE_UNFIT",
        severity: "blocks",
        ...say("verdict.sectors-unfit", what),
        ...asNext(say("next.sectors", { sectorSize: from })),
        mend: "layout",
      },
    ];
  });
  if (unfit.length > 0) return unfit;
  const sizes = { sectorSize: to, oldSectorSize: from };
  return [{ code: "SECTOR_SIZE_CONVERTED", severity: "info", ...say("verdict.sectors-converted", sizes) }];
}

function beyondMbr({ content, target, wish }: JudgeContext): Finding[] {
  const most = MOST_MBR_SECTORS * target.logicalSectorSize;
  if ((wish.tableType ?? content.tableType) !== "mbr" || target.size <= most) return [];
  return [
    {
      code: "MBR_REACH",
      severity: "warning",
      ...say("verdict.mbr-reach", { most, disk: target.name, size: target.size }),
      ...asNext(say("next.to-gpt"), "Convert it with --table gpt, where the machine starts by UEFI"),
    },
  ];
}
