import { open, readdir, readFile, stat, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { mbr } from "#imaging/disk/mbr.ts";
import { checkIsoOut } from "../iso/check-out.ts";
import type { WinpeOptions } from "./winpe-options.ts";
import type { OutputKind } from "./write/plan-outputs.ts";
import { ISO_VOLUME_ID } from "./write/write-iso.ts";
import { PXE_MARK, PXE_SCRIPT } from "./write/write-pxe.ts";
import { USB_SIGNATURE } from "./write/write-usb.ts";

export interface WantedOutput {
  readonly kind: OutputKind;
  readonly path: string;
}

/** Outputs in the order in which they are made. @throws USAGE when none is asked for */
export function wantedOutputs({ iso, usb, pxe, wimboot }: WinpeOptions): WantedOutput[] {
  const all = [
    { kind: "iso", path: iso },
    { kind: "usb", path: usb },
    { kind: "pxe", path: pxe },
  ] as const;
  const wanted = all.flatMap(({ kind, path }) => (path === undefined ? [] : [{ kind, path }]));
  if (wanted.length === 0) throw new LifeboatError("USAGE", { problem: "nothing to make: give --iso, --usb or --pxe" });
  if (wimboot !== undefined && pxe === undefined)
    throw new LifeboatError("USAGE", { problem: "--wimboot belongs to --pxe" });
  return wanted;
}

/**
 * Each output can get its name: it is new, or one that was made here before.
 * @throws OPEN_FAILED, FILE_EXISTS
 */
export async function checkOutputs(outputs: readonly WantedOutput[]): Promise<void> {
  for (const { kind, path } of outputs) {
    if (kind === "iso") await checkIsoOut(path, ISO_VOLUME_ID);
    else if (kind === "usb") await checkUsbOut(path);
    else await checkPxeOut(path);
  }
}

async function checkUsbOut(path: string): Promise<void> {
  const present = await stat(path).catch(() => undefined);
  if (!present) return await checkIsoOut(path);
  if (!present.isFile()) throw new LifeboatError("OPEN_FAILED", { path, reason: "it is neither a file nor a disk" });
  await using file = await open(path);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(mbr.size), 0, mbr.size, 0);
  if (bytesRead < mbr.size || mbr.parse(buffer).diskSignature !== USB_SIGNATURE)
    throw new LifeboatError("FILE_EXISTS", { file: path });
}

async function checkPxeOut(path: string): Promise<void> {
  const present = await stat(path).catch(() => undefined);
  if (!present) return await checkIsoOut(path);
  if (!present.isDirectory()) throw new LifeboatError("FILE_EXISTS", { file: path });
  if ((await readdir(path)).length === 0) return;
  const script = await readFile(join(path, PXE_SCRIPT), "utf8").catch(() => "");
  if (!script.includes(PXE_MARK)) throw new LifeboatError("FILE_EXISTS", { file: path });
}

/** Of what is put in: node.exe, which compresses to less than half, the engine and the pages. */
const PROGRAM_BYTES = 128 << 20;
const MARGIN = 16 << 20;

/**
 * Before anything is written: the WIM fits on each file system as often as it is written there.
 * @throws WINPE_NO_ROOM
 */
export async function checkRoom(workDir: string, outputs: readonly WantedOutput[], wimBytes: number): Promise<void> {
  const copy = wimBytes + PROGRAM_BYTES;
  // In the work folder: the new WIM, what an update of it writes beside it, and the tree of a stick or an ISO links to it.
  const needs = [
    { folder: workDir, need: 2 * copy },
    ...outputs.map(({ path }) => ({ folder: dirname(path), need: copy })),
  ];
  const free = new Map<string, { folder: string; need: number; free: number }>();
  for (const { folder, need } of needs) {
    const [{ dev }, { bavail, bsize }] = [await stat(folder), await statfs(folder)];
    const before = free.get(String(dev));
    free.set(String(dev), { folder, need: (before?.need ?? MARGIN) + need, free: bavail * bsize });
  }
  for (const place of free.values()) if (place.need > place.free) throw new LifeboatError("WINPE_NO_ROOM", place);
}
