import { readFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { ZodError } from "zod";
import { LifeboatError } from "#base/errors.ts";
import type { IntoRequest } from "#imaging/into/plan-into.ts";
import { LayoutWish } from "#imaging/layout/layout.ts";

export interface LayoutOptions {
  layout?: string;
  table?: "gpt" | "mbr";
  partition?: number[];
  grow?: number[];
  newIds?: boolean;
  keepIds?: boolean;
  align?: boolean;
  into?: string;
  system?: boolean;
}

const MODES = ["keep", "fill", "shrink"] as const;

/** How the partitions shall lie on the target. */
export const withLayout = (command: Command): Command =>
  command
    .option(
      "--layout <how>",
      "keep: partitions keep their sizes; fill: they use all of the disk; shrink: they become smaller where they must; or a JSON file with a layout made by hand",
    )
    .addOption(new Option("--table <kind>", "make this kind of partition table").choices(["gpt", "mbr"]))
    .option("--partition <n>", "only this partition of the image; may be given again", collect)
    .option(
      "--system",
      "only the partitions that the installed systems need: Linux by its fstab, Windows, and what starts them",
    )
    .option(
      "--into <place>",
      "with one --partition: into this partition of the target, or free: into its free space, or free:BYTE; all else on the target stays",
    )
    .option("--grow <n>", "with --layout fill: this partition takes what is free; may be given again", collect)
    .option("--align", "move partitions to multiples of 1 MiB")
    .option(
      "--new-ids",
      "new UUIDs of file systems and in the table, also in the configuration on them: for a disk that stays beside its source",
    )
    .option("--keep-ids", "all UUIDs as they are: for a disk that takes the place of its source");

function collect(text: string, before: number[] = []): number[] {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0)
    throw new LifeboatError("USAGE", { problem: `"${text}" is no number of a partition` });
  return [...before, number];
}

/** @returns undefined when nothing of it was asked for. @throws OPEN_FAILED, REQUEST_INVALID, USAGE */
export async function layoutWish(options: LayoutOptions): Promise<LayoutWish | undefined> {
  const { layout, table, partition, grow, newIds, keepIds, align } = options;
  if (newIds && keepIds) throw new LifeboatError("USAGE", { problem: "--new-ids and --keep-ids exclude each other" });
  if (options.system && (partition || options.into !== undefined))
    throw new LifeboatError("USAGE", { problem: "--system finds the partitions by itself; --partition names them" });
  if ([layout, table, partition, grow, newIds, keepIds, align].every((one) => one === undefined)) return undefined;
  const mode = MODES.find((one) => one === layout);
  const wish = layout === undefined || mode ? { mode: mode ?? "keep" } : await readWish(layout);
  return {
    ...wish,
    ...(table && { table }),
    ...(partition && { only: partition }),
    ...(grow && { grow }),
    ...(newIds && { ids: "new" as const }),
    ...(keepIds && { ids: "keep" as const }),
    ...(align && { align: 1 << 20 }),
  };
}

/** @returns undefined when the whole disk is meant. @throws USAGE */
export function intoWish(
  { into, partition, layout, table, grow, newIds, keepIds, align }: LayoutOptions,
  usualIds: "keep" | "new",
): IntoRequest | undefined {
  if (into === undefined) return undefined;
  const [number, ...more] = partition ?? [];
  if (number === undefined || more.length > 0)
    throw new LifeboatError("USAGE", { problem: "--into needs one --partition: which one of the source goes there" });
  const isOther = [table, grow, align].some((one) => one !== undefined);
  if (isOther || (layout !== undefined && layout !== "keep" && layout !== "fill"))
    throw new LifeboatError("USAGE", {
      problem: "with --into there is only --layout keep, or fill, which is the default",
    });
  const found = /^(?:(\d+)|free(?::(\d+))?)$/.exec(into);
  if (!found) throw new LifeboatError("USAGE", { problem: `"${into}" is no number of a partition, and not free` });
  const ids = newIds ? "new" : keepIds ? "keep" : usualIds;
  const [, target, at] = found;
  const place =
    target === undefined ? { free: true as const, at: at === undefined ? undefined : Number(at) } : undefined;
  return { number, place: place ?? { partition: Number(target) }, fills: layout !== "keep", ids };
}

async function readWish(file: string): Promise<LayoutWish> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (cause) {
    const reason = `${(cause as Error).message}; a layout is ${MODES.join(", ")} or a file`;
    throw new LifeboatError("OPEN_FAILED", { path: file, reason }, { cause });
  }
  try {
    return LayoutWish.parse({ mode: "manual", ...JSON.parse(text) });
  } catch (cause) {
    const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
    const fault = issue ? `${issue.path.join(".") || "all of it"}: ${issue.message}` : (cause as Error).message;
    throw new LifeboatError("REQUEST_INVALID", { path: file, problem: `it is no layout (${fault})` }, { cause });
  }
}
