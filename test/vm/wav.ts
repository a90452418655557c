import { open, stat } from "node:fs/promises";

/** QEMU's wav audio: a header of 44 bytes, then two channels of 16 bits, 44100 a second (qemu: audio/wavaudio.c). */
const HEADER = 44;
const BYTES_A_SECOND = 44_100 * 4;

/** Seconds that were recorded so far. */
export const secondsIn = async (file: string): Promise<number> =>
  Math.max(0, (await stat(file)).size - HEADER) / BYTES_A_SECOND;

/** How loud each tenth of a second is from a time on, as the root of the mean square: 0 to 32767. */
export async function loudness(file: string, fromSeconds: number): Promise<number[]> {
  await using wav = await open(file);
  const start = HEADER + Math.floor(fromSeconds * 10) * (BYTES_A_SECOND / 10);
  const bytes = Buffer.alloc(Math.max(0, (await wav.stat()).size - start));
  await wav.read(bytes, 0, bytes.length, start);
  const piece = BYTES_A_SECOND / 10;
  const tenths = Math.floor(bytes.length / piece);
  return Array.from({ length: tenths }, (_, tenth) => {
    let sum = 0;
    for (let at = tenth * piece; at < (tenth + 1) * piece; at += 2) sum += bytes.readInt16LE(at) ** 2;
    return Math.sqrt(sum / (piece / 2));
  });
}
