import {
  closeSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { isLifeboatError } from "#base/errors.ts";
import { type Extent, ExtentList } from "#imaging/extent.ts";
import { detectFilesystem, mapUsedBlocks } from "#imaging/filesystem/detect.ts";
import type { Filesystem } from "#imaging/filesystem/filesystem.ts";
import { findPageFiles, withoutPageFiles } from "#imaging/filesystem/ntfs/page-files.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import {
  check,
  copyMapped,
  emptyImage,
  fileVolume,
  hashTree,
  run,
  scratch,
} from "#test/engine/filesystem/volume-image.ts";

const MiB = 1 << 20;
const NAMES = ["pagefile.sys", "swapfile.sys", "hiberfil.sys"];

/** Mounts with ntfs-3g for as long as `use` runs. */
function mounted<T>(image: string, options: string, use: (root: string) => T): T {
  const folder = `${image}.mount`;
  mkdirSync(folder, { recursive: true });
  run("ntfs-3g", "-o", options, image, folder);
  try {
    return use(folder);
  } finally {
    run("umount", folder);
    for (let i = 0; i < 200 && check("fuser", image).status === 0; i++)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  }
}

function makeNtfs(folder: string, use: (root: string) => void, cluster = "4096"): string {
  const image = emptyImage(join(folder, "volume"), 60 * MiB);
  run("mkntfs", "-q", "-F", "-Q", "-s", "512", "-p", "0", "-H", "0", "-S", "0", "-c", cluster, image);
  mounted(image, "rw", use);
  return image;
}

/** Fills the volume, frees every other file, and writes the given ones in turn: each lies in many runs. */
function writeFragmented(root: string, files: readonly string[], piece: number): void {
  const filling: string[] = [];
  try {
    for (let i = 0; ; i++) {
      filling.push(join(root, `filling${i}`));
      writeFileSync(filling[i] as string, Buffer.alloc(piece, 0x11 + (i % 200)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  }
  for (const [i, name] of filling.entries()) if (i % 2 === 0) rmSync(name);
  const handles = files.map((name) => openSync(join(root, name), "w"));
  for (let i = 0; i < 130; i++)
    for (const [n, handle] of handles.entries()) writeSync(handle, Buffer.alloc(40_000 + n * 5000, 0x50 + n));
  for (const handle of handles) closeSync(handle);
}

/** The extents of a file's content, by ntfsinfo. */
function clustersOf(image: string, name: string, cluster: number): Extent[] {
  const { output } = check("ntfsinfo", "-F", `/${name}`, "-v", image);
  const data = output.slice(output.indexOf("Dumping attribute $DATA"));
  const runs = [...data.matchAll(/^\s+0x[0-9a-f]+\s+(0x[0-9a-f]+)\s+(0x[0-9a-f]+)\s*$/gm)];
  return [
    ...ExtentList.union([
      runs.map(([, lcn, length]) => ({
        start: Number(lcn) * cluster,
        end: (Number(lcn) + Number(length)) * cluster,
      })),
    ]),
  ];
}

async function look(image: string) {
  using volume = fileVolume(image);
  const filesystem = (await detectFilesystem(volume)) as Filesystem;
  const found = await findPageFiles(volume, filesystem);
  const map = await mapUsedBlocks(volume, filesystem);
  return { filesystem, found, map };
}

it.each([
  ["512", 128 << 10, 20],
  // So many runs that the files need extension records.
  ["4096", 12 << 10, 800],
  ["65536", 128 << 10, 20],
])("finds the clusters that ntfsinfo names, clusters of %s bytes", async (cluster, piece, fewestRuns) => {
  using folder = scratch();
  const image = makeNtfs(
    folder.path,
    (root) => {
      for (let i = 0; i < 300; i++) writeFileSync(join(root, `file ${i} with a long name in the root.txt`), `${i}`);
      writeFragmented(root, NAMES, piece);
      // A cleared header: not hibernated.
      const hiberfil = openSync(join(root, "hiberfil.sys"), "r+");
      writeSync(hiberfil, Buffer.alloc(4096), 0, 4096, 0);
      closeSync(hiberfil);
    },
    cluster,
  );
  const before = mounted(image, "ro", hashTree);
  const { filesystem, found, map } = await look(image);
  expect([found.reason, filesystem.warnings, map.mode]).toEqual([undefined, [], "used-blocks"]);
  expect(found.files.map(({ name }) => name)).toEqual(NAMES);
  for (const { name, extents } of found.files) {
    expect([...extents], name).toEqual(clustersOf(image, name, Number(cluster)));
  }
  expect(found.files.reduce((sum, { extents }) => sum + extents.length, 0)).toBeGreaterThan(fewestRuns);
  const inExtensions = check("ntfsinfo", "-F", "/pagefile.sys", image).output.includes("$ATTRIBUTE_LIST");
  expect(inExtensions).toBe(fewestRuns === 800);
  const rest = withoutPageFiles(map.extents, found.files);
  expect(rest.bytes).toBe(map.extents.bytes - found.files.reduce((sum, file) => sum + file.extents.bytes, 0));
  const copy = copyMapped(image, [...rest, { start: filesystem.size, end: statSync(image).size }], `${image}.copy`);
  expect(check("ntfsfix", "-n", copy)).toMatchObject({ status: 0 });
  mounted(copy, "ro", (root) => {
    const after = hashTree(root);
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(Object.keys(after).length).toBeGreaterThan(450);
    for (const [name, hash] of Object.entries(after)) expect(hash === before[name], name).toBe(!NAMES.includes(name));
    for (const name of NAMES) expect(statSync(join(root, name)).size).toBeGreaterThan(2 * MiB);
    for (const name of NAMES) expect(check("cmp", "-n", "2400000", join(root, name), "/dev/zero").status).toBe(0);
  });
});

it("never takes a small, renamed, linked or doubled file, nor one in a folder", async () => {
  using folder = scratch();
  const big = Buffer.alloc(MiB, 0x33);
  const image = makeNtfs(folder.path, (root) => {
    mkdirSync(join(root, "sub"));
    for (const name of ["pagefile.sys.old", "sub/hiberfil.sys", "swapfile.sys", "Swapfile.sys"])
      writeFileSync(join(root, name), big);
    writeFileSync(join(root, "pagefile.sys"), big);
    linkSync(join(root, "pagefile.sys"), join(root, "my data.bin"));
  });
  expect((await look(image)).found).toEqual({ files: [], reason: undefined });
  mounted(image, "rw", (root) => {
    for (const name of ["Swapfile.sys", "my data.bin"]) rmSync(join(root, name));
    rmSync(join(root, "swapfile.sys"));
    writeFileSync(join(root, "SwapFile.SYS"), "small enough for its record");
  });
  expect((await look(image)).found.files.map(({ name }) => name)).toEqual(["pagefile.sys"]);
});

/** Whether ntfs-3g takes the volume for hibernated: it then mounts it read-only at most. */
function mountsWritable(image: string): boolean {
  const folder = `${image}.mount`;
  mkdirSync(folder, { recursive: true });
  check("ntfs-3g", "-o", "rw,norecover", image, folder);
  const line = run("cat", "/proc/self/mounts")
    .split("\n")
    .find((mount) => mount.includes(` ${folder} `));
  check("umount", folder);
  for (let i = 0; i < 200 && check("fuser", image).status === 0; i++)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  return line?.split(" ")[3]?.startsWith("rw") ?? false;
}

it.each([
  ["hibr", 0x3e0, 0x364, 1, "Fast Startup);", false],
  ["HIBR", 0x448, 0x3cc, 0, "hibernation or Fast Startup);", false],
  ["HIBR", 0x123, 0, 0, "hibernation or Fast Startup);", false],
  ["RSTR", 0x3e0, 0x364, 0, "hibernation or Fast Startup);", undefined],
  ["wake", 0x3e0, 0x364, 0, undefined, true],
  ["\0\0\0\0", 0, 0, 0, undefined, true],
] as const)(
  "a header %j of %i bytes is judged as by ntfs-3g, and said in words",
  async (signature, length, at, flag, words, writable) => {
    using folder = scratch();
    const header = Buffer.alloc(8192);
    header.write(signature, "latin1");
    header.writeUInt32LE(length, 12);
    header[at || 4096] = flag;
    const image = makeNtfs(folder.path, (root) => {
      writeFileSync(join(root, "hiberfil.sys"), Buffer.concat([header, Buffer.alloc(MiB, 0x77)]));
      writeFileSync(join(root, "pagefile.sys"), Buffer.alloc(MiB, 0x66));
    });
    const { filesystem, found, map } = await look(image);
    if (writable !== undefined) expect(mountsWritable(image)).toBe(writable);
    if (words === undefined) {
      expect([filesystem.warnings, map.mode, found.files.length]).toEqual([[], "used-blocks", 2]);
      return;
    }
    expect(filesystem.warnings).toEqual([expect.stringContaining(words)]);
    expect(map).toMatchObject({ mode: "raw", reason: expect.stringContaining("Windows is hibernated in it") });
    expect(found).toEqual({ files: [], reason: expect.stringContaining("Windows is hibernated in it") });
  },
);

it("a short hiberfil.sys is a partition that a hibernated system elsewhere had open", async () => {
  using folder = scratch();
  const image = makeNtfs(folder.path, (root) => writeFileSync(join(root, "hiberfil.sys"), "short"));
  const { filesystem, map } = await look(image);
  expect(mountsWritable(image)).toBe(false);
  expect(filesystem.warnings).toEqual([expect.stringContaining("Windows on another partition")]);
  expect(map.mode).toBe("raw");
});

it("a volume that is marked dirty keeps its page files, and says why", async () => {
  using folder = scratch();
  const image = makeNtfs(folder.path, (root) => writeFileSync(join(root, "pagefile.sys"), Buffer.alloc(MiB)));
  run("ntfsfix", image);
  expect((await look(image)).found).toEqual({ files: [], reason: expect.stringContaining("dirty") });
});

const placesOf = (image: Buffer, magic: "INDX" | "FILE"): number[] =>
  Array.from({ length: image.length / 1024 }, (_, i) => i * 1024).filter(
    (at) => image.subarray(at, at + 4).toString("latin1") === magic,
  );

/** The file records of $MFT, of the root folder and of the page files, and the folder's blocks. */
function searchedPlaces(image: Buffer): number[] {
  const records = placesOf(image, "FILE");
  const named = (at: number) => NAMES.some((name) => image.subarray(at, at + 1024).includes(name, 0, "utf16le"));
  return [...records.filter((at, i) => i === 0 || i === 5 || named(at)), ...placesOf(image, "INDX")];
}

it("damaged folders and records: a coded error, or clusters that are no system file's, and always an end", async () => {
  using folder = scratch();
  const image = makeNtfs(folder.path, (root) => {
    for (let i = 0; i < 60; i++) writeFileSync(join(root, `file ${i} with a long name in the root.txt`), `${i}`);
    for (const name of NAMES) writeFileSync(join(root, name), Buffer.alloc(100_000));
  });
  const bytes = readFileSync(image);
  const places = searchedPlaces(bytes);
  expect(places.length).toBeGreaterThan(6);
  const device = memoryDevice(bytes);
  const filesystem = (await detectFilesystem(device)) as Filesystem;
  const outcomes = new Map<string, number>();
  const rounds = process.env["LIFEBOAT_TEST_FULL"] === "1" ? 30_000 : 1_000;
  for (let round = 0; round < rounds; round++) {
    const place = places[Math.floor(Math.random() * places.length)] as number;
    const changes = Array.from({ length: 1 + (round % 4) }, () => place + Math.floor(Math.random() * 480));
    const before = changes.map((at) => bytes[at] as number);
    for (const at of changes) bytes[at] = Math.random() < 0.5 ? Math.floor(Math.random() * 256) : 0xff;
    const outcome = await findPageFiles(device, filesystem).then(
      ({ files, reason }) => reason ?? `${files.length} files`,
      (error: unknown) => (isLifeboatError(error) ? error.code : Promise.reject(error)),
    );
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    for (const [i, at] of [...changes.entries()].reverse()) bytes[at] = before[i] as number;
  }
  expect([...outcomes.keys()]).toEqual(expect.arrayContaining(["3 files", "2 files", "FILESYSTEM_DAMAGED"]));
}, 1_200_000);

it("clusters of a page file that are a system file's too: damaged, and nothing is left out", async () => {
  using folder = scratch();
  const image = makeNtfs(folder.path, (root) => writeFileSync(join(root, "pagefile.sys"), Buffer.alloc(100_000, 1)));
  const bytes = readFileSync(image);
  const [content] = clustersOf(image, "pagefile.sys", 4096);
  const cluster = (content?.start ?? 0) / 4096;
  const record = placesOf(bytes, "FILE").findLast((at) =>
    bytes.subarray(at, at + 1024).includes("pagefile.sys", "utf16le" as const),
  );
  // One run: sizes, 25 clusters, and where they lie.
  const sizes = cluster < 128 ? 0x11 : 0x21;
  const pairs = Buffer.from(sizes === 0x11 ? [0x11, 25, cluster] : [0x21, 25, cluster & 0xff, cluster >> 8]);
  const at = bytes.indexOf(pairs, record);
  expect(at - (record ?? 0)).toBeLessThan(1024);
  const device = memoryDevice(bytes);
  const filesystem = (await detectFilesystem(device)) as Filesystem;
  expect((await findPageFiles(device, filesystem)).files).toHaveLength(1);
  bytes.set(sizes === 0x11 ? [4] : [4, 0], at + 2); // where $MFT begins
  await expect(findPageFiles(device, filesystem)).rejects.toMatchObject({ code: "FILESYSTEM_DAMAGED" });
});
