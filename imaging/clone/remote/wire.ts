import { at, bytes, type Infer, magic, struct, u8, u16, u32, u64 } from "#base/struct.ts";
import { allocateSegment, type ChunkTable } from "#imaging/image/chunk-table.ts";
import { CHUNK_RUNS, CHUNK_SIZE } from "#imaging/image/format.ts";

/** What goes between the two machines of a clone: docs/format/clone-wire.md. */
export const WIRE_VERSION = 1;
/** Where a disk is served unless another port is named. */
export const DEFAULT_PORT = 19_522;
/** TLS names the key by this: it tells nobody anything. */
export const PSK_IDENTITY = "lifeboat-clone/1";
/** All of TLS 1.3, so both sides make fresh keys; this suite is the one that OpenSSL takes for a key of 32 bytes. */
export const CIPHER = "TLS_AES_128_GCM_SHA256";

export const REQUEST = { hello: 1, describe: 2, read: 3, readPatiently: 4, hash: 5, ping: 6, done: 7 } as const;
export type RequestKind = (typeof REQUEST)[keyof typeof REQUEST];
export const ANSWER = { data: 0, failure: 1 } as const;
export const WIRE_CODEC = { stored: 0, zstd: 1 } as const;
/** In `state` of a bad range, by its value. */
export const BAD_STATES = ["bad", "given-up", "not-tried"] as const;

/** Bytes that one request may ask for. */
export const MOST_READ = CHUNK_SIZE;
/** A MiB of sectors of 512 bytes, each of which is another matter than its neighbours. */
export const MOST_BAD = 2048;
/** A failure is a short JSON text. */
export const MOST_FAILURE = 4096;
/** Requests that the other side has taken and not answered. */
export const MOST_IN_FLIGHT = 16;
/**
 * Chunks that come over and are checkpointed together: 64 MiB. Two of them are on their way at a time, in a spool that may
 * lie in memory. Both sides count segments alike: hashes are asked for by the segment.
 */
export const WIRE_SEGMENT_CHUNKS = 64;
/** Room for one. */
export const wireSegment = (): ChunkTable => allocateSegment(WIRE_SEGMENT_CHUNKS, (1 << 14) + CHUNK_RUNS);
/** A side that has heard nothing for so long takes the other one for gone; pings go four times as often. */
export const SILENCE_MS = 60_000;

// biome-ignore format: one row a field
export const cloneRequest = struct("CloneRequest", "docs/format/clone-wire.md", 24, {
  magic:  at(0,  magic("LBRQ"), "a request"),
  kind:   at(4,  u8,  "1 hello, 2 describe, 3 read, 4 read patiently, 5 hash, 6 ping, 7 done"),
  tag:    at(8,  u32, "comes back in the answer"),
  length: at(12, u32, "bytes that are asked for; hello: version of the protocol, 1; hash: chunks"),
  offset: at(16, u64, "byte of the description or of the disk; hello: a random number that stays with the receiver; hash: number of the first chunk"),
});
export type CloneRequest = Infer<typeof cloneRequest>;

// biome-ignore format: one row a field
export const cloneAnswer = struct("CloneAnswer", "docs/format/clone-wire.md", 24, {
  magic:        at(0,  magic("LBAN"), "an answer"),
  kind:         at(4,  u8,  "0 data, 1 failure"),
  codec:        at(5,  u8,  "of the data: 0 as it is, 1 one zstd frame"),
  badCount:     at(6,  u16, "bad ranges before the data, 0 to 2048"),
  tag:          at(8,  u32, "of the request"),
  rawLength:    at(12, u32, "plain bytes of the data, at most 1 MiB"),
  storedLength: at(16, u32, "bytes of the data in this answer, at most rawLength"),
});
export type CloneAnswer = Infer<typeof cloneAnswer>;

// biome-ignore format: one row a field
export const badRange = struct("BadRange", "docs/format/clone-wire.md", 24, {
  start: at(0,  u64, "first byte of the disk that could not be read"),
  end:   at(8,  u64, "the byte behind the last one"),
  state: at(16, u8,  "0 each of its sectors was tried, 1 given up, 2 not tried"),
});

// biome-ignore format: one row a field
export const cloneDescription = struct("CloneDescription", "docs/format/clone-wire.md", 80, {
  magic:       at(0,  magic("LIFEBOAT CLONING"), "what is served is a disk"),
  version:     at(16, u32, "1"),
  sectorSize:  at(20, u32, "512 or 4096"),
  size:        at(24, u64, "bytes of the disk"),
  rootHash:    at(32, bytes(32), "the identity of all content: stays while nothing writes to the disk"),
  textLength:  at(64, u32, "bytes of the text in the description, at most 4 MiB"),
  regions:     at(68, u32, "regions, each with the number of its extents"),
  extents:     at(72, u32, "extents of all regions, at most 4194304"),
  chunks:      at(76, u32, "chunks of 1 MiB windows"),
});
export type CloneDescription = Infer<typeof cloneDescription>;
