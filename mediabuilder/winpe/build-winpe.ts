import { mkdir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { isLifeboatError, LifeboatError } from "#base/errors.ts";
import { isFull } from "#imaging/system/errno.ts";
import { fileSha256 } from "../recipe.ts";
import { stoppedBySignals } from "../stop.ts";
import { checkOutputs, checkRoom, type WantedOutput, wantedOutputs } from "./check-outputs.ts";
import { KIND_TEXT } from "./choose-image.ts";
import { makeWim } from "./image/make-wim.ts";
import { startFiles } from "./image/start-files.ts";
import { type Inspection, inspect } from "./inspect.ts";
import { fetchNodeExe, readNodeExe } from "./program/node-exe.ts";
import { buildPrograms, programAdditions } from "./program/programs.ts";
import type { OutputReport, WinpeOptions, WinpeReport } from "./winpe-options.ts";
import type { MediumParts } from "./write/medium-tree.ts";
import { type PlannedOutput, planOutput } from "./write/plan-outputs.ts";
import { writeIso } from "./write/write-iso.ts";
import { writePxe } from "./write/write-pxe.ts";
import { writeUsb } from "./write/write-usb.ts";

type Planned = WantedOutput & PlannedOutput;

/**
 * Makes media that start Lifeboat in Windows PE, of the user's own WIM: what is given is only read, every output gets its name when
 * all of them are complete, and a build that fails leaves nothing. SIGINT and SIGTERM stop it.
 * @throws USAGE, OPEN_FAILED, FILE_EXISTS, WINPE_*, WIM_*, TOOL_MISSING, TOOL_FAILED, CANCELLED; as inspect
 */
export const buildWinpe = (options: WinpeOptions): Promise<WinpeReport> => stoppedBySignals(() => build(options));

async function build(options: WinpeOptions): Promise<WinpeReport> {
  const wanted = wantedOutputs(options).map(({ kind, path }) => ({ kind, path: resolve(path) }));
  await checkOutputs(wanted);
  await mkdir(options.workDir, { recursive: true });
  // Named like an unfinished stage, so that what a killed build left is removed by the next one.
  const scratch = join(resolve(options.workDir), `winpe.unfinished-${process.pid}`);
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch);
  try {
    const nodeExe = await readNodeExe(await fetchNodeExe(options.workDir, options.log));
    const found = await inspect(options, nodeExe, scratch);
    const planned = wanted.map((one) => ({ ...one, ...planOutput(one.kind, found.media, found.chosen.content) }));
    if (options.dryRun) return report(options, found, planned, planned);
    await checkRoom(scratch, wanted, found.wim.bytes);
    const parts = await makeParts(options, found, nodeExe, scratch);
    return report(options, found, planned, await writeOutputs(options, planned, parts, scratch));
  } catch (error) {
    throw await asNoRoom(error, [scratch, ...wanted.map(({ path }) => dirname(path))]);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** FAT, ISO 9660 as the boot manager reads it, and its RAM disk: none takes a larger file. */
const MOST_WIM = 2 ** 32 - 1;

async function makeParts(
  options: WinpeOptions,
  { wim, chosen, edited, media }: Inspection,
  nodeExe: Buffer,
  scratch: string,
): Promise<MediumParts> {
  const additions = [
    ...startFiles(),
    { path: "/Lifeboat/node.exe", content: nodeExe },
    ...(await programAdditions(await buildPrograms(options.workDir, options.log))),
    ...edited.additions,
  ];
  options.log("boot.wim: writing");
  const out = join(scratch, "boot.wim");
  const bytes = await makeWim(wim, chosen, additions, { out, scratch });
  if (bytes > MOST_WIM)
    throw new LifeboatError("WINPE_TOO_LARGE", { bytes, limit: MOST_WIM, where: "a medium that BIOS and UEFI start" });
  return { wim: out, content: chosen.content, media };
}

/** All of them under other names first: none is there before the last is complete. */
async function writeOutputs(
  options: WinpeOptions,
  outputs: readonly Planned[],
  parts: MediumParts,
  scratch: string,
): Promise<OutputReport[]> {
  const partial = (path: string) => `${path}.partial`;
  try {
    for (const { kind, path, firmware } of outputs) {
      options.log(`${kind}: writing`);
      await rm(partial(path), { recursive: true, force: true });
      if (kind === "iso") await writeIso(partial(path), parts, firmware, scratch);
      else if (kind === "usb") await writeUsb(partial(path), parts, firmware, scratch);
      else await writePxe(partial(path), parts, firmware, { wimboot: options.wimboot });
    }
    for (const { kind, path } of outputs) {
      if (kind === "pxe") await rm(path, { recursive: true, force: true });
      await rename(partial(path), path);
    }
  } finally {
    for (const { path } of outputs) await rm(partial(path), { recursive: true, force: true });
  }
  return await Promise.all(outputs.map(written));
}

async function written({ kind, path, firmware }: Planned): Promise<OutputReport> {
  if (kind !== "pxe") return { kind, path, firmware, bytes: (await stat(path)).size, sha256: await fileSha256(path) };
  const sizes = (await readdir(path)).map(async (name) => (await stat(join(path, name))).size);
  return { kind, path, firmware, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
}

function report(
  options: WinpeOptions,
  { wim, chosen, libraries, edited, media }: Inspection,
  planned: readonly Planned[],
  outputs: readonly OutputReport[],
): WinpeReport {
  const { index, name, build: own } = chosen.image;
  const build = own ?? (edited.windows.build || undefined);
  return {
    wim: options.wim ?? `sources/boot.wim of ${options.windowsIso}`,
    image: { index, name, kind: KIND_TEXT[chosen.kind], why: chosen.why, build },
    libraries: { found: libraries.found, unknownApiSets: libraries.unknownApiSets },
    drivers: edited.drivers,
    registry: edited.changes,
    media: Object.fromEntries(Object.entries(media.named).map(([file, { from }]) => [file, from])),
    outputs: outputs.map(({ kind, path, firmware, bytes, sha256 }) => ({
      ...{ kind, path, firmware },
      ...(bytes !== undefined && { bytes }),
      ...(sha256 !== undefined && { sha256 }),
    })),
    notes: [
      ...planned.flatMap(({ kind, notes }) => notes.map((text) => `${kind}: ${text}`)),
      ...edited.problems,
      ...libraries.unknownApiSets.map((set) => `its API sets do not name ${set}: node.exe may not start`),
      ...(wim.canBoot ? [] : ["the WIM was of a kind that no boot loader reads (ESD): it is compressed anew"]),
      ...(options.pxe !== undefined && options.wimboot === undefined
        ? ["pxe: put wimboot (https://ipxe.org/wimboot) into the folder, or give --wimboot"]
        : []),
    ],
  };
}

/** A file system that is full says so in many ways; the folder with the least room is named. */
async function asNoRoom(error: unknown, folders: readonly string[]): Promise<unknown> {
  const isToolFull =
    isLifeboatError(error, "TOOL_FAILED") && /No space left|Disk full|ENOSPC/i.test(error.details.output);
  if (!isToolFull && !isFull(error)) return error;
  const rooms = folders.map(async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return { folder, free: bavail * bsize };
  });
  const [least] = (await Promise.all(rooms)).sort((a, b) => a.free - b.free);
  return new LifeboatError("WINPE_NO_ROOM", least as { folder: string; free: number }, { cause: error });
}
