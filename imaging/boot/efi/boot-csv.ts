/**
 * BOOTX64.CSV, by which shim's fallback program makes boot entries: file, label, options, comment, in UTF-16 with a mark of
 * its byte order (shim, README.fallback).
 */
export function bootCsv(file: string, label: string): Uint8Array {
  return Buffer.from(`\ufeff${file},${label},,This is the boot entry for ${label}\n`, "utf16le");
}
