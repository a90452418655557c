/** A file or folder as find(1) sees it in a mounted volume. */
export interface Entry {
  readonly type: "file" | "folder" | "link" | "fifo" | "socket" | "character-device" | "block-device" | "unknown";
  /** Permissions, with set-uid and the like. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  readonly inode: number;
  /** Bytes. */
  readonly size: number;
  /** Bytes that it takes on its disk. */
  readonly allocated: number;
  /** Seconds since 1970. */
  readonly modified: number;
  readonly path: string;
  /** Where a symbolic link points to. */
  readonly target: string;
}

/** What find(1) prints of an entry, between NUL bytes: the one byte that no name has. */
const FIELDS = ["%y", "%m", "%U", "%G", "%n", "%i", "%s", "%b", "%T@", "%p", "%l"] as const;
export const ENTRY_FORMAT = FIELDS.map((field) => `${field}\\0`).join("");

const TYPES: Readonly<Record<string, Entry["type"]>> = {
  f: "file",
  d: "folder",
  l: "link",
  p: "fifo",
  s: "socket",
  c: "character-device",
  b: "block-device",
};

/** Entries from the fields that find(1) prints by ENTRY_FORMAT. */
export async function* readEntries(fields: AsyncIterable<string>): AsyncGenerator<Entry, void, undefined> {
  let row: string[] = [];
  for await (const field of fields) {
    row.push(field);
    if (row.length < FIELDS.length) continue;
    yield entryOf(row);
    row = [];
  }
}

function entryOf(row: readonly string[]): Entry {
  const [type = "", mode = "", uid, gid, links, inode, size, blocks, modified = "", path = "", target = ""] = row;
  return {
    type: TYPES[type] ?? "unknown",
    mode: Number.parseInt(mode, 8),
    ...{ uid: Number(uid), gid: Number(gid), links: Number(links), inode: Number(inode) },
    ...{ size: Number(size), allocated: Number(blocks) * 512, modified: Number.parseFloat(modified) },
    ...{ path, target },
  };
}
