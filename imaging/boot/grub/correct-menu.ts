import { type MenuEntry, readMenu, searched, withSearched } from "#imaging/boot/grub/read-menu.ts";

/** What is true of a system, to hold its menu against. */
export interface MenuFacts {
  /** UUIDs of all file systems of the disk, and of its partitions, in lower case. */
  readonly known: ReadonlySet<string>;
  /** Of the volume with the kernels. */
  readonly bootUuid: string;
  /** "/dev/mapper/vg0-root", "UUID=..." */
  readonly root: string;
  /** Whether the system has this file, by its path on the volume with the kernels. */
  readonly hasFile: (path: string) => boolean;
}

export interface MenuFindings {
  /** Corrected; the same text where nothing was wrong. */
  readonly text: string;
  /** UUIDs that were named and are on no volume of the disk. */
  readonly unknown: readonly string[];
  /** Whether any entry starts a kernel that is there. */
  readonly starts: boolean;
  /** Kernels that are named and are not there. */
  readonly lost: readonly string[];
}

type Kind = "right" | "wrong root" | "wrong volume" | "lost kernel" | "of another";

/**
 * Holds a menu against the disk. Entries of the system itself are told its volumes; those of others, which may lie on another disk,
 * are left alone, and so are all that search a volume that is not there as long as one entry is right.
 */
export function correctMenu(text: string, facts: MenuFacts): MenuFindings {
  const entries = readMenu(text).map((entry) => ({ entry, kind: kindOf(entry, facts) }));
  const isStarted = entries.some(({ kind }) => kind === "right" || kind === "wrong root");
  const corrected = entries.filter(({ kind }) => kind === "wrong root" || (kind === "wrong volume" && !isStarted));
  const lines = text.split("\n");
  const unknown = new Set<string>();
  for (const { entry } of corrected) {
    for (let i = entry.from; i <= entry.to; i++) lines[i] = correctLine(lines[i] ?? "", facts, unknown);
  }
  if (corrected.length > 0) correctOutside(lines, entries, facts, unknown);
  return {
    text: lines.join("\n"),
    unknown: [...unknown],
    starts: isStarted || corrected.length > 0,
    lost: entries.flatMap(({ entry, kind }) => (kind === "lost kernel" ? [entry.linux] : [])),
  };
}

function kindOf({ linux, root, searches }: MenuEntry, facts: MenuFacts): Kind {
  const elsewhere = searches.filter((uuid) => uuid.toLowerCase() !== facts.bootUuid.toLowerCase());
  if (elsewhere.some((uuid) => isKnown(uuid, facts))) return "of another";
  if (!facts.hasFile(linux)) return elsewhere.length > 0 ? "of another" : "lost kernel";
  if (elsewhere.length > 0) return "wrong volume";
  return wrongRoot(root, facts) === undefined ? "right" : "wrong root";
}

const isKnown = (uuid: string, { known }: MenuFacts): boolean => known.has(uuid.toLowerCase());

/** The UUID in "UUID=..." or "PARTUUID=..." that nothing on the disk has. */
function wrongRoot(root: string | undefined, facts: MenuFacts): string | undefined {
  const uuid = /^(?:PART)?UUID=(.+)$/i.exec(root ?? "")?.[1]?.replaceAll(/['"]/g, "");
  return uuid !== undefined && !isKnown(uuid, facts) ? uuid : undefined;
}

function correctLine(line: string, facts: MenuFacts, unknown: Set<string>): string {
  const uuid = searched(line);
  if (uuid !== undefined && !isKnown(uuid, facts)) {
    unknown.add(uuid);
    return withSearched(line, facts.bootUuid);
  }
  const root = /(?:^|\s)root=(\S+)/.exec(line)?.[1];
  const wrong = wrongRoot(root, facts);
  if (root === undefined || wrong === undefined) return line;
  unknown.add(wrong);
  return line.replace(`root=${root}`, () => `root=${facts.root}`);
}

/** The head of a menu searches for fonts, on the root or on the volume with the kernels. */
function correctOutside(
  lines: string[],
  entries: readonly { readonly entry: MenuEntry }[],
  facts: MenuFacts,
  unknown: ReadonlySet<string>,
): void {
  const rootUuid = /^UUID=(.+)$/.exec(facts.root)?.[1];
  for (const [i, line] of lines.entries()) {
    if (entries.some(({ entry }) => i >= entry.from && i <= entry.to)) continue;
    const uuid = searched(line);
    if (uuid !== undefined && unknown.has(uuid)) lines[i] = withSearched(line, rootUuid ?? facts.bootUuid);
  }
}
