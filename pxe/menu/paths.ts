import { SCRIPT } from "../dhcp/boot-policy.ts";

/** Where GRUB looks for its menu, whichever way it came: "$prefix/grub.cfg". */
export const GRUB_MENU = "grub/grub.cfg";
/** Files that are made as they are asked for, in place of those of the folder. */
export const MENU_FILES: readonly string[] = [SCRIPT, GRUB_MENU];

const FOLDER = "/.lifeboat/menu/";

/** What starts an entry, for one of the loaders. No file of a folder has such a name. */
export const entryPath = (id: string, loader: "ipxe" | "cfg"): string => `${FOLDER}${id}.${loader}`;

/** The entry that a path means, and for which loader. */
export function entryOfPath(path: string): { readonly id: string; readonly loader: "ipxe" | "cfg" } | undefined {
  const [, id, loader] =
    /^([a-z0-9-]+)\.(ipxe|cfg)$/.exec(path.startsWith(FOLDER) ? path.slice(FOLDER.length) : "") ?? [];
  return id === undefined ? undefined : { id, loader: loader as "ipxe" | "cfg" };
}

/** A file's path as an address has it: no letter of it means anything to a boot loader. */
export const filePath = (name: string): string =>
  `/${name
    .split("/")
    .map((part) =>
      encodeURIComponent(part).replaceAll(
        /[!'()*]/g,
        (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/")}`;

export const fileUrl = (url: string, name: string): string => `${url}${filePath(name)}`;
