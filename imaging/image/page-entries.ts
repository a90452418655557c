import type { RecordFile } from "#imaging/image/record-file.ts";

/** The entries of a page. @throws IMAGE_DAMAGED */
export function entries<T>(
  file: RecordFile,
  plain: Uint8Array,
  type: { size: number; parse(bytes: Uint8Array): T },
  part: string,
  address: number,
): T[] {
  if (plain.length % type.size !== 0) throw file.damaged(part, address, "it has a part entry");
  try {
    return Array.from({ length: plain.length / type.size }, (_, i) => type.parse(plain.subarray(i * type.size)));
  } catch (error) {
    throw file.damaged(part, address, (error as Error).message);
  }
}
