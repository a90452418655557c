/** What computers pass on to each other: a part of a file of the server. */
export interface Piece {
  /** Relative to the root of the server, with slashes. */
  readonly file: string;
  /** What the server calls its content (RFC 9110, section 8.8.3), without quotation marks: another content has other pieces. */
  readonly version: string;
  /** From 0: its place in the file, in units of `PIECE_SIZE`. */
  readonly number: number;
}

/** Bytes of all pieces of a file but its last: a request costs little against them, and none keeps a link busy for long. */
export const PIECE_SIZE = 1 << 20;

/** No two pieces have the same: file names may have blanks, numbers and versions have none. */
export const pieceKey = ({ file, version, number }: Piece): string => `${number} ${version} ${file}`;

/** Undefined: no key. */
export function pieceOf(key: string): Piece | undefined {
  const [, number, version, file] = /^(\d{1,9}) ([^ ]+) (.+)$/s.exec(key) ?? [];
  if (number === undefined || version === undefined || file === undefined) return undefined;
  return { file, version, number: Number(number) };
}

/** Of a file of `size` bytes. */
export const pieceLength = (size: number, number: number): number =>
  Math.max(0, Math.min(PIECE_SIZE, size - number * PIECE_SIZE));
