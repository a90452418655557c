import { expect, test } from "vitest";
import { LifeboatError } from "#base/errors.ts";
import { Answerer, MOST_READ } from "#imaging/explore/fuse/answer.ts";
import { MOST_WRITE } from "#imaging/explore/fuse/answer-write.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import { attr, attrOut, ERRNO, initOut, OPCODE, openOut, SET, writeOut } from "#imaging/explore/fuse/protocol.ts";

const SIZE = 10_000;
const content = new Uint8Array(SIZE);
let flushed = 0;

const file: ServedFile = {
  ...{ name: "volume.img", size: SIZE, usedBytes: SIZE },
  read: async (into, offset) => into.set(content.subarray(offset, offset + into.length)),
  nextData: (offset) => offset,
  nextHole: () => SIZE,
};
const writable: ServedFile = {
  ...file,
  write: async (data, offset) => {
    if (offset === 1000) throw new Error("a bad sector");
    if (offset === 2000) throw new LifeboatError("STAGE_FULL", { volume: "sda2", most: 1 });
    if (offset === 3000) throw Object.assign(new Error("no room"), { code: "ENOSPC" });
    content.set(data, offset);
  },
  flush: async () => {
    flushed++;
  },
};
const WRITABLE = 2;
const READ_ONLY = 3;
const FOLDER = 4;
const answerer = new Answerer({ files: [writable, { ...file, name: "disk.img" }], folders: ["files"], time: 7 });
const room = new Uint8Array(MOST_READ);

async function ask(opcode: number, nodeid: number, body: Uint8Array = new Uint8Array(0), of = answerer) {
  const header = { len: 40 + body.length, opcode, unique: 1, nodeid, uid: 0, gid: 0, pid: 1 };
  return await of.answer(header, body, room);
}
const bytes = async (...of: Parameters<typeof ask>): Promise<Uint8Array> => {
  const answer = await ask(...of);
  if (typeof answer === "number") throw new Error(`error ${answer}`);
  return answer;
};

function writeBody(offset: number, data: Uint8Array, size = data.length): Uint8Array {
  const head = Buffer.alloc(40, 0xff); // handle, lock owner and flags may be anything
  head.writeBigUInt64LE(0n, 0);
  head.writeBigUInt64LE(BigInt(offset), 8);
  head.writeUInt32LE(size, 16);
  return Buffer.concat([head, data]);
}
function setattrBody(valid: number, size: number): Uint8Array {
  const body = Buffer.alloc(88, 0xff); // a time may be before 1970
  body.writeUInt32LE(valid, 0);
  body.writeBigUInt64LE(BigInt(size), 16);
  return body;
}
const openBody = (flags: number) => new Uint8Array([flags, 0x80, 0, 0, 0, 0, 0, 0]);

test("what is written is what is read then", async () => {
  const data = Buffer.from("somebody's data");
  expect(writeOut.parse(await bytes(OPCODE.write, WRITABLE, writeBody(77, data))).size).toBe(data.length);
  const readBody = Buffer.alloc(40);
  readBody.writeBigUInt64LE(70n, 8);
  readBody.writeUInt32LE(30, 16);
  expect(Buffer.from(await bytes(OPCODE.read, WRITABLE, readBody)).toString()).toBe(
    `${"\0".repeat(7)}somebody's data${"\0".repeat(8)}`,
  );
});

test("nothing is written beyond the end, nor of a request that is cut off", async () => {
  const before = content.slice();
  expect(await ask(OPCODE.write, WRITABLE, writeBody(SIZE - 3, Buffer.alloc(4, 9)))).toBe(ERRNO.ENOSPC);
  expect(await ask(OPCODE.write, WRITABLE, writeBody(SIZE + 1e9, Buffer.alloc(4, 9)))).toBe(ERRNO.ENOSPC);
  expect(await ask(OPCODE.write, WRITABLE, writeBody(0, Buffer.alloc(4, 9), 5))).toBe(ERRNO.EINVAL);
  await expect(ask(OPCODE.write, WRITABLE, new Uint8Array(3))).rejects.toThrow(/STRUCT_TRUNCATED/);
  expect(content).toEqual(before);
  expect(writeOut.parse(await bytes(OPCODE.write, WRITABLE, writeBody(SIZE - 4, Buffer.alloc(4, 9)))).size).toBe(4);
});

test("no room is said as such; all else that fails throws, which is EIO to who asked", async () => {
  const data = new Uint8Array(4);
  await expect(ask(OPCODE.write, WRITABLE, writeBody(1000, data))).rejects.toThrow("a bad sector");
  expect(await ask(OPCODE.write, WRITABLE, writeBody(2000, data))).toBe(ERRNO.ENOSPC);
  expect(await ask(OPCODE.write, WRITABLE, writeBody(3000, data))).toBe(ERRNO.ENOSPC);
});

test("fsync flushes; of what cannot be written it is done at once, and is never ENOSYS, which would end it for all", async () => {
  flushed = 0;
  expect(await ask(OPCODE.fsync, WRITABLE, new Uint8Array(16))).toBe(0);
  expect(flushed).toBe(1);
  expect(await ask(OPCODE.fsync, READ_ONLY, new Uint8Array(16))).toBe(0);
  expect(await ask(OPCODE.flush, WRITABLE, new Uint8Array(24))).toBe(0);
  expect(flushed).toBe(1);
});

test("the size stays, times are taken, and who owns it is not changed", async () => {
  const set = (valid: number, size = SIZE) => ask(OPCODE.setattr, WRITABLE, setattrBody(valid, size));
  const [times, handle] = [(1 << 4) | (1 << 5), 1 << 6];
  for (const valid of [times, SET.size, SET.size | handle | times]) {
    const answer = await set(valid);
    if (typeof answer === "number") throw new Error(`error ${answer}`);
    expect(attr.parse(answer.subarray(attrOut.size))).toMatchObject({ size: SIZE, mode: 0o100600, mtime: 7 });
  }
  for (const size of [0, SIZE - 1, SIZE + 1]) expect(await set(SET.size, size)).toBe(ERRNO.EPERM);
  for (const valid of [SET.mode, SET.uid, SET.gid]) expect(await set(valid)).toBe(ERRNO.EPERM);
  expect(await ask(OPCODE.setattr, FOLDER, setattrBody(times, 0))).toBe(ERRNO.EROFS);
});

test("beside a file that can be written, another one cannot", async () => {
  expect(await ask(OPCODE.write, READ_ONLY, writeBody(0, new Uint8Array(1)))).toBe(ERRNO.EROFS);
  expect(await ask(OPCODE.setattr, READ_ONLY, setattrBody(SET.size, SIZE))).toBe(ERRNO.EROFS);
  expect(await ask(OPCODE.write, FOLDER, writeBody(0, new Uint8Array(1)))).toBe(ERRNO.EISDIR);
  for (const flags of [1, 2]) expect(await ask(OPCODE.open, READ_ONLY, openBody(flags))).toBe(ERRNO.EROFS);
  const modeOf = async (node: number) => attr.parse((await bytes(OPCODE.getattr, node)).subarray(attrOut.size)).mode;
  expect([await modeOf(WRITABLE), await modeOf(READ_ONLY), await modeOf(FOLDER)]).toEqual([
    0o100600, 0o100400, 0o040500,
  ]);
});

test("the kernel keeps what it read of a file at the next open only where nobody writes", async () => {
  const flagsOf = async (node: number, flags: number) =>
    openOut.parse(await bytes(OPCODE.open, node, openBody(flags))).openFlags;
  expect([await flagsOf(WRITABLE, 0), await flagsOf(WRITABLE, 2), await flagsOf(READ_ONLY, 0)]).toEqual([0, 0, 2]);
});

test("writes of many pages are taken, and none that the kernel holds back", async () => {
  const body = Buffer.alloc(16, 0xff);
  body.writeUInt32LE(7, 0);
  body.writeUInt32LE(38, 4);
  const said = initOut.parse(await bytes(OPCODE.init, 0, body));
  expect(said).toMatchObject({ maxWrite: MOST_WRITE, maxPages: MOST_WRITE / 4096 });
  // FUSE_ASYNC_READ, FUSE_BIG_WRITES, FUSE_PARALLEL_DIROPS, FUSE_MAX_PAGES; not FUSE_WRITEBACK_CACHE, 1 << 16
  expect(said.flags).toBe((1 << 0) | (1 << 5) | (1 << 18) | (1 << 22));
});

test("fallocate, attributes and all else is not known", async () => {
  for (const opcode of [21, 22, 35, 39, 43, 47]) expect(await ask(opcode, WRITABLE, new Uint8Array(64))).toBe(38);
});
