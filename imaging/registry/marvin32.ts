/** The seed of hives' logs, as two words: bytes 82 EF 4D 88 7A 4E 55 C5 (`Log entries`, note 3). */
export const LOG_SEED: readonly [low: number, high: number] = [0x884def82, 0xc5554e7a];

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/**
 * Marvin32, a checksum with a seed (US patent 8,555,015).
 * @returns the two words of the 64-bit result
 */
export function marvin32(bytes: Uint8Array, seed = LOG_SEED): [low: number, high: number] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const whole = bytes.length & ~3;
  let [low, high] = [seed[0] | 0, seed[1] | 0];
  const mix = (word: number) => {
    low = (low + word) | 0;
    high ^= low;
    low = (rotate(low, 20) + high) | 0;
    high = rotate(high, 9) ^ low;
    low = (rotate(low, 27) + high) | 0;
    high = rotate(high, 19);
  };
  for (let at = 0; at < whole; at += 4) mix(view.getInt32(at, true));
  // The rest, with a mark of its end.
  let last = 0x80;
  for (let at = bytes.length - 1; at >= whole; at--) last = (last << 8) | (bytes[at] as number);
  mix(last);
  mix(0);
  return [low >>> 0, high >>> 0];
}
