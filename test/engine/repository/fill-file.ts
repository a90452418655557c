import { stat, writeFile } from "node:fs/promises";

/** Overwrites all of a file, as a dying medium does. */
export async function fill(path: string, byte: number): Promise<void> {
  await writeFile(path, Buffer.alloc((await stat(path)).size, byte), { flag: "r+" });
}
