/** A Linux that an entry of GRUB's menu starts. */
export interface MenuEntry {
  /** Lines of the file, from 0, of its `menuentry` and of its end. */
  readonly from: number;
  readonly to: number;
  /** As it is written: a path on the volume that was searched for. */
  readonly linux: string;
  readonly initrds: readonly string[];
  /** "UUID=..." or a device; undefined where it names none. */
  readonly root: string | undefined;
  /** What it looks for its files on. */
  readonly searches: readonly string[];
}

export const SEARCH =
  /^\s*search(?:\.fs_uuid\s+|\s+(?=[^#]*--fs-uuid)(?:--\S+\s+)*)(?:'([^']+)'|"([^"]+)"|([0-9A-Za-z][\w-]{3,}))/;
const LINUX = /^\s*(?:linux|linuxefi|linux16)\s+(\S+)(.*)$/;
const INITRD = /^\s*(?:initrd|initrdefi|initrd16)\s+(.*)$/;
const MOST_LINES = 100_000;

/** The UUID that a line searches for. */
export const searched = (line: string): string | undefined => {
  const [, single, double, bare] = SEARCH.exec(line) ?? [];
  return single ?? double ?? bare;
};

/** The line with another UUID to be searched for. */
export const withSearched = (line: string, uuid: string): string =>
  line.replace(SEARCH, (all) => {
    const before = searched(line) ?? "";
    const at = all.lastIndexOf(before);
    return `${all.slice(0, at)}${uuid}${all.slice(at + before.length)}`;
  });

/** Entries of a menu that start a Linux, in their order. Sub-menus are looked into. */
export function readMenu(text: string): MenuEntry[] {
  const lines = text.split("\n", MOST_LINES);
  const entries: MenuEntry[] = [];
  let from = -1;
  for (const [i, line] of lines.entries()) {
    if (/^\s*menuentry\s/.test(line)) from = i;
    if (from < 0 || !/^\s*}\s*$/.test(line)) continue;
    const entry = readEntry(lines.slice(from, i + 1), from);
    if (entry) entries.push(entry);
    from = -1;
  }
  return entries;
}

function readEntry(lines: readonly string[], from: number): MenuEntry | undefined {
  const linux = lines.flatMap((line) => [LINUX.exec(line)].filter((found) => found !== null))[0];
  if (!linux) return undefined;
  return {
    ...{ from, to: from + lines.length - 1, linux: unquoted(linux[1] ?? "") },
    initrds: lines.flatMap((line) => (INITRD.exec(line)?.[1] ?? "").split(/\s+/).filter(Boolean).map(unquoted)),
    root: /(?:^|\s)root=(\S+)/.exec(linux[2] ?? "")?.[1],
    searches: lines.flatMap((line) => searched(line) ?? []),
  };
}

const unquoted = (word: string): string => word.replaceAll(/['"]/g, "").replace(/^\(\$?\w+\)/, "");

/** Commands that start something, or lead to what does, without a menu: somebody's own script. */
export const isScript = (text: string): boolean =>
  /^\s*(?:linux|linux16|linuxefi|boot|chainloader|configfile|source|normal|multiboot2?|ntldr|extract_entries_\w+)\b/m.test(
    text,
  );

/** Whether a file is a menu at all, and not a line that leads to one. */
export const isMenu = (text: string): boolean => /^\s*(?:menuentry|submenu|blscfg)\b/m.test(text);
