import { extname } from "node:path";

/** UEFI HTTP boot goes by them (UEFI 2.10, section 24.7.2): a loader, or an image of a disk or CD for its RAM disk. */
const TYPES: Readonly<Record<string, string>> = {
  ".efi": "application/efi",
  ".iso": "application/vnd.efi-iso",
  ".ipxe": "text/plain; charset=utf-8",
  ".cfg": "text/plain; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".json": "application/json",
};

export const contentType = (file: string): string => TYPES[extname(file).toLowerCase()] ?? "application/octet-stream";
