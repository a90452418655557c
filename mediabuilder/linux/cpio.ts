/** One file of an initramfs. A symbolic link's content is its target; a folder has none. */
export interface CpioEntry {
  readonly path: string;
  readonly mode: number;
  readonly content?: Uint8Array;
}

export const FOLDER = 0o040755;
export const PROGRAM = 0o100755;
export const DATA = 0o100644;
export const LINK = 0o120777;

const FIELD_COUNT = 13;
const HEADER_SIZE = 6 + FIELD_COUNT * 8;
const END_MARK = "TRAILER!!!";
const align4 = (size: number): number => (size + 3) & ~3;

/**
 * A cpio archive in the "newc" format (kernel Documentation/driver-api/early-userspace/buffer-format.rst). Sorted by path, owned by
 * root, dated 0: the same entries always give the same bytes.
 */
export function writeCpio(entries: readonly CpioEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const records = sorted.map((entry, index) => record(entry, index));
  return Buffer.concat([...records, record({ path: END_MARK, mode: 0 }, 0)]);
}

/** Padding counts from the record's own start, which holds because every record's length is a multiple of four. */
function record(entry: CpioEntry, inode: number): Buffer {
  const content = entry.content ?? new Uint8Array(0);
  const name = Buffer.from(`${entry.path}\0`, "utf8");
  const links = entry.mode === FOLDER ? 2 : 1;
  // inode, mode, uid, gid, links, mtime, size, device numbers of the file (2) and of a special file (2), name size, checksum
  const fields = [inode, entry.mode, 0, 0, links, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`, "latin1");
  const contentAt = align4(HEADER_SIZE + name.length);
  const out = Buffer.alloc(align4(contentAt + content.length));
  header.copy(out, 0);
  name.copy(out, HEADER_SIZE);
  out.set(content, contentAt);
  return out;
}
