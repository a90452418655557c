import { readPe } from "#imaging/preflight/content/boot/pe-image.ts";

/** What a kernel's file says of itself. */
export interface KernelImage {
  readonly version: string | undefined;
  readonly architecture: string | undefined;
  readonly signers: readonly string[] | undefined;
  readonly hash: string | undefined;
}

/** Linux, Documentation/arch/x86/boot.rst, "The Real-Mode Kernel Header". */
const MAGIC = 0x202;
const VERSION = 0x20e;
const XLOADFLAGS = 0x236;
const XLF_KERNEL_64 = 1;
const MOST_LETTERS = 256;

export function readKernelImage(bytes: Buffer): KernelImage {
  const pe = readPe(bytes);
  const isX86 = bytes.length > XLOADFLAGS + 1 && bytes.toString("latin1", MAGIC, MAGIC + 4) === "HdrS";
  const own = isX86 ? (bytes.readUInt16LE(XLOADFLAGS) & XLF_KERNEL_64 ? "x86_64" : "i686") : undefined;
  return {
    version: isX86 ? versionOf(bytes) : undefined,
    architecture: pe?.architecture ?? own,
    signers: pe?.isIntact ? pe.signers : undefined,
    hash: pe?.hash,
  };
}

/** "6.12.0-1-amd64 (builder@host) #1 SMP ..." */
function versionOf(bytes: Buffer): string | undefined {
  const at = bytes.readUInt16LE(VERSION);
  if (at === 0) return undefined;
  const text = bytes.toString("latin1", at + 0x200, Math.min(at + 0x200 + MOST_LETTERS, bytes.length));
  return /^[\w.+~-]+/.exec(text)?.[0];
}

/** ELF header, e_machine (System V ABI, "ELF Header"). */
const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: "i686",
  40: "armv7l",
  62: "x86_64",
  183: "aarch64",
  243: "riscv64",
  21: "ppc64le",
  22: "s390x",
  258: "loongarch64",
};

/** For which machines a program is. */
export function elfArchitecture(bytes: Buffer): string | undefined {
  if (bytes.length < 20 || bytes.toString("latin1", 0, 4) !== "\x7fELF") return undefined;
  return ELF_MACHINES[bytes[5] === 2 ? bytes.readUInt16BE(18) : bytes.readUInt16LE(18)];
}
