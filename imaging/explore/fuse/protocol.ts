import { at, type Infer, struct, u16, u32, u64 } from "#base/struct.ts";

/**
 * What the kernel and a FUSE server say to each other: linux/include/uapi/linux/fuse.h, version 7.31. Only what a
 * server of files needs that never change their size. The kernel writes integers in the machine's order, which is little-endian on all
 * that we run on.
 */
const SPEC = "linux/fuse.h 7.31";

export const MAJOR = 7;
export const MINOR = 31;

/** `fuse_opcode` */
export const OPCODE = {
  lookup: 1,
  forget: 2,
  getattr: 3,
  setattr: 4,
  mkdir: 9,
  unlink: 10,
  rmdir: 11,
  rename: 12,
  open: 14,
  read: 15,
  write: 16,
  statfs: 17,
  release: 18,
  fsync: 20,
  flush: 25,
  init: 26,
  opendir: 27,
  readdir: 28,
  releasedir: 29,
  fsyncdir: 30,
  create: 35,
  interrupt: 36,
  destroy: 38,
  batchForget: 42,
  rename2: 45,
  lseek: 46,
} as const;

/** The kernel takes no answer to these. */
export const UNANSWERED: readonly number[] = [OPCODE.forget, OPCODE.batchForget, OPCODE.interrupt];

/** errno(3). */
export const ERRNO = {
  EPERM: 1,
  ENOENT: 2,
  EIO: 5,
  ENXIO: 6,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOSPC: 28,
  EROFS: 30,
  ENOSYS: 38,
} as const;

/** What the kernel gets: bytes, or an error's number. */
export type Answer = Uint8Array | number;

/**
 * FUSE_ASYNC_READ: several reads of one file at once. FUSE_BIG_WRITES: a write may be longer than a page.
 * FUSE_MAX_PAGES: `maxPages` counts.
 */
export const INIT_FLAGS = {
  asyncRead: 1 << 0,
  bigWrites: 1 << 5,
  parallelDirops: 1 << 18,
  maxPages: 1 << 22,
} as const;
/** FOPEN_KEEP_CACHE: an image does not change, so what was read stays true at the next open. */
export const OPEN_KEEP_CACHE = 1 << 1;
/** open(2): what of the flags says whether it is for writing, O_RDONLY. */
export const OPEN_MODE = { mask: 3, readOnly: 0 } as const;
/** open(2), O_EXCL on Linux. */
export const OPEN_EXCLUSIVE = 0o200;
/** rename(2), RENAME_NOREPLACE */
export const RENAME_NO_REPLACE = 1 << 0;
/** FATTR_*, `valid` of fuse_setattr_in: what is to be changed. */
export const SET = { mode: 1 << 0, uid: 1 << 1, gid: 1 << 2, size: 1 << 3 } as const;
/** lseek(2) */
export const WHENCE = { data: 3, hole: 4 } as const;

/** stat(2) and readdir(3): `S_IFDIR | 0500`, `S_IFREG | 0400`, `S_IFREG | 0600`; DT_DIR, DT_REG. */
export const MODE = { folder: 0o040500, file: 0o100400, writableFile: 0o100600 } as const;
export const ENTRY_TYPE = { folder: 4, file: 8 } as const;

// biome-ignore format: one row a field, to be held beside the specification
export const inHeader = struct("fuse_in_header", SPEC, 40, {
  len:    at(0,  u32, "bytes of the request, this header included"),
  opcode: at(4,  u32, "what is asked for"),
  unique: at(8,  u64, "number of the request; the answer repeats it"),
  nodeid: at(16, u64, "the file or folder"),
  uid:    at(24, u32, "who asks"),
  gid:    at(28, u32, "who asks"),
  pid:    at(32, u32, "who asks"),
});
export type Request = Infer<typeof inHeader>;

// biome-ignore format: one row a field, to be held beside the specification
export const outHeader = struct("fuse_out_header", SPEC, 16, {
  len:    at(0, u32, "bytes of the answer, this header included"),
  error:  at(4, u32, "0, or the error's number as a negative one of 32 bits"),
  unique: at(8, u64, "of the request"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const initIn = struct("fuse_init_in", SPEC, 16, {
  major:        at(0,  u32, "the kernel's version"),
  minor:        at(4,  u32, "the kernel's version"),
  maxReadahead: at(8,  u32, "bytes"),
  flags:        at(12, u32, "what the kernel offers"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const initOut = struct("fuse_init_out", SPEC, 64, {
  major:               at(0,  u32, "7"),
  minor:               at(4,  u32, "the lower of both minor versions is spoken"),
  maxReadahead:        at(8,  u32, "bytes; at most what the kernel offers"),
  flags:               at(12, u32, "what is taken of the offer"),
  maxBackground:       at(16, u16, "requests that the kernel has under way of its own accord"),
  congestionThreshold: at(18, u16, "from so many on it slows down"),
  maxWrite:            at(20, u32, "bytes of one write; at least 4096, also where nothing is written"),
  timeGran:            at(24, u32, "nanoseconds"),
  maxPages:            at(28, u16, "pages of one read"),
  mapAlignment:        at(30, u16, "of DAX: 0"),
  flags2:              at(32, u32, "the upper half of the flags: 0"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const attr = struct("fuse_attr", SPEC, 88, {
  ino:     at(0,  u64, "number of the file"),
  size:    at(8,  u64, "bytes"),
  blocks:  at(16, u64, "of 512 bytes, holes left out"),
  atime:   at(24, u64, "seconds since 1970"),
  mtime:   at(32, u64, "seconds since 1970"),
  ctime:   at(40, u64, "seconds since 1970"),
  atimeNs: at(48, u32, "nanoseconds"),
  mtimeNs: at(52, u32, "nanoseconds"),
  ctimeNs: at(56, u32, "nanoseconds"),
  mode:    at(60, u32, "kind and permissions"),
  nlink:   at(64, u32, "names"),
  uid:     at(68, u32, "owner"),
  gid:     at(72, u32, "group"),
  rdev:    at(76, u32, "of device nodes"),
  blksize: at(80, u32, "good size of a read"),
  flags:   at(84, u32, "0"),
});
export type Attr = Infer<typeof attr>;

// biome-ignore format: one row a field, to be held beside the specification
export const entryOut = struct("fuse_entry_out", SPEC, 40, {
  nodeid:       at(0,  u64, "number of the file"),
  generation:   at(8,  u64, "0: numbers are never used again"),
  entryValid:   at(16, u64, "seconds that the name may be remembered"),
  attrValid:    at(24, u64, "seconds that the attributes may be remembered"),
  entryValidNs: at(32, u32, "nanoseconds"),
  attrValidNs:  at(36, u32, "nanoseconds"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const attrOut = struct("fuse_attr_out", SPEC, 16, {
  attrValid:   at(0, u64, "seconds that the attributes may be remembered"),
  attrValidNs: at(8, u32, "nanoseconds"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const setattrIn = struct("fuse_setattr_in", SPEC, 88, {
  valid: at(0,  u32, "FATTR_*"),
  size:  at(16, u64, "bytes"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const openIn = struct("fuse_open_in", SPEC, 8, {
  flags: at(0, u32, "as of open(2)"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const releaseIn = struct("fuse_release_in", SPEC, 24, {
  fh: at(0, u64, "handle"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const openOut = struct("fuse_open_out", SPEC, 16, {
  fh:        at(0, u64, "handle: 0, the file's number says it all"),
  openFlags: at(8, u32, "FOPEN_*"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const mkdirIn = struct("fuse_mkdir_in", SPEC, 8, {
  mode:  at(0, u32, "kind and permissions"),
  umask: at(4, u32, "of who asks; the name follows"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const createIn = struct("fuse_create_in", SPEC, 16, {
  flags: at(0, u32, "as of open(2)"),
  mode:  at(4, u32, "kind and permissions"),
  umask: at(8, u32, "of who asks; the name follows"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const renameIn = struct("fuse_rename_in", SPEC, 8, {
  newdir: at(0, u64, "the folder that it comes to; both names follow"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const rename2In = struct("fuse_rename2_in", SPEC, 16, {
  newdir: at(0, u64, "the folder that it comes to; both names follow"),
  flags:  at(8, u32, "RENAME_*"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const readIn = struct("fuse_read_in", SPEC, 40, {
  fh:     at(0,  u64, "handle"),
  offset: at(8,  u64, "byte of the file; of a folder, the cookie of the entry before"),
  size:   at(16, u32, "bytes at most"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const writeIn = struct("fuse_write_in", SPEC, 40, {
  fh:     at(0,  u64, "handle"),
  offset: at(8,  u64, "byte of the file"),
  size:   at(16, u32, "bytes, which follow"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const writeOut = struct("fuse_write_out", SPEC, 8, {
  size: at(0, u32, "bytes that were written"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const lseekIn = struct("fuse_lseek_in", SPEC, 24, {
  fh:     at(0,  u64, "handle"),
  offset: at(8,  u64, "byte of the file"),
  whence: at(16, u32, "3 SEEK_DATA, 4 SEEK_HOLE"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const lseekOut = struct("fuse_lseek_out", SPEC, 8, {
  offset: at(0, u64, "byte of the file"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const dirent = struct("fuse_dirent", SPEC, 24, {
  ino:     at(0,  u64, "number of the file"),
  off:     at(8,  u64, "cookie: where a read goes on behind this entry"),
  namelen: at(16, u32, "bytes of the name, which follows, filled up to a multiple of 8"),
  type:    at(20, u32, "DT_*"),
});

// biome-ignore format: one row a field, to be held beside the specification
export const statfsOut = struct("fuse_kstatfs", SPEC, 80, {
  blocks:  at(0,  u64, "of `frsize` bytes"),
  bfree:   at(8,  u64, "free: none"),
  bavail:  at(16, u64, "free: none"),
  files:   at(24, u64, "files"),
  ffree:   at(32, u64, "free: none"),
  bsize:   at(40, u32, "bytes of a block"),
  namelen: at(44, u32, "bytes of a name at most"),
  frsize:  at(48, u32, "bytes of a block"),
});
