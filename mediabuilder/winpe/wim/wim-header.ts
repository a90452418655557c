import { open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { at, magic, struct, u16, u32 } from "#base/struct.ts";

/** The start of a WIM. */
// biome-ignore format: one row a field, to be held beside the table in the specification
export const wimHeader = struct("WimHeader", "Windows Imaging File Format (WIM), Microsoft 2007, WIM Header", 208, {
  signature:   at(0,  magic("MSWIM\0\0\0"), "identifies a WIM"),
  size:        at(8,  u32, "bytes of the header"),
  version:     at(12, u32, "0x10D00; 0x00E00 for solid ones (ESD)"),
  flags:       at(16, u32, "0x20000 XPRESS, 0x40000 LZX, 0x80000 LZMS"),
  chunkSize:   at(20, u32, "bytes that are compressed as one"),
  partNumber:  at(40, u16, "of a WIM that is split over several files"),
  totalParts:  at(42, u16, "1 for one that is not split"),
  imageCount:  at(44, u32, "images in it"),
});

const VERSION_PLAIN = 0x10d00;
const LZMS = 0x80000;
const BOOT_CHUNK = 32768;

/** What the header says. */
export interface WimHeaderFacts {
  /** Windows' boot loader reads it as it is: not solid, not LZMS, in chunks of 32 KiB. */
  readonly canBoot: boolean;
}

/** @throws WIM_INVALID for what is no WIM, or a part of a split one; OPEN_FAILED */
export async function readWimHeader(path: string): Promise<WimHeaderFacts> {
  const bytes = await firstBytes(path);
  const invalid = (problem: string) => new LifeboatError("WIM_INVALID", { file: path, problem });
  if (bytes.length < wimHeader.size) throw invalid(`it has ${bytes.length} bytes, fewer than the header of a WIM`);
  const signature = Buffer.from(bytes).toString("latin1", 0, 8);
  if (signature !== "MSWIM\0\0\0") throw invalid("it does not begin as a WIM does");
  const { version, flags, chunkSize, partNumber, totalParts } = wimHeader.parse(bytes);
  if (totalParts !== 1) throw invalid(`it is part ${partNumber} of ${totalParts} of a split WIM`);
  const isPlain = version === VERSION_PLAIN && (flags & LZMS) === 0;
  return { canBoot: isPlain && (chunkSize === BOOT_CHUNK || chunkSize === 0) };
}

async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    await using file = await open(path);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(wimHeader.size), 0, wimHeader.size, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    throw new LifeboatError("OPEN_FAILED", { path, reason }, { cause });
  }
}
