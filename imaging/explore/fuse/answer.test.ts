import { expect, test } from "vitest";
import { Answerer, MOST_READ } from "#imaging/explore/fuse/answer.ts";
import type { ServedFile } from "#imaging/explore/fuse/file-tree.ts";
import { attr, attrOut, dirent, ERRNO, entryOut, initOut, lseekOut, OPCODE } from "#imaging/explore/fuse/protocol.ts";

const PAGE = 4096;
const SIZE = 10 * PAGE;

/** Data in bytes 5000 to 9000 and 30000 to 30001: in pages 1 and 2, and in page 7. */
const file: ServedFile = {
  name: "disk.img",
  size: SIZE,
  usedBytes: 4001,
  read: async (into, offset) => {
    if (offset === 3 * PAGE) throw new Error("damaged");
    into.fill(7);
  },
  nextData: (offset) =>
    [
      [5000, 9000],
      [30_000, 30_001],
    ]
      .map(([a = 0, b = 0]) => (offset < b ? Math.max(a, offset) : undefined))
      .find((at) => at !== undefined),
  nextHole: (offset) => (offset >= 5000 && offset < 9000 ? 9000 : offset === 30_000 ? 30_001 : offset),
};
const answerer = new Answerer({ files: [file], folders: ["2-ext4"], time: 1_700_000_000 });
const room = new Uint8Array(MOST_READ);

async function ask(opcode: number, nodeid: number, body: Uint8Array = new Uint8Array(0)) {
  const header = { len: 40 + body.length, opcode, unique: 1, nodeid, uid: 0, gid: 0, pid: 1 };
  return await answerer.answer(header, body, room);
}
const bytes = async (...of: Parameters<typeof ask>): Promise<Uint8Array> => {
  const answer = await ask(...of);
  if (typeof answer === "number") throw new Error(`error ${answer}`);
  return answer;
};

function body(...fields: readonly (readonly ["u32" | "u64", number])[]): Uint8Array {
  return Buffer.concat(
    fields.map(([type, value]) => {
      const field = Buffer.alloc(type === "u32" ? 4 : 8);
      if (type === "u32") field.writeUInt32LE(value);
      else field.writeBigUInt64LE(BigInt(value));
      return field;
    }),
  );
}
const readBody = (offset: number, size: number) =>
  body(["u64", 0], ["u64", offset], ["u32", size], ["u32", 0], ["u64", 0], ["u32", 0], ["u32", 0]);
const seekBody = (offset: number, whence: number) => body(["u64", 0], ["u64", offset], ["u32", whence], ["u32", 0]);

test("the kernel is told what is understood, and an old one is refused", async () => {
  const offer = (major: number, minor: number) =>
    body(["u32", major], ["u32", minor], ["u32", 131_072], ["u32", 0xffffffff]);
  const said = initOut.parse(await bytes(OPCODE.init, 0, offer(7, 45)));
  expect(said).toMatchObject({ major: 7, minor: 31, maxReadahead: 131_072, maxPages: 256, maxWrite: 4096 });
  // FUSE_EXPORT_SUPPORT, FUSE_WRITEBACK_CACHE and all else that was offered is left.
  expect(said.flags).toBe((1 << 0) | (1 << 18) | (1 << 22));
  expect(await ask(OPCODE.init, 0, offer(7, 20))).toBe(ERRNO.EINVAL);
});

test("names lead to files and folders, and only from the root", async () => {
  const named = (name: string) => Buffer.from(`${name}\0`);
  const found = await bytes(OPCODE.lookup, 1, named("disk.img"));
  expect(entryOut.parse(found).nodeid).toBe(2);
  expect(attr.parse(found.subarray(entryOut.size))).toMatchObject({ size: SIZE, mode: 0o100400, blocks: 8, uid: 0 });
  expect(entryOut.parse(await bytes(OPCODE.lookup, 1, named("2-ext4"))).nodeid).toBe(3);
  expect(await ask(OPCODE.lookup, 1, named("none"))).toBe(ERRNO.ENOENT);
  expect(await ask(OPCODE.lookup, 3, named("disk.img"))).toBe(ERRNO.ENOENT);
  expect(await ask(OPCODE.getattr, 99)).toBe(ERRNO.ENOENT);
  expect(attr.parse((await bytes(OPCODE.getattr, 1)).subarray(attrOut.size)).mode).toBe(0o040500);
});

function namesIn(list: Uint8Array): string[] {
  const names: string[] = [];
  for (let at = 0; at < list.length; ) {
    const { namelen } = dirent.parse(list.subarray(at));
    names.push(Buffer.from(list.subarray(at + dirent.size, at + dirent.size + namelen)).toString());
    at += dirent.size + Math.ceil(namelen / 8) * 8;
  }
  return names;
}

test("a folder is listed in pieces as large as was asked for", async () => {
  expect(namesIn(await bytes(OPCODE.readdir, 1, readBody(0, 4096)))).toEqual([".", "..", "disk.img", "2-ext4"]);
  expect(namesIn(await bytes(OPCODE.readdir, 1, readBody(0, 70)))).toEqual([".", ".."]);
  expect(namesIn(await bytes(OPCODE.readdir, 1, readBody(2, 70)))).toEqual(["disk.img", "2-ext4"]);
  expect(await bytes(OPCODE.readdir, 1, readBody(4, 70))).toHaveLength(0);
  expect(namesIn(await bytes(OPCODE.readdir, 3, readBody(0, 4096)))).toEqual([".", ".."]);
  expect(await ask(OPCODE.readdir, 2, readBody(0, 4096))).toBe(ERRNO.ENOTDIR);
});

test("reads end with the file, and with the most that is taken", async () => {
  expect(await bytes(OPCODE.read, 2, readBody(SIZE - 10, 4096))).toEqual(new Uint8Array(10).fill(7));
  expect(await bytes(OPCODE.read, 2, readBody(SIZE, 4096))).toHaveLength(0);
  expect(await bytes(OPCODE.read, 2, readBody(SIZE + 1e9, 0xffffffff))).toHaveLength(0);
  expect((await bytes(OPCODE.read, 2, readBody(0, 0xffffffff))).length).toBe(SIZE);
  expect(await ask(OPCODE.read, 1, readBody(0, 10))).toBe(ERRNO.EISDIR);
});

test("what cannot be read throws, which is EIO to who asked", () =>
  expect(ask(OPCODE.read, 2, readBody(3 * PAGE, PAGE))).rejects.toThrow("damaged"));

test("data and holes change at pages", async () => {
  const seek = async (offset: number, whence: number) => {
    const answer = await ask(OPCODE.lseek, 2, seekBody(offset, whence));
    return typeof answer === "number" ? -answer : lseekOut.parse(answer).offset;
  };
  const [data, hole] = [3, 4];
  expect([await seek(0, data), await seek(0, hole)]).toEqual([PAGE, 0]);
  expect([await seek(PAGE, data), await seek(PAGE, hole)]).toEqual([PAGE, 3 * PAGE]);
  expect([await seek(3 * PAGE, data), await seek(7 * PAGE, hole)]).toEqual([7 * PAGE, 8 * PAGE]);
  expect(await seek(8 * PAGE, data)).toBe(-ERRNO.ENXIO);
  expect([await seek(8 * PAGE, hole), await seek(SIZE, hole)]).toEqual([8 * PAGE, -ERRNO.ENXIO]);
  expect(await seek(0, 0)).toBe(-ERRNO.EINVAL);
});

test("what is written is refused, as all that is not known", async () => {
  for (const opcode of [4, 16, 21, 35, 45, 9999]) expect(await ask(opcode, 2, new Uint8Array(64))).toBe(ERRNO.ENOSYS);
});

test("a request that is cut off is an error, and nothing else", async () => {
  await expect(ask(OPCODE.read, 2, new Uint8Array(3))).rejects.toThrow(/STRUCT_TRUNCATED/);
  await expect(ask(OPCODE.init, 0, new Uint8Array(3))).rejects.toThrow(/STRUCT_TRUNCATED/);
});
