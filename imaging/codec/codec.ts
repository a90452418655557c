import { createRequire } from "node:module";
import zlib from "node:zlib";

/** Compresses and expands one chunk at a time. An instance belongs to one thread and reuses its working memory. */
export interface Codec {
  readonly name: "zstd-napi" | "node:zlib";
  /** Writes one zstd frame into `into`. @returns its length, or undefined when it would not fit. */
  compress(from: Uint8Array, into: Uint8Array): number | undefined;
  /** Expands one zstd frame. @throws Error when the frame is damaged or does not fit. @returns bytes written. */
  expand(from: Uint8Array, into: Uint8Array): number;
  /**
   * Expands the start of one zstd frame, block after block, until `least` bytes are there. @param into has room for all of
   * it. @throws Error when that part of the frame is damaged, cut off or does not fit. @returns bytes written
   */
  expandStart(from: Uint8Array, into: Uint8Array, least: number): number;
}

export type Level = "none" | "normal" | "high";
/**
 * zstd levels. On pieces of 1 MiB of a disk, 2 takes two thirds of the time of 3 for 2 % more space, and 1 would take
 * another 2 %. Above 9 zstd costs far more time than the space it saves.
 */
const ZSTD_LEVEL: Record<Level | "fastest", number> = { none: 0, fastest: 1, normal: 2, high: 9 };

interface ZstdBinding {
  CCtx: new () => { setParameter(p: number, v: number): void; compress2(into: Uint8Array, from: Uint8Array): number };
  DCtx: new () => Expander;
  CParameter: Record<string, number>;
  ResetDirective: Record<string, number>;
}

interface Expander {
  decompress(into: Uint8Array, from: Uint8Array): number;
  decompressStream(into: Uint8Array, from: Uint8Array): [wanted: number, written: number, taken: number];
  reset(what: number): void;
}

/**
 * zstd-napi where its native part is built: it keeps its context and writes into our buffer. Else node:zlib, whose
 * frames are interchangeable with it (WinPE, or a machine without a compiler).
 */
export function openCodec(level: Level | "fastest", prefer?: Codec["name"]): Codec {
  if (prefer !== "node:zlib") {
    try {
      return nativeCodec(ZSTD_LEVEL[level]);
    } catch (error) {
      if (prefer === "zstd-napi") throw error;
    }
  }
  return zlibCodec(ZSTD_LEVEL[level]);
}

function nativeCodec(level: number): Codec {
  const binding = createRequire(import.meta.url)("zstd-napi/binding.js") as ZstdBinding;
  const compressor = new binding.CCtx();
  const expander = new binding.DCtx();
  const session = binding.ResetDirective["sessionOnly"] ?? 0;
  const parameter = (name: string): number => binding.CParameter[name] ?? 0;
  compressor.setParameter(parameter("compressionLevel"), level);
  // Records carry their own checksums.
  compressor.setParameter(parameter("checksumFlag"), 0);
  return {
    name: "zstd-napi",
    compress(from, into) {
      try {
        return compressor.compress2(into, from);
      } catch {
        return undefined; // "Destination buffer is too small": the chunk is stored as it is
      }
    },
    expand: (from, into) => expander.decompress(into, from),
    expandStart(from, into, least) {
      expander.reset(session);
      return expandUntil(expander, from, into, least);
    },
  };
}

/** ZSTD_FRAMEHEADERSIZE_MIN and a block's header: from then on zstd says how much its next step takes. */
const FIRST_STEP = 9;

function expandUntil(expander: Expander, from: Uint8Array, into: Uint8Array, least: number): number {
  let taken = 0;
  let written = 0;
  for (let step = FIRST_STEP; written < least && step > 0; ) {
    const part = from.subarray(taken, taken + step);
    if (part.length === 0 || written === into.length) throw new Error("the frame is cut off, or too long");
    const result = expander.decompressStream(into.subarray(written), part);
    step = result[0];
    written += result[1];
    taken += result[2];
  }
  return written;
}

function zlibCodec(level: number): Codec {
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level };
  return {
    name: "node:zlib",
    compress(from, into) {
      const frame = zlib.zstdCompressSync(from, { params, pledgedSrcSize: from.length } as zlib.ZstdOptions);
      if (frame.length > into.length) return undefined;
      into.set(frame);
      return frame.length;
    },
    expand(from, into) {
      const plain = zlib.zstdDecompressSync(from, { maxOutputLength: into.length });
      into.set(plain);
      return plain.length;
    },
    expandStart(from, into) {
      return this.expand(from, into);
    },
  };
}
