import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ENCRYPTED, PASSWORD } from "#test/engine/fault/fault-disk.ts";
import { mustFail, mustRun } from "#test/engine/fault/faulty-run.ts";
import { imageDiffers } from "#test/engine/fault/image-state.ts";
import { blankDisk, noise, openWorkspace, readAt, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { captureInto, makeRepository, prune } from "#test/engine/repository/repo-space.ts";
import { FULL } from "#test/sample.ts";

const MIB = 1 << 20;
const CHUNK = 256 << 10;
/** What nobody may read without the password. */
const SECRET_NAME = "a-name-that-nobody-sees";
const SECRET_NOTE = "a note that nobody reads";
const TEXT = "the content of a letter that nobody reads. ";

let space: Workspace;
let disk: string;
let root: string;
let image: string;
beforeAll(async () => {
  space = await openWorkspace();
  disk = await blankDisk(space.path("disk.img"), 4 * MIB);
  await writeAt(disk, 0, noise(MIB, 41));
  await writeAt(disk, 2 * MIB, Buffer.from(TEXT.repeat(20_000)));
  root = await makeRepository(space.path("repo"), true);
  ({ image } = await captureInto(root, disk, { name: SECRET_NAME, note: SECRET_NOTE }));
  await mustRun(["image", "note", image, SECRET_NOTE, "--label", SECRET_NAME]);
});
afterAll(() => space[Symbol.asyncDispose]());

async function allFiles(): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      files.set(join(entry.parentPath, entry.name), await readFile(join(entry.parentPath, entry.name)));
  return files;
}

/** Everything that somebody could look for: texts, data, and the hashes of data that he has himself. */
async function secrets(): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = [
    ["name", Buffer.from(SECRET_NAME)],
    ["note", Buffer.from(SECRET_NOTE)],
    ["text", Buffer.from(TEXT)],
    ["noise", noise(MIB, 41).subarray(5000, 5032)],
    ["path of the disk", Buffer.from(disk)],
  ];
  for (let at = 0; at < 4 * MIB; at += CHUNK) {
    const sha256 = createHash("sha256")
      .update(await readAt(disk, at, CHUNK))
      .digest();
    found.push(
      [`hash of the chunk at ${at}`, sha256.subarray(0, 8)],
      [`hex of it`, Buffer.from(sha256.toString("hex").slice(0, 16))],
    );
  }
  return found;
}

test("no file of it shows content, names or hashes", async () => {
  for (let round = 0; round < 2; round++) {
    const files = await allFiles();
    expect(files.size).toBeGreaterThan(4);
    for (const [what, bytes] of await secrets())
      for (const [path, content] of files) expect(content.includes(bytes), `${what} in ${path}`).toBe(false);
    // Once more with what clean-ups write.
    await writeAt(disk, 3 * MIB, noise(MIB, 43 + round));
    await captureInto(root, disk, { name: SECRET_NAME, note: SECRET_NOTE });
    await prune(root);
  }
});

test.runIf(FULL)("two repositories of one disk and password have no chunk id in common", async () => {
  const other = await makeRepository(space.path("other"), true);
  await captureInto(other, disk);
  const idsOf = async (folder: string): Promise<Set<string>> => {
    const ids = new Set<string>();
    for (const name of await readdir(join(folder, "index"))) {
      if (!name.endsWith(".lbx")) continue;
      const content = await readFile(join(folder, "index", name));
      for (let at = 2 * 4096; at + 48 <= 3 * 4096; at += 48) ids.add(content.toString("hex", at, at + 16));
    }
    ids.delete("0".repeat(32));
    return ids;
  };
  const [a, b] = [await idsOf(root), await idsOf(other)];
  expect(a.size).toBeGreaterThan(5);
  expect([...b].filter((id) => a.has(id))).toEqual([]);
});

test.runIf(FULL)(
  "passwords are added, changed and removed on the repository's own file, and each opens all points",
  async () => {
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(space.path(name), text);
      return space.path(name);
    };
    const [one, two, three] = [await file("one", PASSWORD), await file("two", "zwei"), await file("three", "drei")];
    const keys = join(root, "lifeboat.repository");
    const withFile = (path: string, ...args: string[]) => [...args, "--password-file", path];
    await mustRun(withFile(one, "image", "key", "add", keys, "--new-password-file", two));
    await mustRun(withFile(two, "image", "verify", image));
    await mustRun(withFile(two, "image", "key", "change", keys, "--new-password-file", three));
    expect(await mustFail(withFile(two, "image", "verify", image))).toEqual({
      status: expect.any(Number),
      code: "IMAGE_UNLOCK_FAILED",
    });
    const args = withFile(three, "capture", disk, "--to", root, "--checkpoint", "4M");
    const { image: next } = await mustRun<{ image: string }>(args);
    expect(await imageDiffers(next, disk)).toEqual([]); // by the first password
    expect(ENCRYPTED.encrypted).toBe(true);
  },
);

test("a password for a repository that is not encrypted is refused: somebody may have put a plain one in its place", async () => {
  const plain = await makeRepository(space.path("plain"));
  const password = space.path("password");
  await writeFile(password, PASSWORD);
  const args = ["capture", disk, "--to", plain, "--password-file", password];
  expect(await mustFail(args)).toEqual({ status: 2, code: "USAGE" });
  expect(await readdir(join(plain, "packs"))).toEqual([]);
});

test("a point without encryption in an encrypted repository is no point of it", async () => {
  const plain = await makeRepository(space.path("forged"));
  const { image: forged } = await captureInto(plain, disk);
  const planted = join(root, "points", "planted.lbi");
  await writeFile(planted, await readFile(forged));
  for (const folder of ["packs", "index"])
    for (const entry of await readdir(join(plain, folder), { recursive: true, withFileTypes: true }))
      if (entry.isFile() && folder === "index")
        await writeFile(join(root, "index", entry.name), await readFile(join(entry.parentPath, entry.name)));
  expect(await mustFail(["image", "verify", planted])).toMatchObject({ code: "IMAGE_DAMAGED" });
});
