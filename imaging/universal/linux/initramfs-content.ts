import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { type CpioEntry, CpioReader } from "#imaging/universal/linux/cpio.ts";
import { decompress, isCompressed } from "#imaging/universal/linux/decompress.ts";
import { moduleName } from "#imaging/universal/linux/kernels.ts";

/** Bytes of a file, and of what it holds when it is expanded. */
const MOST_FILE = 1 << 30;
const MOST_EXPANDED = 4 * 2 ** 30;
const MOST_ENTRIES = 1_000_000;
const MOST_ARCHIVES = 64;
/** Bytes that tell what begins at a place. */
const HEAD = 8;

/** What an initramfs holds, as far as it could be read. */
export interface InitramfsContent {
  /** Names of the modules in it, with underscores. */
  readonly modules: ReadonlySet<string>;
  /** Kernels that it has modules of: "6.12.0-1-amd64". */
  readonly versions: ReadonlySet<string>;
  /** Why not all of it could be read, in plain words. */
  readonly unread: string | undefined;
}

/** @param path of this machine. @throws OPEN_FAILED; the signal's reason */
export async function readInitramfs(path: string, signal?: AbortSignal): Promise<InitramfsContent> {
  const modules = new Set<string>();
  const versions = new Set<string>();
  let unread: string | undefined;
  const unreadEnd = await readEntries(
    path,
    ({ name }) => {
      const module = moduleName(name);
      if (module !== undefined) modules.add(module);
      const version = /(?:^|\/)lib\/modules\/([^/]+)\//.exec(name)?.[1];
      if (version !== undefined) versions.add(version);
      // dracut's module "squash": everything is in one file.
      if (/(^|\/)squash(?:fs)?[-/]root\.img$/.test(name)) unread = "it holds a squashfs";
    },
    signal,
  );
  return { modules, versions, unread: unread ?? unreadEnd };
}

/**
 * Tells every file of an initramfs: archives one behind the other, the first ones as they are (microcode, modules), the last
 * one compressed as a rule (Linux: Documentation/driver-api/early-userspace/buffer-format.rst).
 * @returns why not all of it could be read
 */
export async function readEntries(
  path: string,
  onEntry: (entry: CpioEntry) => void,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const size = await fileSize(path);
  if (size === 0) return "it is empty";
  if (size > MOST_FILE) return "it is too large to be one";
  let at = 0;
  let entries = 0;
  const count = (entry: CpioEntry) => {
    entries += 1;
    onEntry(entry);
  };
  for (let archives = 0; at < size; archives++) {
    signal?.throwIfAborted();
    if (archives === MOST_ARCHIVES) return "it has too many parts";
    const head = await readHead(path, at);
    const isLast = isCompressed(head);
    const source = createReadStream(path, { start: at });
    const pieces = isLast ? decompress(head, source) : (source as AsyncIterable<Buffer>);
    const reader = new CpioReader();
    const why = await readPieces(pieces, reader, count, () => entries, signal);
    if (why !== undefined) return why;
    if (reader.consumed === 0) return archives === 0 ? "it is no initramfs" : `something unknown begins at byte ${at}`;
    if (isLast) return reader.isForeign || !reader.isWhole ? "an archive in it has no end" : undefined;
    if (!reader.isForeign) return reader.isWhole ? undefined : "an archive in it has no end";
    if (!reader.isWhole) return `an archive in it is damaged at byte ${at + reader.consumed}`;
    at += reader.consumed;
  }
  return undefined;
}

async function readPieces(
  pieces: AsyncIterable<Buffer>,
  reader: CpioReader,
  onEntry: (entry: CpioEntry) => void,
  entries: () => number,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  let expanded = 0;
  try {
    for await (const piece of pieces) {
      signal?.throwIfAborted();
      expanded += piece.length;
      reader.push(piece).forEach(onEntry);
      if (expanded > MOST_EXPANDED || entries() > MOST_ENTRIES) return "it is too large to be one";
      if (reader.isForeign) break;
    }
    return undefined;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof LifeboatError) return error.message;
    return `what is compressed in it is damaged (${(error as Error).message})`;
  }
}

async function fileSize(path: string): Promise<number> {
  try {
    await using file = await open(path, "r");
    return (await file.stat()).size;
  } catch (cause) {
    throw new LifeboatError("OPEN_FAILED", { path, reason: (cause as Error).message }, { cause });
  }
}

async function readHead(path: string, at: number): Promise<Buffer> {
  await using file = await open(path, "r");
  const head = Buffer.alloc(HEAD);
  const { bytesRead } = await file.read(head, 0, HEAD, at);
  return head.subarray(0, bytesRead);
}
