import { lstat } from "node:fs/promises";
import { ReplacedFiles } from "#imaging/explore/copy/replaced-files.ts";
import type { Entry } from "#imaging/explore/entry.ts";
import type { Place } from "#imaging/explore/resolve-path.ts";
import { walk } from "#imaging/explore/walk.ts";
import { streamTool } from "#imaging/system/stream-tool.ts";

/** A file or folder to copy, and where its copy goes. */
export interface Job {
  readonly place: Place;
  readonly target: string;
}

/** How many files have something that a target may not be able to keep, and the names of the first. */
export class Tally {
  static readonly MOST_NAMES = 5;
  readonly names: string[] = [];
  count = 0;

  add(name: string): void {
    this.count++;
    if (this.names.length < Tally.MOST_NAMES) this.names.push(name);
  }
}

export interface CopyScan {
  readonly entries: number;
  /** Of all files. */
  readonly bytes: number;
  /** Files that are in the target already. */
  readonly existing: Tally;
  readonly replaced: ReplacedFiles;
  readonly owners: Tally;
  readonly permissions: Tally;
  readonly symbolicLinks: Tally;
  readonly hardLinks: Tally;
  readonly specialFiles: Tally;
  readonly holes: Tally;
  readonly attributes: Tally;
  readonly accessLists: Tally;
  readonly ntfs: Tally;
  /** Files that NTFS compresses. */
  readonly compressed: Tally;
}

/** File systems whose files have neither owners nor permissions of their own. */
const WITHOUT_OWNERS: readonly string[] = ["vfat", "exfat", "ntfs"];

/** Looks at everything that is to be copied before anything is written. */
export async function scanJobs(jobs: readonly Job[], signal: AbortSignal): Promise<CopyScan> {
  const scan = { entries: 0, bytes: 0, replaced: new ReplacedFiles(), ...tallies() };
  for (const { place, target } of jobs) {
    const type = place.volume.filesystem?.type ?? "";
    for await (const entry of walk([place.path], { signal })) {
      scan.entries++;
      scan.bytes += entry.type === "file" ? entry.size : 0;
      const name = place.name + entry.path.slice(place.path.length);
      count(scan, entry, name, !WITHOUT_OWNERS.includes(type));
      if (type === "ntfs") scan.ntfs.add(name);
      const copy = target + entry.path.slice(place.path.length);
      if (!(await isTaken(copy, entry))) continue;
      scan.existing.add(name);
      await scan.replaced.add(copy);
    }
    await countAttributes(scan, place, signal);
    if (type === "ntfs") await countCompressed(scan, place, signal);
  }
  return scan;
}

type Tallies = Omit<CopyScan, "entries" | "bytes" | "replaced">;

const tallies = (): Tallies => ({
  ...{ existing: new Tally(), owners: new Tally(), permissions: new Tally(), symbolicLinks: new Tally() },
  ...{ hardLinks: new Tally(), specialFiles: new Tally(), holes: new Tally(), attributes: new Tally() },
  ...{ accessLists: new Tally(), ntfs: new Tally(), compressed: new Tally() },
});

function count(scan: Tallies, entry: Entry, name: string, hasOwners: boolean): void {
  const { type } = entry;
  if (hasOwners && (entry.uid !== 0 || entry.gid !== 0)) scan.owners.add(name);
  if (hasOwners && type !== "link") scan.permissions.add(name);
  if (type === "link") scan.symbolicLinks.add(name);
  else if (type !== "file" && type !== "folder") scan.specialFiles.add(name);
  if (type === "file" && entry.links > 1) scan.hardLinks.add(name);
  if (type === "file" && entry.allocated + 4096 < entry.size) scan.holes.add(name);
}

/** A folder may go into one that is there. */
async function isTaken(path: string, { type }: Entry): Promise<boolean> {
  const there = await lstat(path).catch(() => undefined);
  return there !== undefined && !(type === "folder" && there.isDirectory());
}

async function countAttributes(scan: Tallies, place: Place, signal: AbortSignal): Promise<void> {
  for await (const { name, lines } of attributesOf(place, ["-m", "-"], signal)) {
    if (lines.some((line) => line.startsWith("system.posix_acl_"))) scan.accessLists.add(name);
    if (lines.some((line) => !line.startsWith("system."))) scan.attributes.add(name);
  }
}

/** FILE_ATTRIBUTE_COMPRESSED, 0x800 of 32 bits in the order of NTFS. Of a folder it says what new files become. */
async function countCompressed(scan: Tallies, place: Place, signal: AbortSignal): Promise<void> {
  const wanted = ["-e", "hex", "-n", "system.ntfs_attrib"];
  for await (const { name, lines } of attributesOf(place, wanted, signal)) {
    const flags = Buffer.from(lines[0]?.split("=0x")[1] ?? "", "hex");
    const [isCompressed, isFolder] = [((flags[1] ?? 0) & 0x08) !== 0, ((flags[0] ?? 0) & 0x10) !== 0];
    if (isCompressed && !isFolder) scan.compressed.add(name);
  }
}

/** By getfattr(1), which prints "# file: NAME", the file's attributes below it and an empty line. */
async function* attributesOf(
  { path, name }: Place,
  wanted: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<{ name: string; lines: string[] }> {
  const args = ["-R", "-P", "-h", "--absolute-names", ...wanted, path];
  let file = { name: "", lines: [] as string[] };
  const options = { purpose: "copy extended attributes", separator: "\n", signal } as const;
  for await (const line of streamTool("getfattr", args, options)) {
    if (line.startsWith("# file: ")) file = { name: name + line.slice("# file: ".length + path.length), lines: [] };
    else if (line !== "") file.lines.push(line);
    else if (file.lines.length > 0) yield file;
  }
}
