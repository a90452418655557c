import { open } from "node:fs/promises";

/** All of a small file. Who can write to a repository must not fill our memory. @throws what open(2) and read(2) do, RangeError */
export async function readSmall(path: string, most: number): Promise<Buffer> {
  await using file = await open(path, "r");
  const buffer = Buffer.alloc(Math.min((await file.stat()).size, most) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, length);
    length += bytesRead;
    if (length > most) throw new RangeError(`${path} has more than ${most} bytes`);
    if (bytesRead === 0 || length === buffer.length) return buffer.subarray(0, length);
  }
}
