import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { PATIENCE } from "#test/engine/fault/fault-disk.ts";
import { draw } from "#test/engine/fault/faulty-run.ts";
import {
  blankDisk,
  noise,
  noisyDisk,
  openWorkspace,
  readAt,
  type Workspace,
  writeAt,
} from "#test/engine/image/workspace.ts";
import { captureInto, failure, makeRepository, prune, restore } from "#test/engine/repository/repo-space.ts";
import { FULL } from "#test/sample.ts";

const MIB = 1 << 20;
const SIZE = 4 * MIB;
const FLIPS = FULL ? 1000 : 40;
/** Bytes of a key area that no key uses may change unseen: docs/format/keys.md. */
const KEY_AREA = { start: 4096, end: 4096 + 8192 };

let space: Workspace;
let target: string;
/** Points with their disks as they were. */
const repositories: { root: string; points: { path: string; disk: string }[] }[] = [];
beforeAll(async () => {
  space = await openWorkspace();
  target = await noisyDisk(space.path("target.img"), SIZE);
  for (const encrypted of [false, true]) {
    const root = await makeRepository(space.path(encrypted ? "encrypted" : "plain"), encrypted);
    const points = [];
    for (const round of [0, 1]) {
      const disk = await blankDisk(space.path(`${encrypted}${round}.img`), SIZE);
      await writeAt(disk, 0, noise(MIB, 1));
      await writeAt(disk, MIB, noise(MIB / 2, 2 + round));
      await writeAt(disk, 2 * MIB, Buffer.from("a text that becomes short\n".repeat(30_000)));
      const { image } = await captureInto(root, disk, { level: round === 0 ? "none" : "normal" });
      points.push({ path: image, disk });
    }
    repositories.push({ root, points });
  }
  // A list of packs that go, and merged index files, are files too.
  for (const { root, points } of repositories) await prune(root, { points: [], graceSeconds: points.length * 1e6 });
});
afterAll(() => space[Symbol.asyncDispose]());

async function filesOf(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** One of the kinds of files, and then one of them: packs would be nearly all. */
async function drawPlace(root: string, isKeyFile: boolean): Promise<{ file: string; at: number }> {
  const byFolder = [...Map.groupBy(await filesOf(root), (path) => path.slice(root.length + 1).split("/")[0]).values()];
  for (;;) {
    const files = byFolder[draw(byFolder.length)] as string[];
    const file = files[draw(files.length)] as string;
    const { size } = await stat(file);
    if (size === 0) continue;
    // The ends of files have what matters most.
    const at =
      draw(2) === 0 ? draw(size) : draw(2) === 0 ? draw(Math.min(size, 4096)) : size - 1 - draw(Math.min(size, 512));
    const isUnseen = isKeyFile && file.endsWith(".repository") && at >= KEY_AREA.start && at < KEY_AREA.end;
    if (!isUnseen) return { file, at };
  }
}

async function flipBit(file: string, at: number, bit: number): Promise<void> {
  await using handle = await open(file, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  await handle.write(Uint8Array.of((byte[0] as number) ^ (1 << bit)), 0, 1, at);
}

const isRestored = async (disk: string): Promise<boolean> =>
  (await readAt(disk, 0, SIZE)).equals(await readAt(target, 0, SIZE));

/** The code of a restore that says no; undefined for one that says it went well. */
async function outcome(path: string): Promise<string | undefined> {
  try {
    await restore(path, target);
    return undefined;
  } catch (error) {
    if (isLifeboatError(error)) return error.code;
    throw error;
  }
}

test(
  `${FLIPS} random bits of repositories: what is restored without an error is what was captured`,
  PATIENCE,
  async () => {
    const said: Record<string, number> = {};
    for (let round = 0; round < FLIPS; round++) {
      const number = round % repositories.length;
      const { root, points } = repositories[number] as (typeof repositories)[0];
      const { file, at } = await drawPlace(root, number === 1);
      const bit = draw(8);
      const what = `bit ${bit} of byte ${at} of ${file}`;
      await flipBit(file, at, bit);
      try {
        for (const { path, disk } of FULL ? points : points.slice(round % 4 < 2 ? 0 : 1).slice(0, 1)) {
          const code = await outcome(path);
          if (code === undefined) expect(await isRestored(disk), what).toBe(true);
          said[code ?? "well"] = (said[code ?? "well"] ?? 0) + 1;
        }
        // Nothing of it may be taken for waste, whatever is said.
        if (round % 8 === 0) {
          const packs = (await filesOf(root)).filter((name) => name.includes("/packs/"));
          await failure(prune(root, { graceSeconds: 1e9 }));
          expect(
            (await filesOf(root)).filter((name) => name.includes("/packs/")),
            what,
          ).toEqual(packs);
        }
      } finally {
        await flipBit(file, at, bit).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== "ENOENT") throw error; // an index file that was merged meanwhile
        });
      }
    }
    console.log(JSON.stringify(said));
    for (const { points } of repositories)
      for (const { path, disk } of points) {
        expect(await outcome(path)).toBeUndefined();
        expect(await isRestored(disk)).toBe(true);
      }
  },
);
