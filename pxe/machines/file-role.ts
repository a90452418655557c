import { basename } from "node:path";

/** What a file is for, as far as its name tells. */
export type FileRole = "loader" | "script" | "kernel" | "initrd" | "layer" | "image" | "other";

/** The first that fits counts: a kernel may end in .efi, an initramfs in .img. */
const ROLES: readonly (readonly [FileRole, RegExp])[] = [
  ["kernel", /^(vmlinu[xz]|bzimage|linux$|linux26|kernel|wimboot)/],
  ["initrd", /^(initrd|initramfs|init\.img)|\.cpio(\.\w+)?$/],
  ["layer", /\.(squashfs|sqfs)$/],
  ["loader", /\.(efi|0|kpxe|kkpxe|pxe|com|lkrn)$|\.efi\.signed$/],
  ["script", /\.(ipxe|cfg|lst|conf)$/],
  ["image", /\.(iso|wim|img|sdi|vhdx?)$/],
];

export function fileRole(file: string): FileRole {
  const name = basename(file.replaceAll("\\", "/")).toLowerCase();
  return ROLES.find(([, pattern]) => pattern.test(name))?.[0] ?? "other";
}
