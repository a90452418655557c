import type { Struct } from "#base/struct.ts";

/** Frames that come one behind the other over a connection: a header, and as much behind it as the header says. */
export interface FrameShape<H> {
  readonly header: Struct<H>;
  /** Bytes behind this header. Throws for a header that is wrong, before room is made for what it announces. */
  lengthOf(header: H): number;
}

const NONE = new Uint8Array(0);

/**
 * Puts frames together from pieces of any size. It holds one frame at a time, in a buffer that is used again: memory does
 * not grow with what comes, but only to the longest frame that the shape allows.
 */
export class FrameReader<H> {
  readonly #shape: FrameShape<H>;
  readonly #onFrame: (header: H, payload: Uint8Array) => void;
  readonly #head: Uint8Array;
  #header: H | undefined;
  #payload: Uint8Array = NONE;
  #length = 0;
  #filled = 0;

  /** @param onFrame called with each frame; its bytes are gone when it returns */
  constructor(shape: FrameShape<H>, onFrame: (header: H, payload: Uint8Array) => void) {
    this.#shape = shape;
    this.#onFrame = onFrame;
    this.#head = new Uint8Array(shape.header.size);
  }

  /** @throws what the header's structure and the shape throw; nothing may be pushed after that */
  push(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const [into, length] =
        this.#header === undefined ? [this.#head, this.#head.length] : [this.#payload, this.#length];
      const part = piece.subarray(at, at + length - this.#filled);
      into.set(part, this.#filled);
      at += part.length;
      this.#filled += part.length;
      if (this.#filled === length) this.#complete();
    }
  }

  #complete(): void {
    this.#filled = 0;
    if (this.#header === undefined) {
      const header = this.#shape.header.parse(this.#head);
      this.#length = this.#shape.lengthOf(header);
      if (this.#payload.length < this.#length) this.#payload = new Uint8Array(this.#length);
      this.#header = header;
      if (this.#length > 0) return;
    }
    const header = this.#header;
    this.#header = undefined;
    this.#onFrame(header, this.#payload.subarray(0, this.#length));
  }
}
