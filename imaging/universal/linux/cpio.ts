/** A file of an archive; its content is passed by, unless it is wanted. */
export interface CpioEntry {
  /** As it stands there, a letter for each byte: "usr/lib/modules/6.12.0/kernel/fs/ext4/ext4.ko.xz". */
  readonly name: string;
  /** As in stat(2). */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
  /** Names that it has in the archive; of more than one only the last has the content. */
  readonly links: number;
  readonly content?: Buffer;
}

/** Bytes of "newc" header (cpio(5); Linux: Documentation/driver-api/early-userspace/buffer-format.rst). */
const HEADER = 110;
const MAGIC = /^07070[12]$/;
const TRAILER = "TRAILER!!!";
/** Bytes, as the kernel has it (PATH_MAX). */
const MOST_NAME = 4096;
const FIELD = { mode: 14, links: 38, size: 54, nameSize: 94 } as const;

/** To the next multiple of four; a size has 32 bits, so no bit operation will do. */
const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/**
 * Reads one archive after the other, as they come in pieces; zeros between them are passed by. It holds no more than a
 * header and a name, and the content of a file that is wanted.
 */
export class CpioReader {
  readonly #isWanted: (entry: CpioEntry) => boolean;
  /** The file whose content is being read. */
  #wanted: { readonly entry: CpioEntry; readonly content: Buffer } | undefined;
  /** Bytes of an unfinished header with its name. */
  #head: Buffer = Buffer.alloc(0);
  /** Bytes of content still to be passed by. */
  #skip = 0;
  #isInside = false;
  /** Bytes of all pieces that belong to archives and the zeros behind them; what follows there is something else. */
  consumed = 0;
  /** Something else than an archive begins at `consumed`. */
  isForeign = false;

  /** @param isWanted whose content is given with it; whoever wants it bounds its size */
  constructor(isWanted: (entry: CpioEntry) => boolean = () => false) {
    this.#isWanted = isWanted;
  }

  /** Whether the last archive came to its end. */
  get isWhole(): boolean {
    return !this.#isInside && this.#head.length === 0;
  }

  /** @returns the files whose headers, or contents that are wanted, end in this piece; none from where `isForeign` became true */
  push(piece: Uint8Array): CpioEntry[] {
    const found: CpioEntry[] = [];
    let at = 0;
    while (at < piece.length && !this.isForeign) {
      if (this.#skip > 0) at += this.#pass(piece.subarray(at, at + this.#skip), found);
      else if (!this.#isInside && this.#head.length === 0 && piece[at] === 0) {
        at += 1;
        this.consumed += 1;
      } else at += this.#collect(piece.subarray(at), found);
    }
    return found;
  }

  #pass(piece: Uint8Array, found: CpioEntry[]): number {
    const wanted = this.#wanted;
    if (wanted) wanted.content.set(piece.subarray(0, this.#skip), padded(wanted.entry.size) - this.#skip);
    this.#skip -= piece.length;
    this.consumed += piece.length;
    if (wanted && this.#skip === 0) {
      found.push({ ...wanted.entry, content: wanted.content.subarray(0, wanted.entry.size) });
      this.#wanted = undefined;
    }
    return piece.length;
  }

  /** Takes what is missing of a header, and of the name behind it. @returns bytes taken */
  #collect(piece: Uint8Array, found: CpioEntry[]): number {
    const had = this.#head.length;
    const want = had < HEADER ? HEADER : this.#headSize();
    const taken = piece.subarray(0, want - had);
    this.#head = Buffer.concat([this.#head, taken]);
    const short = this.#head.length < Math.min(6, want);
    if (!short && !MAGIC.test(this.#head.toString("latin1", 0, 6))) return this.#refuse(this.#isInside);
    if (this.#head.length === HEADER && this.#nameSize() === undefined) return this.#refuse(true);
    if (this.#head.length >= HEADER && this.#head.length === this.#headSize()) {
      const entry = this.#finish();
      if (entry) found.push(entry);
    }
    return taken.length;
  }

  #refuse(isDamaged: boolean): 0 {
    this.isForeign = true;
    this.#isInside = isDamaged;
    this.#head = Buffer.alloc(0);
    return 0;
  }

  #field(offset: number): number | undefined {
    const text = this.#head.toString("latin1", offset, offset + 8);
    return /^[0-9a-fA-F]{8}$/.test(text) ? Number.parseInt(text, 16) : undefined;
  }

  #nameSize(): number | undefined {
    const size = this.#field(FIELD.nameSize);
    const isSound = size !== undefined && size > 0 && size <= MOST_NAME;
    return isSound && this.#field(FIELD.size) !== undefined && this.#field(FIELD.mode) !== undefined ? size : undefined;
  }

  /** Bytes of the header with its name, and what is behind it up to the content. */
  #headSize(): number {
    return padded(HEADER + (this.#nameSize() ?? 0));
  }

  #finish(): CpioEntry | undefined {
    const nameSize = this.#nameSize() ?? 1;
    const name = this.#head.toString("latin1", HEADER, HEADER + nameSize - 1);
    const [mode = 0, size = 0, links = 0] = [FIELD.mode, FIELD.size, FIELD.links].map((at) => this.#field(at));
    this.consumed += this.#head.length;
    this.#head = Buffer.alloc(0);
    this.#isInside = name !== TRAILER;
    if (!this.#isInside) return undefined;
    this.#skip = padded(size);
    const entry = { name, mode, size, links };
    if (size === 0 || !this.#isWanted(entry)) return entry;
    this.#wanted = { entry, content: Buffer.alloc(padded(size)) };
    return undefined;
  }
}
