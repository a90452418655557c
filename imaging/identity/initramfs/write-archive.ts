/** A regular file of an archive. */
export interface ArchivedFile {
  /** As it stands there, a character for each byte: "conf/conf.d/resume". */
  readonly name: string;
  /** As in stat(2). */
  readonly mode: number;
  readonly content: Buffer;
}

/** Bytes of a header in the "newc" format (Linux: Documentation/driver-api/early-userspace/buffer-format.rst). */
export const HEADER = 110;

const align4 = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** An archive of these files, owned by root and dated 0. Their folders are those of the archives before it. */
export function writeArchive(files: readonly ArchivedFile[]): Buffer {
  const end = { name: "TRAILER!!!", mode: 0, content: Buffer.alloc(0) };
  return Buffer.concat([...files, end].map((file, i) => record(file, i + 1)));
}

function record({ name: path, mode, content }: ArchivedFile, inode: number): Buffer {
  const name = Buffer.from(`${path}\0`, "latin1");
  // inode, mode, uid, gid, links, mtime, size, devices of the file (2) and of a special file (2), size of the name, checksum
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  const start = align4(HEADER + name.length);
  const out = Buffer.alloc(align4(start + content.length));
  out.write(header, 0, "latin1");
  name.copy(out, HEADER);
  content.copy(out, start);
  return out;
}
