/** A file that came whole. */
export interface Loaded {
  readonly bytes: number;
  /** CRC-32 of its content. */
  readonly crc: number;
  readonly seconds: number;
}
