import { mkdtemp, open, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildTable, type TableDesign } from "#imaging/disk/build-table.ts";
import type { Partition } from "#imaging/disk/partition.ts";
import { readPartitionTable } from "#imaging/disk/partition-table.ts";
import { randomDesign, writtenDevice } from "#test/engine/disk/random-designs.ts";
import { withSectors } from "#test/engine/disk/with-sectors.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import { caseRandom } from "#test/fuzz/random.ts";

const MIB = 1024 * 1024;
const LINUX = "0fc63daf-8483-4772-8e79-3d69d8477de4";
const DISK = "0fd5b3a1-7a4c-4c61-9f3e-2d1b0a998877";
let directory: string;
let files = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lifeboat-table-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function emptyDisk(size: number): Promise<string> {
  const path = join(directory, `disk-${files++}`);
  await writeFile(path, "");
  await truncate(path, size);
  return path;
}

async function builtDisk(design: TableDesign): Promise<string> {
  const path = await emptyDisk(design.size);
  const file = await open(path, "r+");
  for (const { bytes, offset } of buildTable(design)) await file.write(bytes, 0, bytes.length, offset);
  await file.close();
  return path;
}

/** What every tool says of a partition. LBAs and sectors. */
interface Said {
  readonly number: number;
  readonly start: number;
  readonly size: number;
}
const byNumber = <T extends Said>(all: readonly T[]): T[] => all.toSorted((a, b) => a.number - b.number);

interface SfdiskPartition {
  readonly node: string;
  readonly start: number;
  readonly size: number;
  readonly type: string;
  readonly uuid?: string;
  readonly name?: string;
  /** null when only bits are set that have no name. */
  readonly attrs?: string | null;
  readonly bootable?: boolean;
}

/** sfdisk's names of the bits it has names for; the other bits of UEFI's are reserved, and it shows none of them. */
const ATTRIBUTES: Readonly<Record<string, bigint>> = {
  RequiredPartition: 1n,
  NoBlockIOProtocol: 2n,
  LegacyBIOSBootable: 4n,
};
/** "RequiredPartition GUID:48,60" as a number. */
function attributeBits(attrs: string): bigint {
  const guid = /GUID:([\d,]+)/.exec(attrs)?.[1]?.split(",") ?? [];
  const named = Object.entries(ATTRIBUTES).filter(([name]) => attrs.includes(name));
  const bits = [...named.map(([, bit]) => bit), ...guid.map((bit) => 1n << BigInt(bit))];
  return bits.reduce((all, bit) => all | bit, 0n);
}
const SHOWN_BITS = 0xffff_0000_0000_0007n;

async function bySfdisk(path: string) {
  const { stdout } = await runTool("sfdisk", ["--json", path]);
  const table = JSON.parse(stdout).partitiontable as { id: string; label: string; partitions?: SfdiskPartition[] };
  const partitions = (table.partitions ?? []).map((p) => ({
    number: Number(p.node.slice(path.length).replace(/^p/, "")),
    start: p.start,
    size: p.size,
    type: p.type.toLowerCase(),
    guid: p.uuid?.toLowerCase(),
    name: p.name,
    active: p.bootable ?? p.attrs?.includes("LegacyBIOSBootable") ?? false,
    attributes: attributeBits(p.attrs ?? ""),
  }));
  return { id: table.id.toLowerCase(), label: table.label, partitions: byNumber(partitions) };
}

/** A design in the words of sfdisk. */
function asSfdisk({ type, diskId, sectorSize, partitions }: TableDesign) {
  const isGpt = type === "gpt";
  const said = partitions.map((p) => ({
    number: p.number,
    start: p.start / sectorSize,
    size: p.size / sectorSize,
    type: isGpt ? p.type : Number(p.type).toString(16),
    guid: isGpt ? p.guid : undefined,
    name: p.name,
    active: p.active,
    attributes: (BigInt(p.attributes) | (isGpt && p.active ? 4n : 0n)) & SHOWN_BITS,
  }));
  return { id: isGpt ? diskId : `0x${diskId ?? "00000000"}`, label: isGpt ? "gpt" : "dos", partitions: byNumber(said) };
}

/** libblkid has a parser of its own, which udev names /dev/disk/by-partuuid by. It counts in 512 bytes. */
async function byPartx(path: string, sectorSize: number) {
  const { stdout } = await runTool("partx", ["--raw", "--noheadings", "--output", "NR,START,SECTORS,TYPE,UUID", path]);
  const rows = stdout.trim().split("\n");
  const [units, said] = [sectorSize / 512, rows.filter((row) => row !== "").map((row) => row.split(" "))];
  const partitions = said.map(([number, start, size, type, guid]) => ({
    number: Number(number),
    start: Number(start) / units,
    size: Number(size) / units,
    type: type?.replace(/^0x(.)$/, "0x0$1"),
    guid: guid === "" ? undefined : guid,
  }));
  return byNumber(partitions);
}

async function byParted(path: string, type: "gpt" | "mbr") {
  // On a GPT it says "boot" of each EFI system partition.
  const active = type === "gpt" ? "legacy_boot" : "boot";
  const { stdout } = await runTool("parted", ["-m", "-s", path, "unit", "s", "print"]);
  const rows = stdout.split("\n").slice(2);
  const said = rows.filter((row) => row !== "").map((row) => row.replace(/;$/, "").split(":"));
  const partitions = said.map(([number, start, , size, , name, flags = ""]) => ({
    number: Number(number),
    start: Number.parseInt(start ?? "", 10),
    size: Number.parseInt(size ?? "", 10),
    name: name === "" ? undefined : name,
    active: flags.split(", ").includes(active),
  }));
  return byNumber(partitions);
}

const only = <K extends keyof Partition>(design: TableDesign, ...keys: K[]) =>
  byNumber(
    design.partitions.map((p) => ({
      number: p.number,
      start: p.start / design.sectorSize,
      size: p.size / design.sectorSize,
      ...(Object.fromEntries(keys.map((key) => [key, p[key]])) as Pick<Partition, K>),
    })),
  );

/** sgdisk warns of partitions that are not aligned, as random ones are not, so only its verdict counts here. */
async function expectSound(path: string): Promise<void> {
  const { stdout, stderr } = await runTool("sgdisk", ["-v", path]);
  expect(`${stdout}${stderr}`).toContain("No problems found");
  expect(`${stdout}${stderr}`).not.toMatch(/problem:|invalid|corrupt|damaged/i);
}

async function expectToolsAgree(design: TableDesign): Promise<void> {
  const { sectorSize, size, type } = design;
  const file = await builtDisk(design);
  await withSectors(file, sectorSize, async (path) => {
    expect(await bySfdisk(path)).toEqual(asSfdisk(design));
    expect(await byPartx(path, sectorSize)).toEqual(only(design, "type", "guid"));
    // parted 3.5 takes a partition of one sector between two others for one that overlaps, whoever made the table.
    if (design.partitions.every((p) => p.size > sectorSize))
      expect(await byParted(path, type)).toEqual(only(design, "name", "active"));
    if (type === "gpt") await expectSound(path);
  });
  const table = await readPartitionTable(writtenDevice(buildTable(design), size, sectorSize));
  expect(table.problems).toEqual([]);
  await rm(file);
}

const partition = (number: number, start: number, size: number, more: Partial<Partition> = {}): Partition => ({
  number,
  start: start * MIB,
  size: size * MIB,
  type: LINUX,
  name: undefined,
  guid: `${`${number}`.padStart(8, "0")}-1111-4222-8333-444455556666`,
  active: false,
  role: "primary",
  attributes: "0x0",
  ...more,
});
const ofMbr = (number: number, start: number, size: number, more: Partial<Partition> = {}): Partition =>
  partition(number, start, size, {
    type: "0x83",
    guid: `1234abcd-0${number}`,
    role: number > 4 ? "logical" : "primary",
    ...more,
  });

const GPT_PARTITIONS = [
  partition(1, 1, 10, { name: "one" }),
  partition(3, 20, 5, { name: "thrée", active: true, attributes: "0x4" }),
  partition(128, 30, 4, { attributes: "0x8000000000000001" }),
];
const MBR_PARTITIONS = [
  ofMbr(1, 1, 9, { active: true }),
  ofMbr(2, 10, 50, { type: "0x05", role: "extended" }),
  ofMbr(3, 61, 2, { type: "0x07" }),
  ofMbr(5, 12, 8),
  ofMbr(6, 21, 9, { type: "0x82" }),
  ofMbr(7, 31, 4, { type: "0x8e" }),
];
const design = (type: "gpt" | "mbr", sectorSize: number): TableDesign => ({
  type,
  size: 64 * MIB,
  sectorSize,
  diskId: type === "gpt" ? DISK : "1234abcd",
  partitions: type === "gpt" ? GPT_PARTITIONS : MBR_PARTITIONS,
});
const KINDS = (["gpt", "mbr"] as const).flatMap((type) => [512, 4096].map((sectorSize) => ({ type, sectorSize })));

/** The same table made by the tool whose table it is. */
async function makeWithTool({ type, sectorSize, partitions }: TableDesign, path: string): Promise<void> {
  const lba = (bytes: number) => bytes / sectorSize;
  if (type === "mbr") {
    const lines = partitions.map(({ start, size, type: code, active }) => {
      const boot = active ? ",bootable" : "";
      return `start=${lba(start)},size=${lba(size)},type=${code.slice(2)}${boot}`;
    });
    const script = ["label: dos", "label-id: 0x1234abcd", ...lines].join("\n");
    await runTool("sfdisk", ["-q", "--no-reread", path], { input: script });
    return;
  }
  const made = partitions.flatMap(({ number: n, start, size, guid, name, attributes }) => [
    `-n${n}:${lba(start)}:${lba(start + size) - 1}`,
    `-t${n}:8300`,
    `-u${n}:${guid}`,
    `-c${n}:${name ?? ""}`,
    ...[...Array(64).keys()]
      .filter((bit) => (BigInt(attributes) >> BigInt(bit)) & 1n)
      .map((bit) => `-A${n}:set:${bit}`),
  ]);
  await runTool("sgdisk", ["-a1", ...made, "-U", DISK, path]);
}

describe.each(KINDS)("$type, sectors of $sectorSize", ({ type, sectorSize }) => {
  test("is to the bit what sgdisk or sfdisk makes", async () => {
    const built = await builtDisk(design(type, sectorSize));
    const made = await emptyDisk(64 * MIB);
    await withSectors(made, sectorSize, (path) => makeWithTool(design(type, sectorSize), path));
    const [ours, theirs] = [await readFile(built), await readFile(made)];
    const differ = ours.equals(theirs) ? -1 : ours.findIndex((byte, i) => byte !== theirs[i]);
    expect(differ, `byte ${differ} of the disk`).toBe(-1);
  });

  test("is read by sfdisk, libblkid, parted and sgdisk as it was designed", async () => {
    await expectToolsAgree(design(type, sectorSize));
  });

  test("so are 20 random ones", async () => {
    // libfdisk reads names as UCS-2, and parted prints some characters escaped.
    const kind = { type, sectorSize, most: 2 ** 40 / sectorSize, letters: ["a", "Z", "9", "-", "ü"] };
    for (let number = 0; number < 20; number++) {
      const drawn = randomDesign(caseRandom(11, `tools ${type} ${sectorSize}`, number), kind);
      // The last part of a sector cannot be read through a loop device.
      const random = { ...drawn, size: drawn.size - (drawn.size % sectorSize) };
      await expectToolsAgree(random).catch((cause) => {
        throw new Error(`design ${number}: ${JSON.stringify({ ...random, bootCode: undefined })}`, { cause });
      });
    }
  });
});

test.each([512, 4096])("sgdisk finds each field of a GPT's entry, in sectors of %i", async (sectorSize) => {
  const file = await builtDisk(design("gpt", sectorSize));
  for (const { number, start, size, guid, attributes, name } of GPT_PARTITIONS) {
    const { stdout } = await withSectors(file, sectorSize, (path) => runTool("sgdisk", ["-i", `${number}`, path]));
    expect(stdout).toContain(`Partition GUID code: ${LINUX.toUpperCase()}`);
    expect(stdout).toContain(`Partition unique GUID: ${guid?.toUpperCase()}`);
    expect(stdout).toContain(`First sector: ${start / sectorSize} `);
    expect(stdout).toContain(`Last sector: ${(start + size) / sectorSize - 1} `);
    expect(stdout).toContain(`Attribute flags: ${attributes.slice(2).toUpperCase().padStart(16, "0")}`);
    expect(stdout).toContain(`Partition name: '${name ?? ""}'`);
  }
});

test("sgdisk repairs a GPT from either copy", async () => {
  for (const lba of [1, (64 * MIB) / 512 - 1]) {
    const file = await builtDisk(design("gpt", 512));
    const handle = await open(file, "r+");
    await handle.write(new Uint8Array(512), 0, 512, lba * 512);
    await handle.close();
    expect((await bySfdisk(file)).partitions).toEqual(asSfdisk(design("gpt", 512)).partitions);
    await runTool("sgdisk", ["-e", file]);
    await expectSound(file);
  }
});
