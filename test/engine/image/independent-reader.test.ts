import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBadExtents, readByScan, readBySpecification } from "#test/doubles/independent-reader.ts";
import { readVolumes } from "#test/doubles/independent-records.ts";
import { lifeboatJson } from "#test/engine/image/command.ts";
import { allFileHashes } from "#test/engine/image/compare-disks.ts";
import { makeSampleDisk } from "#test/engine/image/sample-disk.ts";
import { blankDisk, noise, noisyDisk, openWorkspace, type Workspace, writeAt } from "#test/engine/image/workspace.ts";
import { FaultyIo } from "#test/fault/faulty-io.ts";

const full = test.skipIf(process.env["LIFEBOAT_TEST_FULL"] !== "1");

const LIFEBOAT = fileURLToPath(new URL("../../../lifeboat", import.meta.url));
const MIB = 1 << 20;
const FULL = process.env["LIFEBOAT_TEST_FULL"] === "1";
const PASSWORD = "Ærlig talt, 五";
const SEGMENT_TYPES = { chunk: 3, index: 4 };

let space: Workspace;
let passwordFile: string;
beforeAll(async () => {
  space = await openWorkspace();
  passwordFile = space.path("password");
  await writeFile(passwordFile, `${PASSWORD}\n`);
});
afterAll(() => space[Symbol.asyncDispose]());

const READERS = [
  ["by specification", readBySpecification],
  ["by scan", readByScan],
] as const;

full("a disk of file systems reads as the restore writes it, with all files", async () => {
  const table = "label: gpt\nsize=200MiB, type=0FC63DAF-8483-4772-8E79-3D69D8477DE4, name=root\nsize=24MiB\n";
  const disk = { size: 300 * MIB, table, volumes: { 1: "ext4", 2: "vfat" } } as const;
  const source = await makeSampleDisk(space.path("gpt.img"), disk);
  const [image, target, read] = ["gpt.lbi", "gpt.restored", "gpt.read"].map((name) => space.path(name)) as [
    string,
    string,
    string,
  ];
  await lifeboatJson("capture", source, "--to", image, "--no-verify");
  await blankDisk(target, 300 * MIB);
  await lifeboatJson("restore", image, "--to", target, "--yes-erase", target);
  const restored = await readFile(target);
  for (const [how, reader] of READERS) {
    const found = reader(readVolumes(image));
    expect(Buffer.compare(found, restored), how).toBe(0);
    await writeFile(read, found);
  }
  const hashes = await allFileHashes(read);
  expect(Object.keys(hashes).length).toBeGreaterThan(10);
  expect(hashes).toEqual(await allFileHashes(source));
});

/** Two segments have more than 1024 chunks: a disk that takes a while to read. */
test.each([
  { size: 1030 * MIB, options: ["--split", "16M"], segments: 2, password: undefined },
  { size: (FULL ? 1030 : 50) * MIB, options: ["--encrypt", "--split", "16M"], segments: undefined, password: PASSWORD },
])("three volumes of a disk of $size bytes, $options", async ({ size, options, segments, password }) => {
  const [source, image] = [space.path(`${size}.img`), space.path(`${size}${options.join("")}.lbi`)];
  await blankDisk(source, size);
  await writeAt(source, 3 * MIB + 512, noise(21 * MIB, 1));
  await writeAt(source, size - 20 * MIB, noise(20 * MIB, 2));
  const secret = password === undefined ? [] : ["--password-file", passwordFile];
  await lifeboatJson("capture", source, "--to", image, "--no-verify", ...options, ...secret);
  const files = readVolumes(image);
  expect(files.length).toBe(3);
  const wanted = await readFile(source);
  for (const [how, reader] of READERS) expect(Buffer.compare(reader(files, password), wanted), how).toBe(0);
  if (segments !== undefined) expect(indexPages(files)).toBe(segments);
  refusesOtherVolumes(files, password);
});

function refusesOtherVolumes(files: readonly Buffer[], password: string | undefined): void {
  const [first, second, third] = files as [Buffer, Buffer, Buffer];
  const refused = (wrong: Buffer[], why: string) =>
    expect(() => readBySpecification(wrong, password), why).toThrow(why);
  refused([first, second], "footer");
  refused([first, third], "volume 1 has another place");
  refused([first, third, second], "volume 1 has another place");
  refused([first, Buffer.concat([second, Buffer.alloc(16)]), third], "bytes behind the last record of volume 1");
}

/** Records of a plain image in a row tell how many segments it has. */
function indexPages(files: readonly Buffer[]): number {
  let pages = 0;
  for (const file of files)
    for (let at = 4096; file.toString("latin1", at, at + 4) === "LBRC"; ) {
      const type = file[at + 4];
      expect(Object.values({ manifest: 1, extents: 2, ...SEGMENT_TYPES, catalogue: 5 })).toContain(type);
      if (type === SEGMENT_TYPES.index) pages++;
      at += 64 + Math.ceil(file.readUInt32LE(at + 20) / 16) * 16;
    }
  return pages;
}

test("what could not be read is listed, and zero", async () => {
  const source = await noisyDisk(space.path("bad.img"), 5 * MIB);
  const bad = [MIB + 4096, 3 * MIB - 8192];
  using faults = new FaultyIo(bad.map((at) => `read bad.img ${at} 16384 EIO`));
  const image = space.path("bad.lbi");
  const env = { ...process.env, ...faults.env };
  const { status } = spawnSync(LIFEBOAT, ["capture", source, "--to", image], { env });
  expect(status).toBe(6);
  const wanted = await readFile(source);
  for (const at of bad) wanted.fill(0, at, at + 16384);
  const files = readVolumes(image);
  expect(readBadExtents(files)).toEqual(bad.map((start) => ({ start, length: 16384 })));
  for (const [how, reader] of READERS) expect(Buffer.compare(reader(files), wanted), how).toBe(0);
});
