/**
 * N. Ferguson, "AES-CBC + Elephant diffuser: a disk encryption algorithm for Windows Vista", 2006, section 4.
 * Each word depends on two others, at fixed distances: B looks ahead, A looks back.
 */
interface Diffuser {
  readonly rounds: number;
  readonly near: number;
  readonly far: number;
  readonly rotate: readonly [number, number, number, number];
}
const A: Diffuser = { rounds: 5, near: -2, far: -5, rotate: [9, 0, 13, 0] };
const B: Diffuser = { rounds: 3, near: 2, far: 5, rotate: [0, 10, 0, 25] };

/** Undoes the diffuser in place on a sector that is decrypted already. `sectorKey` has 32 bytes. */
export function elephantDiffuser(sector: Uint8Array, sectorKey: Uint8Array): void {
  const view = new DataView(sector.buffer, sector.byteOffset, sector.length);
  const words = Uint32Array.from({ length: sector.length / 4 }, (_, i) => view.getUint32(i * 4, true));
  undo(words, B);
  undo(words, A);
  for (const [i, word] of words.entries()) view.setUint32(i * 4, word, true);
  for (let i = 0; i < sector.length; i++) sector[i] = (sector[i] as number) ^ (sectorKey[i % 32] as number);
}

function undo(words: Uint32Array, { rounds, near, far, rotate }: Diffuser): void {
  const n = words.length;
  for (let i = 0; i < rounds * n; i++) {
    const at = i % n;
    const turned = words[(at + far + n) % n] as number;
    const by = rotate[at % 4] as number;
    const value = (words[(at + near + n) % n] as number) ^ ((turned << by) | (by === 0 ? 0 : turned >>> (32 - by)));
    words[at] = (words[at] as number) + value;
  }
}
