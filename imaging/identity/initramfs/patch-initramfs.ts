import { writeFile } from "node:fs/promises";
import { isLifeboatError } from "#base/errors.ts";
import { contentOf, expanded, expanderOf } from "#imaging/identity/initramfs/expand.ts";
import { type ArchivedFile, HEADER, writeArchive } from "#imaging/identity/initramfs/write-archive.ts";
import type { NewNames } from "#imaging/identity/new-names.ts";
import { replaceNames } from "#imaging/identity/replace-names.ts";
import { runSurely } from "#imaging/resize/run-to-end.ts";
import { type CpioEntry, CpioReader } from "#imaging/universal/linux/cpio.ts";

const PURPOSE = "change how a system calls its partitions";
/** Bytes. A kernel is started with less than that. */
const MOST_FILE = 1 << 30;
/** Bytes of a file of configuration or a script, and of all of them. */
const MOST_SMALL = 64 << 10;
const MOST_HELD = 32 << 20;
/** Bytes of what is put behind an initramfs. */
const MOST_ADDED = 1 << 20;
const MOST_ENTRIES = 1_000_000;
/** As in stat(2). */
const [KIND, REGULAR] = [0o170000, 0o100000];
/** The first file of that, by which it is known again in a copy of a copy. */
const MARK = "lifeboat-names";

/** Where initramfs-tools, dracut and mkinitcpio keep what they were told of the disk. */
const isPlace = (path: string): boolean =>
  /^(\.\/)?((conf|cryptroot|etc|scripts|hooks|(usr\/)?lib\/dracut)\/.+|[^/]+)$/.test(path);

/**
 * Writes new names into an initramfs: the files that have the old ones follow it once more, in an archive of their own, which the
 * kernel unpacks over the others (Linux: Documentation/driver-api/early-userspace/buffer-format.rst). So nothing is made anew
 * that only the running system could make, and no program of the system runs.
 * @param scratch path of a file that may be written, outside of the volume
 * @returns whether it changed, or why it could not be looked into, in plain words
 * @throws TOOL_FAILED; the signal's reason
 */
export async function patchInitramfs(
  path: string,
  names: NewNames,
  scratch: string,
  signal: AbortSignal,
): Promise<boolean | { readonly unread: string }> {
  const run = (tool: string, args: readonly string[]) => runSurely(tool, args, { purpose: PURPOSE, signal });
  const size = Number(await run("stat", ["--format=%s", "--", path]));
  if (size > MOST_FILE) return { unread: "it is too large" };
  const added = await findAdded(path, size, signal);
  const end = added?.start ?? size;
  const last = new Map<string, ArchivedFile & { readonly isChanged: boolean }>();
  const look =
    (isAdded: boolean): Look =>
    (file) => {
      const after = Buffer.from(replaceNames(file.content.toString("latin1"), names), "latin1");
      const isChanged = !after.equals(file.content);
      // Of two files of one path the later one counts.
      if (isChanged || isAdded) last.set(file.name, { ...file, content: after, isChanged });
      else last.delete(file.name);
    };
  try {
    await readInitramfs(() => contentOf(path, "head", end, signal), look(false), signal);
    if (added) await readArchives(only(added.bytes), look(true));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof RangeError) && !isLifeboatError(error, "TOOL_MISSING")) throw error;
    return { unread: error.message };
  }
  if (![...last.values()].some(({ isChanged }) => isChanged)) return false;
  const mark = { name: MARK, mode: 0o100644, content: Buffer.alloc(0) };
  const archive = writeArchive([mark, ...last.values()]);
  if (archive.length > MOST_ADDED - 4) return { unread: "too much in it would change" };
  await writeFile(scratch, Buffer.concat([Buffer.alloc((4 - (end % 4)) % 4), archive]));
  await run("truncate", [`--size=${end}`, "--", path]);
  await run("dd", [`if=${scratch}`, `of=${path}`, "oflag=append", "conv=notrunc", "bs=64K", "status=none"]);
  return true;
}

/** What this has put there before, in a copy that was copied: what stands in it counts, and it is made anew. */
async function findAdded(
  path: string,
  size: number,
  signal: AbortSignal,
): Promise<{ readonly start: number; readonly bytes: Buffer } | undefined> {
  const tail = await startOf(contentOf(path, "tail", MOST_ADDED, signal), MOST_ADDED);
  const at = tail.lastIndexOf(Buffer.from(`${MARK}\0`)) - HEADER;
  if (at < 0 || tail.toString("latin1", at, at + 6) !== "070701") return undefined;
  return { start: size - tail.length + at, bytes: tail.subarray(at) };
}

type Look = (file: ArchivedFile) => void;

/** Archives as they are, for the processor and the first modules, and then one that is compressed. */
async function readInitramfs(content: () => AsyncIterable<Buffer>, look: Look, signal: AbortSignal): Promise<void> {
  const first = await readArchives(content(), look);
  if (first === undefined) return;
  const tool = expanderOf(await startOf(behind(content(), first), 8));
  if (tool === undefined)
    throw new RangeError("it is compressed in a way behind which the kernel takes nothing, or that is not known");
  const rest = await readArchives(expanded(tool, behind(content(), first), signal), look);
  if (rest !== undefined) throw new RangeError("what is compressed in it is no archive");
}

/** @returns the byte where something else than an archive begins. @throws RangeError, in plain words */
async function readArchives(pieces: AsyncIterable<Buffer>, look: Look): Promise<number | undefined> {
  let [held, entries] = [0, 0];
  const reader = new CpioReader(({ name, mode, size, links }) => {
    const isWanted = isPlace(name) && (mode & KIND) === REGULAR && links <= 1 && size <= MOST_SMALL;
    if (isWanted) held += size;
    return isWanted && held <= MOST_HELD;
  });
  for await (const piece of pieces) {
    const found = reader.push(piece);
    entries += found.length;
    if (entries > MOST_ENTRIES || held > MOST_HELD) throw new RangeError("it has too many files");
    for (const file of found) if (hasContent(file)) look(file);
    if (reader.isForeign) break;
  }
  if (!reader.isWhole) throw new RangeError(`an archive in it is damaged, or has no end, at byte ${reader.consumed}`);
  return reader.isForeign ? reader.consumed : undefined;
}

const hasContent = (file: CpioEntry): file is CpioEntry & ArchivedFile => file.content !== undefined;

async function* only(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

async function* behind(pieces: AsyncIterable<Buffer>, start: number): AsyncGenerator<Buffer, void, undefined> {
  let at = 0;
  for await (const piece of pieces) {
    const from = Math.max(0, start - at);
    at += piece.length;
    if (from < piece.length) yield piece.subarray(from);
  }
}

/** The first bytes, or all where there are fewer. */
async function startOf(pieces: AsyncIterable<Buffer>, bytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let have = 0;
  for await (const piece of pieces) {
    parts.push(piece);
    have += piece.length;
    if (have >= bytes) break;
  }
  return Buffer.concat(parts).subarray(0, bytes);
}
