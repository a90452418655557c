import { lstat, open, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { type Progress, ProgressMeter } from "#base/progress.ts";
import { DISK_FILE, type Exploration } from "#imaging/explore/explore-image.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import type { Image } from "#imaging/image/image-reader.ts";
import { publishFile } from "#imaging/image/partial-files.ts";
import { partialPath } from "#imaging/image/volumes.ts";
import { dropFileCache } from "#imaging/system/drop-file-cache.ts";
import { createError } from "#imaging/system/file-errors.ts";
import { flushFolder } from "#imaging/system/flush-folder.ts";
import { runTool } from "#imaging/system/run-tool.ts";

export const EXPORT_FORMATS = ["raw", "qcow2", "vmdk", "vhdx"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface ExportReport {
  readonly file: string;
  readonly format: ExportFormat;
  readonly diskBytes: number;
  /** What the file takes on its medium. */
  readonly fileBytes: number;
  readonly verified: boolean;
  readonly seconds: number;
}

type ExportProgress = Progress<"export" | "verify">;

const TICK_MS = 200;
const PURPOSE = "export an image";

/**
 * Writes the disk of an image as a file for virtual machines, by qemu-img(1), which reads it from a mount: holes are
 * passed over, and nothing is expanded twice. The file gets its name when it is whole, flushed and read back.
 * @throws FILE_EXISTS, EXPORT_DAMAGED, EXPORT_NO_SPACE, EXPORT_DIFFERS, CREATE_FAILED, TOOL_MISSING, TOOL_FAILED, what exploreImage throws
 */
export async function* exportImage(
  image: Image,
  target: string,
  format: ExportFormat,
  { verify = true, signal }: { verify?: boolean; signal: AbortSignal },
): AsyncGenerator<ExportProgress, ExportReport, undefined> {
  const began = performance.now();
  await refuseExisting(target);
  const bytes = image.rawBytes;
  const meter = new ProgressMeter<"export" | "verify">([
    { phase: "export", bytes },
    ...(verify ? [{ phase: "verify", bytes, beginsPass: true } as const] : []),
  ]);
  await using exploration = await explorePrivately(image, { bytesOnly: true, signal });
  const source = join(exploration.folder, DISK_FILE);
  const partial = partialPath(target);
  await using unfinished = await makePartial(partial);
  yield meter.enter("export");
  // -T none: past the page cache, so that each byte is asked for, once, and none stays in memory.
  const convert = ["convert", "-f", "raw", "-O", format, "-T", "none", source, partial];
  const converted = asNoSpace(runTool("qemu-img", convert, PURPOSE, signal), target);
  yield* measured(converted, exploration, meter, image);
  await flush(partial);
  if (verify) {
    yield meter.enter("verify");
    await dropFileCache(partial);
    const compare = runTool("qemu-img", ["compare", "-f", "raw", "-F", format, source, partial], PURPOSE, signal);
    yield* measured(asDifference(compare, image.path, partial), exploration, meter, image);
  }
  await publishFile(partial, target);
  await flushFolder(dirname(target));
  unfinished.keep();
  const seconds = (performance.now() - began) / 1000;
  const fileBytes = (await stat(target)).blocks * 512;
  return { file: target, format, diskBytes: image.manifest.disk.size, fileBytes, verified: verify, seconds };
}

async function refuseExisting(target: string): Promise<void> {
  const isThere = await lstat(target).then(
    () => true,
    () => false,
  );
  if (isThere) throw new LifeboatError("FILE_EXISTS", { file: target });
}

/** The unfinished file, which is removed unless it is kept. One of before was left by an export that was killed. */
async function makePartial(path: string): Promise<AsyncDisposable & { keep(): void }> {
  try {
    await unlink(path).catch(() => {});
    await (await open(path, "wx", 0o600)).close();
  } catch (cause) {
    throw createError(path, cause);
  }
  let isKept = false;
  return {
    keep() {
      isKept = true;
    },
    async [Symbol.asyncDispose]() {
      if (!isKept) await unlink(path).catch(() => {});
    },
  };
}

/** The progress of a tool by what it has asked of the image. @throws EXPORT_DAMAGED when it failed for that reason */
async function* measured(
  tool: Promise<string>,
  { source }: Exploration,
  meter: ProgressMeter<"export" | "verify">,
  image: Image,
): AsyncGenerator<ExportProgress, void, undefined> {
  const before = source.servedBytes;
  let running = true;
  const ended = tool.finally(() => {
    running = false;
  });
  ended.catch(() => {}); // thrown below
  while (running) {
    await Promise.race([ended.catch(() => {}), sleep(TICK_MS)]);
    yield meter.at(Math.min(source.servedBytes - before, image.rawBytes));
  }
  try {
    await ended;
  } catch (cause) {
    const [damage] = source.damage;
    if (damage && isLifeboatError(cause, "TOOL_FAILED"))
      throw new LifeboatError("EXPORT_DAMAGED", { file: image.path, problem: damage.text }, { cause });
    throw cause;
  }
}

async function asNoSpace(convert: Promise<string>, output: string): Promise<string> {
  try {
    return await convert;
  } catch (error) {
    if (!isLifeboatError(error, "TOOL_FAILED") || !/No space left|File too large/.test(error.details.output))
      throw error;
    throw new LifeboatError("EXPORT_NO_SPACE", { output }, { cause: error });
  }
}

/** qemu-img compare ends with 1 for images that differ (qemu-img(1)); anything above is an error of its own. */
async function asDifference(compare: Promise<string>, file: string, output: string): Promise<string> {
  try {
    return await compare;
  } catch (error) {
    if (!isLifeboatError(error, "TOOL_FAILED") || error.details.status !== 1) throw error;
    throw new LifeboatError("EXPORT_DIFFERS", { file, output, problem: error.details.output }, { cause: error });
  }
}

async function flush(path: string): Promise<void> {
  await using file = await open(path, "r+");
  await file.sync();
}
