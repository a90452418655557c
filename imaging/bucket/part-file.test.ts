import { beforeEach, expect, test } from "vitest";
import { BlockReader, newTrack } from "#imaging/bucket/block-reader.ts";
import { PART_SIZE } from "#imaging/bucket/object-store.ts";
import { PartFile } from "#imaging/bucket/part-file.ts";
import { StoreError } from "#imaging/bucket/store-error.ts";
import { WriteBudget } from "#imaging/bucket/write-budget.ts";
import { MemoryStore } from "#test/doubles/memory-store.ts";

const KEY = "packs/x/chunks.lbp";
const track = newTrack();
let store: MemoryStore;
let budget: WriteBudget;
let file: PartFile;

async function open(most = 128 << 20): Promise<void> {
  budget = new WriteBudget(most, 3);
  file = new PartFile(KEY, await store.head(KEY), { store, budget, reader: new BlockReader(store, 16 << 20) });
}
beforeEach(async () => {
  store = new MemoryStore();
  await store.put(KEY, new Uint8Array(0));
  await open();
});

function pattern(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 4096) bytes.writeUInt32LE((at * 2_654_435_761 + seed) >>> 0, at);
  return bytes;
}
async function readAll(): Promise<Buffer> {
  const bytes = Buffer.alloc(file.size);
  if (bytes.length > 0) await file.read(bytes, 0, track);
  return bytes;
}
const stored = (): Buffer => (store.objects.get(KEY) as { bytes: Buffer }).bytes;

test("a small file is stored by one request, and not before it is flushed", async () => {
  await file.write(Buffer.from("hello"), 0);
  await file.write(Buffer.from("J"), 0);
  expect([stored().length, (await readAll()).toString()]).toEqual([0, "Jello"]);
  store.requests.length = 0;
  await file.flush();
  expect([stored().toString(), store.requests]).toEqual(["Jello", [`put ${KEY}`]]);
  await file.flush();
  expect(store.requests).toHaveLength(1);
});

test("full parts go at once; the object appears whole with the flush, with a header that was written last", async () => {
  const data = pattern(3 * PART_SIZE + 5000, 1);
  await file.write(data.subarray(4096), 4096);
  await expect.poll(() => store.requests.filter((line) => line.startsWith("part ")).length).toBe(2);
  expect(file.held).toBeLessThan(2 * PART_SIZE);
  await file.write(data.subarray(0, 4096), 0);
  expect(stored().length).toBe(0);
  await file.flush();
  expect(stored().equals(data)).toBe(true);
  expect([store.sentBytes, store.open.size, file.held]).toEqual([data.length, 0, 0]);
});

test("what goes on behind a flush sends nothing again but the part that it changes", async () => {
  const data = pattern(4 * PART_SIZE, 2);
  await file.write(data.subarray(0, 3 * PART_SIZE + 100), 0);
  await file.flush();
  store.sentBytes = 0;
  await file.write(data.subarray(3 * PART_SIZE + 100), 3 * PART_SIZE + 100);
  await file.flush();
  expect(stored().equals(data)).toBe(true);
  expect(store.sentBytes).toBe(PART_SIZE);
});

test("a part that was sent and is changed afterwards is what was written last", async () => {
  const data = pattern(2 * PART_SIZE, 3);
  await file.write(data, 0);
  await expect.poll(() => file.held).toBe(0);
  await file.write(Buffer.from("changed"), 10);
  data.write("changed", 10);
  expect((await readAll()).equals(data)).toBe(true);
  await file.flush();
  expect(stored().equals(data)).toBe(true);
});

test("any order of writes, cuts, flushes and reads is what a file of the system makes of them", async () => {
  let model = Buffer.alloc(0);
  let state = 12345;
  const draw = (most: number) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fffffff;
    return state % most;
  };
  for (let step = 0; step < 40; step++) {
    const what = draw(10);
    if (what < 5) {
      const offset = draw(3 * PART_SIZE);
      const data = pattern(1 + draw(PART_SIZE * 1.5), step);
      if (offset + data.length > model.length) model = Buffer.concat([model], offset + data.length);
      data.copy(model, offset);
      await file.write(data, offset);
    } else if (what < 7) {
      const size = draw(4) === 0 ? draw(4) * PART_SIZE : draw(4 * PART_SIZE);
      model = size < model.length ? Buffer.from(model.subarray(0, size)) : Buffer.concat([model], size);
      await file.truncate(size);
    } else if (what < 9) await file.flush();
    else expect((await readAll()).equals(model), `step ${step}`).toBe(true);
    expect(file.size, `step ${step}`).toBe(model.length);
  }
  await file.flush();
  expect(stored().equals(model)).toBe(true);
  await open();
  expect((await readAll()).equals(model)).toBe(true);
});

test("memory is bounded, also by files of which no part is full", async () => {
  await open(2 * PART_SIZE);
  const other = new PartFile("other", undefined, { store, budget, reader: new BlockReader(store, 1 << 20) });
  for (let part = 0; part < 6; part++) {
    await file.write(pattern(PART_SIZE - 4096, part), part * PART_SIZE + 4096);
    await other.write(Buffer.from("x"), part);
    expect(budget.held).toBeLessThanOrEqual(3 * PART_SIZE);
  }
  await file.flush();
  expect(stored().length).toBe(6 * PART_SIZE);
});

test("a server that fails is told at the flush, and nothing is lost that is flushed again", async () => {
  store.fault = new StoreError("EHOSTDOWN", "", "gone");
  const data = pattern(2 * PART_SIZE + 9, 5);
  await file.write(data, 0);
  await expect(file.flush()).rejects.toMatchObject({ code: "EHOSTDOWN" });
  expect(stored().length).toBe(0);
  store.fault = undefined;
  await file.flush();
  expect(stored().equals(data)).toBe(true);
});

test("an upload that somebody took away is an error until the file is cut to what is stored", async () => {
  const data = pattern(2 * PART_SIZE, 6);
  await file.write(data.subarray(0, 100), 0);
  await file.flush();
  await file.write(data.subarray(100), 100);
  await expect.poll(() => file.held).toBe(0);
  store.open.clear();
  await expect(file.flush()).rejects.toMatchObject({ s3: "NoSuchUpload" });
  await expect(file.write(Buffer.from("x"), 0)).rejects.toMatchObject({ code: "EIO" });
  await expect(file.truncate(200)).rejects.toMatchObject({ code: "EIO" });
  await file.truncate(100);
  expect((await readAll()).equals(data.subarray(0, 100))).toBe(true);
});

test("what is dropped leaves no upload and no change", async () => {
  await file.write(pattern(2 * PART_SIZE, 7), 0);
  await file.discard();
  expect([store.open.size, stored().length, budget.held]).toEqual([0, 0, 0]);
});

test("more parts than S3 takes are refused before anything is written", async () => {
  await expect(file.write(new Uint8Array(2), PART_SIZE * 10_000 - 1)).rejects.toMatchObject({ code: "EFBIG" });
});

test("who reads in order is read ahead for, who jumps is not, and no other content is mixed in", async () => {
  await store.put(KEY, pattern(2 * PART_SIZE, 8));
  await open();
  store.requests.length = 0;
  const into = Buffer.alloc(128 << 10);
  const own = newTrack();
  for (let at = 0; at < 2 << 20; at += into.length) await file.read(into, at, own);
  const inOrder = store.requests.length;
  expect(inOrder).toBeGreaterThan(8);
  await file.read(into, 12 << 20, own);
  expect(store.requests.length).toBe(inOrder + 1);
  await store.put(KEY, pattern(2 * PART_SIZE, 9));
  await expect(file.read(into, 15 << 20, own)).rejects.toMatchObject({ code: "ESTALE" });
});
