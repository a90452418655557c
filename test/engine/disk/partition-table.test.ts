import { mkdtemp, open, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PartitionTable, placeTable, readPartitionTable } from "#imaging/disk/partition-table.ts";
import { knownPartitionTypes } from "#imaging/disk/partition-types.ts";
import { memoryDevice } from "#test/doubles/memory-device.ts";
import { withSectors } from "#test/engine/disk/with-sectors.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { FULL } from "#test/sample.ts";

const MIB = 1024 * 1024;
const SIZE = 64 * MIB;
let directory: string;
let files = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lifeboat-disk-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function emptyDisk(size = SIZE): Promise<string> {
  const path = join(directory, `disk-${files++}`);
  await writeFile(path, "");
  await truncate(path, size);
  return path;
}

interface Listed {
  id: string;
  sectorsize: number;
  partitions: { node: string; start: number; size: number; type: string; uuid?: string; name?: string }[];
}
const list = (file: string, sectorSize: number) =>
  withSectors(file, sectorSize, async (path) => {
    const { stdout } = await runTool("sfdisk", ["--json", path]);
    const table = JSON.parse(stdout).partitiontable as Listed;
    return {
      ...table,
      device: "",
      partitions: table.partitions.map((p) => ({ ...p, node: p.node.slice(path.length) })),
    };
  });
const read = async (file: string, sectorSize = 512) =>
  readPartitionTable(memoryDevice(await readFile(file), sectorSize));

async function place(table: PartitionTable, file: string, size: number): Promise<void> {
  const handle = await open(file, "r+");
  for (const { bytes, offset } of placeTable(table, size)) await handle.write(bytes, 0, bytes.length, offset);
  await handle.close();
}

async function expectSgdiskClean(file: string, sectorSize: number): Promise<void> {
  const { stdout, stderr } = await withSectors(file, sectorSize, (path) => runTool("sgdisk", ["-v", path]));
  expect(`${stdout}${stderr}`).toContain("No problems found");
  expect(`${stdout}${stderr}`).not.toMatch(/caution|problem:|invalid|corrupt/i);
}

/** The table in the shape of `sfdisk --json`. */
const asListed = (table: PartitionTable) =>
  table.partitions.map((p) => ({
    number: p.number,
    start: p.start / table.sectorSize,
    size: p.size / table.sectorSize,
    type: table.type === "gpt" ? p.type.toUpperCase() : Number(p.type).toString(16),
    name: p.name,
    uuid: table.type === "gpt" ? p.guid?.toUpperCase() : undefined,
    active: p.active,
  }));
function listedBySfdisk(listed: Listed) {
  return listed.partitions.map((p) => ({
    number: Number(p.node.replace(/^p/, "")),
    start: p.start,
    size: p.size,
    type: p.type,
    name: p.name,
    uuid: p.uuid,
    active: "bootable" in p || ("attrs" in p && `${p.attrs}`.includes("LegacyBIOSBootable")),
  }));
}

type Make = (path: string) => Promise<unknown>;
const sfdisk = (script: string[]) => (path: string) => runTool("sfdisk", ["-q", path], { input: script.join("\n") });
/** parted 3.5 now and then aborts on a loop device ("You found a bug in GNU Parted!"); its commands begin anew with mklabel. */
const parted =
  (...commands: string[]) =>
  async (path: string) => {
    const args = ["--script", "--align", "optimal", path, ...commands.flatMap((c) => c.split(" "))];
    for (let tries = 1; ; tries++) {
      try {
        return await runTool("parted", args);
      } catch (error) {
        if (tries === 5 || !/bug in GNU Parted|the kernel/.test((error as Error).message)) throw error;
      }
    }
  };
const MIXED = ["start=2048,size=1024,type=83", "start=4096,size=8000,type=5,bootable"];
const LOGICALS = ["start=4352,size=500,type=83", "start=5120,size=300,type=82", "start=6144,size=1000,type=7"];
const MAKERS: [string, "gpt" | "mbr", Make][] = [
  [
    "sfdisk",
    "gpt",
    sfdisk([
      "label: gpt",
      "first-lba: 34",
      "start=512,size=512,type=21686148-6449-6E6F-744E-656564454649,name=bios",
      'start=1024,size=2048,type=U,name="EFI Sýstem",attrs="RequiredPartition LegacyBIOSBootable GUID:60"',
      "start=4096,size=4096,type=L",
    ]),
  ],
  [
    "sgdisk",
    "gpt",
    (path) => runTool("sgdisk", ["-n3:2048:+2M", "-t3:8300", "-c3:three", "-n1:0:+4M", "-A3:set:2", path]),
  ],
  ["sgdisk, 200 entries", "gpt", (path) => runTool("sgdisk", ["-S", "200", "-n150:2048:+2M", path])],
  ["sgdisk, entries moved", "gpt", (path) => runTool("sgdisk", ["-j", "1000", "-n1:2048:+2M", path])],
  [
    "parted",
    "gpt",
    parted("mklabel gpt", "mkpart first ext4 8MiB 20MiB", "mkpart second fat32 20MiB 50MiB", "set 2 esp on"),
  ],
  ["sfdisk", "mbr", sfdisk(["label: dos", "label-id: 0xcafe0001", ...MIXED, ...LOGICALS])],
  [
    "parted",
    "mbr",
    parted(
      "mklabel msdos",
      "mkpart primary ext4 4MiB 12MiB",
      "mkpart extended 16MiB 60MiB",
      "mkpart logical ext4 20MiB 26MiB",
      "mkpart logical fat32 28MiB 40MiB",
      "mkpart logical linux-swap 44MiB 56MiB",
      "set 1 boot on",
    ),
  ],
];
const ALL = MAKERS.flatMap(([tool, type, make]) => [512, 4096].map((sectors) => ({ tool, type, make, sectors })));
/** Each tool with sectors of one size, in turns. */
const CASES = FULL ? ALL : ALL.filter((_, i) => [0, 3].includes(i % 4));

describe.each(CASES)("$type by $tool, sectors of $sectors", ({ type, make, sectors }) => {
  let file: string;
  let table: PartitionTable;
  let listed: Awaited<ReturnType<typeof list>>;
  beforeAll(async () => {
    file = await emptyDisk();
    await withSectors(file, sectors, make);
    table = await read(file, sectors);
    listed = await list(file, sectors);
  });

  test("is read as sfdisk lists it", () => {
    expect(table.type).toBe(type);
    expect(table.problems).toEqual([]);
    expect(asListed(table)).toEqual(listedBySfdisk(listed));
    const id = type === "gpt" ? table.diskId?.toUpperCase() : `0x${table.diskId}`;
    expect(id).toBe(listed.id);
    expect(listed.partitions.length).toBeGreaterThan(0);
  });

  test("is written to a disk of the same size bit by bit", async () => {
    const target = await emptyDisk();
    await place(table, target, SIZE);
    expect(Buffer.compare(await readFile(target), await readFile(file))).toBe(0);
  });

  test("is written to a bigger disk as sgdisk and sfdisk want it", async () => {
    const size = 3 * SIZE + 5 * 4096;
    const target = await emptyDisk(size);
    await place(table, target, size);
    if (type === "gpt") await expectSgdiskClean(target, sectors);
    const { partitions, id } = await list(target, sectors);
    expect({ partitions, id }).toEqual({ partitions: listed.partitions, id: listed.id });
  });
});

describe.each(CASES.filter((c) => c.type === "gpt"))("GPT by $tool, sectors of $sectors", ({ make, sectors }) => {
  test.each(["primary", "backup"])("its %s header zeroed is repaired", async (which) => {
    const file = await emptyDisk();
    await withSectors(file, sectors, make);
    const table = await read(file, sectors);
    const broken = await emptyDisk();
    await writeFile(broken, await readFile(file), { flag: "r+" });
    const seek = which === "primary" ? 1 : SIZE / sectors - 1;
    const to = [`of=${broken}`, `bs=${sectors}`, `seek=${seek}`, "count=1", "conv=notrunc", "status=none"];
    await runTool("dd", ["if=/dev/zero", ...to]);
    const repaired = await read(broken, sectors);
    expect(repaired.problems.map((p) => p.code)).toEqual([`GPT_${which.toUpperCase()}_DAMAGED`]);
    await place(repaired, broken, SIZE);
    await expectSgdiskClean(broken, sectors);
    expect(asListed(await read(broken, sectors))).toEqual(asListed(table));
    expect(Buffer.compare(await readFile(broken), await readFile(file))).toBe(0);
  });
});

test("a hybrid MBR by sgdisk is a GPT, and kept", async () => {
  const file = await emptyDisk();
  await runTool("sgdisk", ["-n1:2048:+8M", "-n2:0:+8M", "-h1:2", file]);
  const table = await read(file);
  expect(table.problems.map((p) => p.code)).toEqual(["HYBRID_MBR"]);
  expect(table.partitions).toHaveLength(2);
});

test.each([
  ["mkfs.vfat", ["-F", "16"]],
  ["mkfs.vfat", ["-F", "32"]],
  ["mkfs.ntfs", ["-F", "-Q", "-q"]],
  ["mkfs.ext4", ["-q", "-F"]],
  ["mkswap", []],
])("a disk that %s %j filled has no table", async (tool, args) => {
  const file = await emptyDisk();
  await runTool(tool, [...args, file]);
  expect((await read(file)).type).toBe("none");
});

test("the types that have a plain name are known to sfdisk", async () => {
  const lists = await Promise.all(["gpt", "dos"].map((x) => runTool("sfdisk", ["--list-types", "--label", x])));
  const ids = lists.map(({ stdout }) =>
    stdout
      .toLowerCase()
      .matchAll(/^ *([0-9a-f-]+) {2}/gm)
      .map((m) => m[1] ?? ""),
  );
  const known = new Set(ids.flatMap((x) => [...x]).map((id) => (id.length > 2 ? id : `0x${id.padStart(2, "0")}`)));
  expect(knownPartitionTypes.filter((type) => !known.has(type))).toEqual(["ca7d7ccb-63ed-4c53-861c-1742536059cc"]);
});
