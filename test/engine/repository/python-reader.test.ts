import { copyFileSync, cpSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import {
  type Found,
  flip,
  forge,
  holdsData,
  readRecords,
  readWithPython,
  refusalOf,
} from "#test/engine/image/python-reader.ts";
import { GPT_DISK, makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noise, openWorkspace, sha256File, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { sample } from "#test/sample.ts";

/**
 * docs/format/repository.md is enough: the reader in Python, written from it alone, restores points bit by bit as the
 * product does, with the index and without, and names the file where it refuses something.
 */
const MIB = 1 << 20;
const SECRETS = { plain: undefined, encrypted: "ein Paßwort" } as const;
type Kind = keyof typeof SECRETS;
const KINDS = ["plain", "encrypted"] as const satisfies readonly Kind[];
const PAGE = 4096;

let space: Workspace;
const points: Record<Kind, string[]> = { plain: [], encrypted: [] };
/** By kind: what opens it. */
const options: Record<Kind, string[]> = { plain: [], encrypted: [] };

beforeAll(async () => {
  space = await openWorkspace();
  writeFileSync(space.path("password"), SECRETS.encrypted);
  options.encrypted = ["--password-file", space.path("password")];
  const disk = await makeSampleDisk(space.path("disk.img"), GPT_DISK);
  for (const kind of KINDS) await lifeboatJson("repo", "init", space.path(kind), ...options[kind]);
  for (const name of ["first", "second"]) {
    for (const kind of KINDS) {
      const args = ["--to", space.path(kind), "--name", name, "--no-verify", ...options[kind]];
      points[kind].push((await lifeboatJson<CaptureReport>("capture", disk, ...args)).image);
    }
    // In the first partition, which no driver knows: new data, and chunks of zeros that were none.
    await writeAt(disk, MIB + 5000, noise(300_000, 99));
    await writeAt(disk, MIB + 512 * 1024, Buffer.alloc(512 * 1024));
  }
}, 300_000);
afterAll(() => space[Symbol.asyncDispose]());

async function ourRestore(kind: Kind, point: string): Promise<string> {
  const target = await blankDisk(space.path("ours.img"), GPT_DISK.size);
  await lifeboatJson("restore", point, "--to", target, "--yes-erase", target, "--no-verify", ...options[kind]);
  return sha256File(target);
}

/** What the reader restores, or why not. */
async function theirRestore(kind: Kind, point: string, ...how: string[]): Promise<string> {
  const target = space.path(`theirs${how.join("")}.img`);
  rmSync(target, { force: true });
  return (await readWithPython(point, target, ...options[kind], ...how)) || sha256File(target);
}

describe.each(sample(KINDS, [1]))("of a repository that is %s", (kind) => {
  test("it restores what we restore, by index files and by reading all packs", async () => {
    const restored: string[] = [];
    for (const point of points[kind]) {
      const [ours, ...theirs] = await Promise.all([
        ourRestore(kind, point),
        theirRestore(kind, point),
        theirRestore(kind, point, "--rebuild"),
      ]);
      expect(theirs).toEqual([ours, ours]);
      restored.push(ours);
    }
    expect(new Set(restored).size).toBe(2);
  });

  test("after a clean-up the point that is left is restored, and the other one is not", async () => {
    const [repository, [first = "", second = ""]] = copyOf(kind);
    const ours = await ourRestore(kind, first);
    copyFileSync(second, space.path("second.lbi"));
    await lifeboatJson("image", "delete", second);
    await lifeboatJson("repo", "prune", repository, "--grace", "0s", "--yes", ...options[kind]);
    expect(globSync(`${repository}/index/*.merged`)).not.toEqual([]);
    renameSync(space.path("second.lbi"), second);
    for (const how of [[], ["--rebuild"]]) {
      expect(await theirRestore(kind, first, ...how)).toBe(ours);
      expect(await refusal(second, ...options[kind], ...how)).toContain(`${second}: chunk `);
    }
  });
});

const refusal = (point: string, ...how: readonly string[]) => refusalOf(space, point, ...how);

/** @returns a repository to be damaged, and its points */
function copyOf(kind: Kind): [string, string[]] {
  const copy = space.path("copy");
  rmSync(copy, { recursive: true, force: true });
  cpSync(space.path(kind), copy, { recursive: true });
  return [copy, points[kind].map((point) => join(copy, "points", basename(point)))];
}

describe("what the document says must be refused", () => {
  let repository: string;
  let point: string;
  let pack: string;
  let index: string;

  beforeEach(() => {
    const [copy, [first = ""]] = copyOf("plain");
    [repository, point] = [copy, first];
    const stream = streamOf(first);
    pack = `${copy}/packs/${stream}/chunks.lbp`;
    index = `${copy}/index/${stream}-1.lbx`;
  });

  const makeWhole = (file: string) => copyFileSync(file.replace(repository, space.path("plain")), file);

  test("a flipped bit in a pack's record or header, also when its CRC-32s are made anew", async () => {
    const records = await Array.fromAsync(readRecords(pack, PAGE));
    const { at } = records.find(holdsData) as Found;
    const stored = records.find((found) => holdsData(found) && found.header[5] === 0) as Found;
    const damages = [
      [() => flip(pack, at + 64), `chunk at byte ${at}: its payload is damaged`],
      [() => flip(pack, 100), "its file header is damaged"],
      [() => forge(pack, stored), `chunk at byte ${stored.at}: its content does not match its SHA-256`],
    ] as const;
    for (const [damage, words] of damages) {
      makeWhole(pack);
      await damage();
      for (const how of [[], ["--rebuild"]]) expect(await refusal(point, ...how)).toContain(`${pack}: ${words}`);
    }
  });

  test("a missing pack", async () => {
    rmSync(pack);
    expect(await refusal(point)).toContain(`${pack}: is missing`);
    expect(await refusal(point, "--rebuild")).toMatch(new RegExp(`^${point}: chunk \\d+ of region \\d+ is lost$`));
  });

  test("a flipped bit in a page of an index file, which whoever reads all packs does without", async () => {
    const whole = await theirRestore("plain", point);
    for (const page of [0, 1, 2, readFileSync(index).length / PAGE - 1]) {
      makeWhole(index);
      await flip(index, page * PAGE + 20);
      expect(await refusal(point)).toBe(`${index}: page ${page} is damaged`);
    }
    expect(await theirRestore("plain", point, "--rebuild")).toBe(whole);
  });

  test("an index file that leads to other records than it says, or is of another repository", async () => {
    const bytes = readFileSync(index);
    const at = PAGE * (1 + bytes.readUInt32LE(52));
    const [one, other] = [at + 32, at + 48 + 32].map((from) => bytes.subarray(from, from + 16)) as [Buffer, Buffer];
    const kept = Buffer.from(one);
    one.set(other);
    other.set(kept);
    bytes.writeUInt32LE(crc32(bytes.subarray(at, at + PAGE - 4)), at + PAGE - 4);
    writeFileSync(index, bytes);
    expect(await refusal(point)).toContain(`${pack}: the chunk at byte `);

    const [foreign = ""] = globSync(`${space.path("encrypted")}/index/*.lbx`);
    copyFileSync(foreign, index);
    expect(await refusal(point)).toBe(`${index}: is of another repository`);
  });

  test("chunks that only a merged index file names, but not those of condemned packs", async () => {
    const whole = await theirRestore("plain", point);
    const condemned = `${repository}/condemned/${crypto.randomUUID()}.lbx`;
    renameSync(index, condemned);
    expect(await theirRestore("plain", point)).toBe(whole);
    renameSync(condemned, `${index}.merged`);
    expect(await refusal(point)).toMatch(/^.*\/copy\/points\/first-.*\.lbi: chunk \d+ of region \d+ is lost$/);
  });

  test("packs of a capture that is not finished, when all packs are read", async () => {
    const lease = `${repository}/leases/${crypto.randomUUID()}.json`;
    writeFileSync(lease, '{"kind": "capture"}');
    expect(await refusal(point, "--rebuild")).toBe(`${lease}: a capture is at work`);
    rmSync(lease);
    writeFileSync(`${repository}/points/other.lbi.job`, JSON.stringify({ imageId: streamOf(point) }));
    expect(await refusal(point, "--rebuild")).toContain(`${point}: chunk `);
  });

  test("a point that was copied out of its repository, or into another one", async () => {
    const [outside, key] = [space.path("outside.lbi"), join(dirname(space.folder), "lifeboat.repository")];
    copyFileSync(point, outside);
    expect(await refusal(outside)).toBe(`${key}: is missing, and ${outside} is of no use without it`);

    const other = space.path("other");
    await lifeboatJson("repo", "init", other, ...options.encrypted);
    const foreign = `${other}/points/foreign.lbi`;
    copyFileSync(point, foreign);
    expect(await refusal(foreign, ...options.encrypted)).toBe(`${foreign}: is of another repository`);
    copyFileSync(points.encrypted[0] as string, foreign);
    const tag = /^.*\/foreign.lbi: catalogue at byte \d+: its tag does not match$/;
    expect(await refusal(foreign, ...options.encrypted)).toMatch(tag);
  });

  test("a wrong password, none, and one too many", async () => {
    const [sealed = ""] = points.encrypted;
    const file = join(dirname(dirname(sealed)), "lifeboat.repository");
    writeFileSync(space.path("wrong"), "ein Passwort");
    const wrong = ["--password-file", space.path("wrong")];
    expect(await refusal(sealed, ...wrong)).toBe(`${file}: is not opened by this password`);
    expect(await refusal(sealed)).toContain(`${file}: is encrypted`);
    expect(await refusal(point, ...wrong)).toContain(`${repository}/lifeboat.repository: is not encrypted`);
  });
});

/** Of the capture that made a point: its image's id, which stands in the file header. */
function streamOf(point: string): string {
  const hex = readFileSync(point).toString("hex", 24, 40);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
