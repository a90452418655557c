/** What a program for UEFI firmware is made for. Names as in EFI/BOOT/BOOT<name>.EFI. */
export type EfiArchitecture = "x64" | "ia32" | "aa64" | "arm" | "riscv64" | "loongarch64";

/** Machine field of the COFF header (Microsoft PE/COFF 11, "Machine Types"). */
const MACHINES: Readonly<Record<number, EfiArchitecture>> = {
  34404: "x64",
  332: "ia32",
  43620: "aa64",
  450: "arm",
  20580: "riscv64",
  25188: "loongarch64",
};
/** Of the optional header: programs, drivers with and without runtime services. */
const EFI_SUBSYSTEMS = [10, 11, 12, 13];
const MOST_SECTIONS = 96;

export interface PeFile {
  readonly architecture: EfiArchitecture;
  readonly sections: readonly string[];
}

/** What a file says that it is; undefined for what no UEFI firmware would start (Microsoft PE/COFF 11; UEFI 2.10, 2.1.1). */
export function readPe(bytes: Uint8Array): PeFile | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 64 || view.getUint16(0, true) !== 0x5a4d) return undefined;
  const pe = view.getUint32(60, true);
  if (pe + 24 + 70 > bytes.length || view.getUint32(pe, true) !== 0x4550) return undefined;
  const architecture = MACHINES[view.getUint16(pe + 4, true)];
  const count = view.getUint16(pe + 6, true);
  const table = pe + 24 + view.getUint16(pe + 20, true);
  if (architecture === undefined || !EFI_SUBSYSTEMS.includes(view.getUint16(pe + 24 + 68, true))) return undefined;
  if (count > MOST_SECTIONS || table + count * 40 > bytes.length) return undefined;
  const sections = Array.from({ length: count }, (_, i) => {
    const name = bytes.subarray(table + i * 40, table + i * 40 + 8);
    return String.fromCharCode(...name).replace(/\0.*$/s, "");
  });
  return { architecture, sections };
}
