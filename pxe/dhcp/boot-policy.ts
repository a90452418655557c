import type { BootRequest, Machine } from "./boot-request.ts";

/** What can be loaded, and from where. Names are relative to the root of the servers. */
export interface BootOffer {
  /** Of this server, for TFTP. */
  readonly address: string;
  /** "http://192.0.2.1:8080", without a slash at its end. */
  readonly url: string;
  readonly loaders: Readonly<Partial<Record<Machine, string>>>;
  /** For iPXE. */
  readonly script?: string | undefined;
}

/** Why a computer gets no answer. */
export type NoBoot = "unknown architecture" | "no file for this architecture";

/** @returns the file's name for TFTP, or its URL, or why there is none */
export function bootFileFor(request: BootRequest, offer: BootOffer): { readonly file: string } | NoBoot {
  if (request.ipxe && offer.script !== undefined)
    // All iPXE of these years have HTTP; one that was built without it says so by leaving it out of what it has.
    return { file: request.ipxe.http ? `${offer.url}/${offer.script}` : offer.script };
  if (!request.machine) return "unknown architecture";
  const loader = offer.loaders[request.machine];
  if (loader === undefined) return "no file for this architecture";
  return { file: request.way === "http" ? `${offer.url}/${loader}` : loader };
}

/** Names by which the files of a rescue set, and those of others, are known; the first that is there is offered. */
export const LOADERS: Readonly<Record<Machine, readonly string[]>> = {
  bios: ["bios.0", "undionly.kpxe", "pxelinux.0"],
  x64: ["bootx64.efi", "snponly.efi", "ipxe.efi", "ipxe-amd64.efi"],
  ia32: ["bootia32.efi"],
  arm32: ["bootarm.efi"],
  arm64: ["bootaa64.efi", "snponly-arm64.efi", "ipxe-arm64.efi"],
};
export const SCRIPT = "boot.ipxe";
