import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FirmwareWish } from "#imaging/boot/boot-repair.ts";
import { describeFile } from "#imaging/inventory/list-disks.ts";
import type { MendPlan, MendReport, MendWish } from "#imaging/mend/mend.ts";
import { planMend } from "#imaging/mend/plan-mend.ts";
import { runMend } from "#imaging/mend/run-mend.ts";
import { mountRange } from "#test/fixtures/mount-partition.ts";
import { findPartition } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/** A copy of a disk that a test may break. */
export async function copyOf(disk: string, path: string): Promise<string> {
  await runTool("cp", ["--sparse=always", "--reflink=auto", disk, path]);
  return path;
}

export async function zero(path: string, offset: number, length: number): Promise<void> {
  await using file = await open(path, "r+");
  await file.write(Buffer.alloc(length), 0, length, offset);
}

const BOOT_CODE = 440;

/** What legacy firmware starts is gone: the code in sector 0, and GRUB's core image. */
export async function loseBiosCode(
  path: string,
  core: { readonly offset: number; readonly size: number },
): Promise<void> {
  await zero(path, 0, BOOT_CODE);
  await zero(path, core.offset, core.size);
}

/** Nothing is left on an EFI system partition. */
export async function emptyEsp(path: string, number: number): Promise<void> {
  const { offset } = await findPartition(path, number);
  await runTool("mdeltree", ["-i", `${path}@@${offset}`, "::/EFI"]);
}

/** Changes a file of an ext4 file system on a disk; one that is not there is empty. */
export async function changeFile(
  path: string,
  number: number,
  file: string,
  change: (text: string) => string,
): Promise<void> {
  const place = await findPartition(path, number);
  await using root = await mountRange(path, "ext4", place, { readOnly: false });
  const at = join(root.path, file);
  await writeFile(at, change(await readFile(at, "utf8").catch(() => "")));
}

export async function readFileOf(path: string, number: number, file: string): Promise<string> {
  const place = await findPartition(path, number);
  await using root = await mountRange(path, "ext4", place, { readOnly: true });
  return await readFile(join(root.path, file), "utf8");
}

const signal = new AbortController().signal;
const NO_MORE: Omit<MendWish, "boot"> = { universal: false, drivers: [], identity: "keep" };

/** As `lifeboat boot repair` does it. @returns the report; of a dry run the plan */
export async function repair(
  path: string,
  { firmware, dryRun = false }: { firmware?: FirmwareWish; dryRun?: boolean } = {},
): Promise<MendPlan | MendReport> {
  const wish: MendWish = { boot: true, renew: true, ...NO_MORE, ...(firmware && { firmware }) };
  const plan = await planMend(await describeFile(path), wish, { signal });
  if (dryRun) return plan;
  const steps = runMend(plan)(signal);
  for (;;) {
    const step = await steps.next();
    if (step.done) return step.value;
  }
}
