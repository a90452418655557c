import { createHash } from "node:crypto";
import { type PeHeaders, parsePe } from "#imaging/preflight/content/boot/pe-headers.ts";
import { certificateSubject } from "#imaging/preflight/machine/certificate.ts";
import { commonNames } from "#imaging/preflight/machine/common-names.ts";
import { readSignatureLists } from "#imaging/preflight/machine/signature-list.ts";

/** A program that firmware starts: a boot loader, or a kernel with an EFI stub (PE/COFF, UEFI 2.10, 2.1.1). */
export interface PeImage {
  /** As `uname --machine` says it: "x86_64"; undefined for one that is not known here. */
  readonly architecture: string | undefined;
  /** Common names in its signatures: of who signed, and of who vouches for them. Undefined when it is not signed. */
  readonly signers: readonly string[] | undefined;
  /** A signature is of these very bytes: its digest of the program is in it. */
  readonly isIntact: boolean;
  /** SHA-256 as firmware computes it, hexadecimal (Windows Authenticode Portable Executable Signature Format, 1.0). */
  readonly hash: string;
  /** Generations by component, of its section .sbat: "grub" -> 4 (shim, SBAT.md). */
  readonly sbat: Readonly<Record<string, number>>;
  /** Common names of who else it accepts: shim's section .vendor_cert. */
  readonly vendors: readonly string[];
  readonly sections: readonly PeSection[];
}

export interface PeSection {
  readonly name: string;
  /** Bytes of the file. */
  readonly start: number;
  readonly size: number;
}

/** Microsoft PE Format, "Machine Types". */
const ARCHITECTURES: Readonly<Record<number, string>> = {
  34404: "x86_64",
  332: "i686",
  43620: "aarch64",
  450: "armv7l",
  20580: "riscv64",
  25188: "loongarch64",
};
const SYMBOL = 18;
const MOST_LETTERS = 64;
const CHECKSUM = 64;
const CERTIFICATES = 4;
const MOST_SBAT_LINES = 256;
const VENDOR_TABLE = 16;

/** @returns undefined for what is no PE image, or one that ends before it should */
export const readPe = (bytes: Uint8Array): PeImage | undefined => parsePe(bytes, parse);

function parse(file: Buffer, { coff, optional, machine, directoryAt, ...headers }: PeHeaders): PeImage {
  // Where names lie that are longer than eight letters: behind the symbols.
  const names = file.readUInt32LE(coff + 8) + file.readUInt32LE(coff + 12) * SYMBOL;
  const sections = headers.sections.map((at) => section(file, at, names));
  const entry = directoryAt(CERTIFICATES);
  const start = entry === undefined ? 0 : file.readUInt32LE(entry);
  const end = entry === undefined ? start : start + file.readUInt32LE(entry + 4);
  const isSigned = entry !== undefined && start > entry && end > start && end <= file.length;
  const signature = isSigned ? file.subarray(start, end) : undefined;
  const checksum = optional + CHECKSUM;
  const ranges = [
    [0, checksum],
    [checksum + 4, entry ?? checksum + 4],
    [entry === undefined ? checksum + 4 : entry + 8, isSigned ? start : file.length],
    [isSigned ? end : file.length, file.length],
  ] as const;
  const digest = hashOf(file, ranges, isSigned ? 0 : -file.length & 7);
  const named = (name: string) => sections.find((one) => one.name === name);
  return {
    architecture: ARCHITECTURES[machine],
    signers: signature && commonNames(signature),
    isIntact: signature?.includes(digest) ?? false,
    hash: digest.toString("hex"),
    sbat: sbatOf(contentOf(file, named(".sbat")).toString("latin1")),
    vendors: vendorsOf(contentOf(file, named(".vendor_cert"))),
    sections,
  };
}

function section(file: Buffer, at: number, names: number): PeSection {
  const short = text(file, at, at + 8);
  const [, offset] = /^\/(\d{1,7})$/.exec(short) ?? [];
  const name = offset === undefined ? short : text(file, names + Number(offset), names + Number(offset) + MOST_LETTERS);
  // A section is as long in memory as it needs to be, and padded in the file.
  const size = Math.min(file.readUInt32LE(at + 8), file.readUInt32LE(at + 16));
  return { name, start: file.readUInt32LE(at + 20), size };
}

const text = (file: Buffer, start: number, end: number): string =>
  file.toString("latin1", start, Math.min(end, file.length)).replace(/\0.*$/s, "");

export const contentOf = (file: Uint8Array, place: PeSection | undefined): Buffer =>
  place
    ? Buffer.from(file.buffer, file.byteOffset, file.length).subarray(place.start, place.start + place.size)
    : Buffer.alloc(0);

/** Sections lie without gaps behind the headers in all that linkers and signing tools write. */
function hashOf(file: Buffer, ranges: readonly (readonly [number, number])[], padding: number): Buffer {
  const hash = createHash("sha256");
  for (const [start, end] of ranges) hash.update(file.subarray(start, Math.max(start, end)));
  // A program is padded to 8 bytes when it is signed, and hashed so before that too.
  return hash.update(Buffer.alloc(padding)).digest();
}

/**
 * What shim accepts beside what firmware does, a certificate or a list of them, behind a table with its size and place (shim,
 * cert.S: authorized size, deauthorized size, authorized offset, deauthorized offset).
 */
function vendorsOf(content: Buffer): string[] {
  if (content.length < VENDOR_TABLE) return [];
  const [size, start] = [content.readUInt32LE(0), content.readUInt32LE(8)];
  const accepted = content.subarray(start, start + size);
  const subject = certificateSubject(accepted);
  return subject === undefined ? [...readSignatureLists(accepted).names] : [subject];
}

function sbatOf(text: string): Record<string, number> {
  const generations: Record<string, number> = {};
  for (const line of text.split("\n").slice(0, MOST_SBAT_LINES)) {
    const [, component, generation] = /^([\w.-]{1,64}),(\d{1,9}),/.exec(line) ?? [];
    if (component !== undefined) generations[component] = Number(generation);
  }
  return generations;
}
