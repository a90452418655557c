import type { WindowsArchitecture } from "#imaging/universal/windows/inf/target-system.ts";

/** What the headers of a driver's file say. */
export interface DriverFileHeaders {
  readonly architecture: WindowsArchitecture;
  /** A signature is in the file itself, as the boot loader of 64-bit Windows wants it of drivers that it loads. */
  readonly isSigned: boolean;
}

const MACHINES: ReadonlyMap<number, WindowsArchitecture> = new Map([
  [0x14c, "x86"],
  [0x8664, "amd64"],
  [0x1c4, "arm"],
  [0xaa64, "arm64"],
]);
const PE32 = 0x10b;
const PE32_PLUS = 0x20b;
const CERTIFICATES = 4;

/**
 * Of the machine type and the data directory "Certificate Table" ("PE Format", Microsoft: COFF File Header, Optional Header
 * Data Directories). The signature itself is not checked.
 * @returns undefined for what is no program for Windows
 */
export function readDriverFile(bytes: Uint8Array): DriverFileHeaders | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const has = (at: number, length: number) => at >= 0 && at + length <= bytes.length;
  if (!has(0, 64) || view.getUint16(0, true) !== 0x5a4d) return undefined;
  const header = view.getUint32(0x3c, true);
  if (!has(header, 26) || view.getUint32(header, true) !== 0x4550) return undefined;
  const architecture = MACHINES.get(view.getUint16(header + 4, true));
  if (!architecture) return undefined;
  const magic = view.getUint16(header + 24, true);
  if (magic !== PE32 && magic !== PE32_PLUS) return undefined;
  const directories = header + 24 + (magic === PE32_PLUS ? 112 : 96);
  const entry = directories + CERTIFICATES * 8;
  const isListed = has(directories - 4, 4) && view.getUint32(directories - 4, true) > CERTIFICATES && has(entry, 8);
  if (!isListed) return { architecture, isSigned: false };
  const [at, size] = [view.getUint32(entry, true), view.getUint32(entry + 4, true)];
  return { architecture, isSigned: size > 0 && has(at, size) };
}
