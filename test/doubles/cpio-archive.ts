/** An archive in the form "newc" (cpio(5)) of regular files; a name without content is a folder. */
export function archive(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const entries = Object.entries(files).map(([name, content], i) => entry(name, Buffer.from(content), i + 1));
  return Buffer.concat([...entries, entry("TRAILER!!!", Buffer.alloc(0), 0)]);
}

function entry(name: string, content: Buffer, inode: number): Buffer {
  const bytes = Buffer.from(name);
  const mode = content.length > 0 ? 0o100644 : 0o040755;
  const fields = [inode, mode, 0, 0, 1, 0, content.length, 0, 0, 0, 0, bytes.length + 1, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, "0")).join("")}`;
  return Buffer.concat([
    padded(Buffer.concat([Buffer.from(header, "latin1"), bytes, Buffer.alloc(1)])),
    padded(content),
  ]);
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
