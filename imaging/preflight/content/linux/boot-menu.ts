import type { SystemTree } from "#imaging/installed/system-tree.ts";
import { readText } from "#imaging/preflight/content/read-text.ts";

/** A line of a boot loader's menu. Paths are as the boot loader writes them: below the volume that they lie on. */
export interface MenuEntry {
  readonly kernel: string;
  readonly initrds: readonly string[];
  readonly options: string;
}

export interface BootMenu {
  readonly entries: readonly MenuEntry[];
  /** The first one starts by itself; false when that is decided by what was chosen last, or a title. */
  readonly firstIsDefault: boolean;
}

const MOST_ENTRIES = 200;
const GRUB = ["grub/grub.cfg", "grub2/grub.cfg"];

/** @param folders where boot volumes are mounted: "/boot", "/boot/efi" */
export async function readBootMenu(tree: SystemTree, folders: readonly string[]): Promise<BootMenu> {
  let entries: MenuEntry[] = [];
  let isChosen = false;
  let hasGrub = false;
  for (const folder of folders) {
    for (const name of GRUB) {
      const text = await readText(tree, `${folder}/${name}`);
      if (text === undefined) continue;
      hasGrub = true;
      entries.push(...grubEntries(text));
      isChosen ||= /^\s*set default=(?!["']?(0|\$\{next_entry\}|\$\{saved_entry\})["']?\s*$)/m.test(text);
    }
    const saved =
      (await readText(tree, `${folder}/grub/grubenv`)) ?? (await readText(tree, `${folder}/grub2/grubenv`)) ?? "";
    isChosen ||= /^(saved_entry|next_entry)=[^\n#]+$/m.test(saved);
    const bls = await blsEntries(tree, folder);
    // A menu of GRUB's that says `blscfg` has no entries of its own.
    if (entries.length === 0) entries = bls;
    if (bls.length > 0 && !hasGrub)
      isChosen ||= /^default\s/m.test((await readText(tree, `${folder}/loader/loader.conf`)) ?? "");
  }
  return {
    entries: entries.slice(0, MOST_ENTRIES),
    firstIsDefault: entries.length === 1 || (entries.length > 0 && !isChosen),
  };
}

/** What `menuentry` has between its braces (GRUB manual, "linux", "initrd"). What is made of variables is left out. */
export function grubEntries(text: string): MenuEntry[] {
  const entries: MenuEntry[] = [];
  let open: { kernel: string; initrds: string[]; options: string } | undefined;
  for (const line of text.split("\n")) {
    const [, command, rest = ""] = /^\s*(linux(?:efi|16)?|initrd(?:efi|16)?|menuentry)\s+(.*)$/.exec(line) ?? [];
    if (command === undefined) continue;
    if (command === "menuentry") open = undefined;
    else if (command.startsWith("linux")) {
      const [, kernel = "", options = ""] = /^(\S+)\s*(.*)$/.exec(unquoted(rest)) ?? [];
      open = { kernel: withoutVolume(kernel), initrds: [], options };
      if (!open.kernel.includes("$")) entries.push(open);
    } else open?.initrds.push(...unquoted(rest).split(/\s+/).filter(Boolean).map(withoutVolume));
  }
  return entries;
}

const unquoted = (text: string): string => text.replace(/["']/g, "").trim();
/** "($root)/vmlinuz" */
const withoutVolume = (path: string): string => path.replace(/^\([^)]*\)/, "");

/** The Boot Loader Specification, "Type #1"; the newest is the default. */
async function blsEntries(tree: SystemTree, folder: string): Promise<MenuEntry[]> {
  const names = (await tree.list(`${folder}/loader/entries`)).filter((name) => name.endsWith(".conf"));
  const found: { entry: MenuEntry; version: string }[] = [];
  for (const name of names.slice(0, MOST_ENTRIES)) {
    const text = (await readText(tree, `${folder}/loader/entries/${name}`)) ?? "";
    const all = (key: string) =>
      [...text.matchAll(new RegExp(`^${key}\\s+(.+)$`, "gm"))].map(([, value = ""]) => value.trim());
    const [kernel] = all("linux");
    if (kernel === undefined || /rescue/.test(name)) continue;
    const initrds = all("initrd").flatMap((value) => value.split(/\s+/).filter((word) => !word.startsWith("$")));
    found.push({ entry: { kernel, initrds, options: all("options").join(" ") }, version: all("version")[0] ?? name });
  }
  return found.sort((a, b) => compareVersions(b.version, a.version)).map(({ entry }) => entry);
}

/** "6.9" before "6.12": numbers as numbers. */
export const compareVersions = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });
