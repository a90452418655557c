import { beforeEach, expect, test } from "vitest";
import { BlockReader } from "#imaging/bucket/block-reader.ts";
import { type BucketNode, type FileNode, UPLOADS_NAME } from "#imaging/bucket/bucket-node.ts";
import { BucketTree, ROOT_ID } from "#imaging/bucket/bucket-tree.ts";
import { USERS_NAME } from "#imaging/bucket/bucket-wire.ts";
import { WriteBudget } from "#imaging/bucket/write-budget.ts";
import { MemoryStore } from "#test/doubles/memory-store.ts";

let store: MemoryStore;
let tree: BucketTree;
let root: BucketNode;
let unused = 0;
beforeEach(() => {
  store = new MemoryStore();
  unused = 0;
  const deps = { store, budget: new WriteBudget(64 << 20, 2), reader: new BlockReader(store, 1 << 20) };
  tree = new BucketTree(deps, () => unused++);
  root = tree.byId(ROOT_ID) as BucketNode;
});

const text = "a lease";
async function write(parent: BucketNode, name: string): Promise<FileNode> {
  const node = await tree.create(parent, name, true);
  await tree.write(node, Buffer.from(text), 0);
  await tree.flush(node);
  return node;
}

test("folders are prefixes, and an empty one is an object of its own", async () => {
  await store.put("pcs/points/a.lbi", Buffer.from("x"));
  const pcs = await tree.lookup(root, "pcs");
  expect(pcs.kind).toBe("folder");
  expect(await tree.list(pcs)).toEqual([expect.objectContaining({ name: "points", kind: "folder" })]);
  const leases = await tree.makeFolder(pcs, "leases");
  expect([await tree.list(leases), store.objects.has("pcs/leases/")]).toEqual([[], true]);
  await expect(tree.removeFolder(pcs, "points")).rejects.toMatchObject({ code: "ENOTEMPTY" });
  await tree.removeFolder(pcs, "leases");
  await expect(tree.lookup(pcs, "leases")).rejects.toMatchObject({ code: "ENOENT" });
  await expect(tree.lookup(root, "none")).rejects.toMatchObject({ code: "ENOENT" });
});

test("a new file is there for others at once, with the server's time, and is made once", async () => {
  const node = await tree.create(root, "x.now", true);
  expect(store.objects.get("x.now")?.size).toBe(0);
  expect((await tree.attributes(node)).modified).toBe(store.objects.get("x.now")?.modified);
  await expect(tree.create(root, "x.now", true)).rejects.toMatchObject({ code: "EEXIST" });
  expect((await tree.create(root, "x.now", false)).id).toBe(node.id);
});

test("what another one has removed or written is seen at the next look", async () => {
  const node = await write(root, "lease.json");
  await store.put("lease.json", Buffer.from("another lease"));
  expect(await tree.lookup(root, "lease.json")).toBe(node);
  expect((await tree.attributes(node)).size).toBe(13);
  await store.remove("lease.json");
  await expect(tree.lookup(root, "lease.json")).rejects.toMatchObject({ code: "ENOENT" });
});

test("a file that was taken away meanwhile does not come back by being written", async () => {
  const node = await write(root, "lease.json");
  await store.remove("lease.json");
  await expect(tree.write(node, Buffer.from(text), 0)).rejects.toMatchObject({ code: "ENOENT" });
  expect(store.objects.has("lease.json")).toBe(false);
});

test("nor is what another one has written in its place lost", async () => {
  const node = await tree.create(root, "lease.json", true);
  await tree.write(node, Buffer.from(text), 0);
  await store.put("lease.json", Buffer.from("another lease"));
  await expect(tree.close(node)).rejects.toMatchObject({ code: "ESTALE" });
  expect(store.objects.get("lease.json")?.bytes.toString()).toBe("another lease");
});

test("a list answers one look at each of its files, until something is written", async () => {
  for (const name of ["a", "b"]) await store.put(name, Buffer.from(name));
  await write(root, "c");
  await tree.list(root);
  store.requests.length = 0;
  await tree.lookup(root, "a");
  expect(store.requests).toEqual([]);
  await tree.lookup(root, "a");
  expect(store.requests).toEqual(["head a"]);
  await write(root, "d");
  store.requests.length = 0;
  await tree.lookup(root, "b");
  expect(store.requests).toEqual(["head b"]);
});

test("an answer from before a file was stored says nothing of it", async () => {
  const node = await write(root, "point.partial");
  const [before, listed] = [await store.head("point.partial"), await store.list("")];
  await tree.write(node, Buffer.from(`${text}, and more`), 0);
  // Both were asked for before, and are answered after it is stored.
  store.list = async () => {
    await tree.flush(node);
    return listed;
  };
  await tree.list(root);
  await tree.lookup(root, "point.partial");
  expect(node.file.size).toBe(17);
  await tree.write(node, Buffer.from(`${text}, and more of it`), 0);
  await tree.flush(node);
  node.askedAt = 0;
  store.head = async () => {
    store.head = MemoryStore.prototype.head;
    await tree.write(node, Buffer.from(`${text}, and more of it again`), 0);
    await tree.flush(node);
    return before;
  };
  await tree.attributes(node);
  expect(node.file.size).toBe(29);
});

test("a file that is renamed has its content and its node, and replaces what had the name", async () => {
  await store.put("new", Buffer.from("old content"));
  const node = await write(root, "new.partial");
  await tree.rename(root, "new.partial", root, "new");
  expect([...store.objects.keys()]).toEqual(["new"]);
  expect(await tree.lookup(root, "new")).toBe(node);
  expect(store.objects.get("new")?.bytes.toString()).toBe(text);
});

test("a server whose lists are late is refused at the first file that is made", async () => {
  store.isLate = true;
  await expect(tree.create(root, "lease.json", true)).rejects.toMatchObject({ code: "EPROTO" });
});

test("uploads that were not ended are files below each folder, and removing one aborts it", async () => {
  await store.beginUpload("pcs/packs/x/chunks.lbp");
  await store.beginUpload("other/y");
  await store.put("pcs/x", Buffer.from("x"));
  const uploads = await tree.lookup(await tree.lookup(root, "pcs"), UPLOADS_NAME);
  const [found, ...more] = await tree.list(uploads);
  expect([found?.name, more]).toEqual([expect.stringMatching(/^upload-[0-9a-f]{24}$/), []]);
  expect(await tree.list(root)).not.toContainEqual(expect.objectContaining({ name: UPLOADS_NAME }));
  await tree.remove(uploads, found?.name ?? "");
  expect([...store.open.values()].map(({ key }) => key)).toEqual(["other/y"]);
  await expect(tree.create(uploads, "x", true)).rejects.toMatchObject({ code: "EROFS" });
});

test("who leaves stores what was written, and who is killed leaves nothing half written", async () => {
  const users = await tree.lookup(root, USERS_NAME);
  if (users.kind !== "users") throw new Error("no file of users");
  tree.open(users);
  const node = await tree.create(root, "report", true);
  await tree.write(node, Buffer.from(text), 0);
  await tree.flush(users);
  expect(store.objects.get("report")?.bytes.toString()).toBe(text);
  await tree.write(node, Buffer.from("no lease"), 0);
  tree.release(users);
  expect(unused).toBe(1);
  await tree.drop();
  expect(store.objects.get("report")?.bytes.toString()).toBe(text);
});

test("only what begins with the root's key is shown, and the file of users is at the top of it", async () => {
  for (const key of ["pcs/a.lbi", "other/b.lbi", "c.lbi"]) await store.put(key, Buffer.from("x"));
  const deps = { store, budget: new WriteBudget(64 << 20, 2), reader: new BlockReader(store, 1 << 20) };
  const part = new BucketTree(deps, () => {}, "pcs/");
  const top = part.byId(ROOT_ID) as BucketNode;
  expect((await part.list(top)).map(({ name }) => name)).toEqual(["a.lbi"]);
  await part.create(top, "new.lbi", true);
  expect(store.objects.has("pcs/new.lbi")).toBe(true);
  expect((await part.lookup(top, USERS_NAME)).kind).toBe("users");
  const empty = new BucketTree(deps, () => {}, "none/");
  expect(await empty.list(empty.byId(ROOT_ID) as BucketNode)).toEqual([]);
});
