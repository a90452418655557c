import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gptTypeOf, mbrTypeOf } from "#imaging/disk/convert-type.ts";
import { knownPartitionTypes, partitionTypeName } from "#imaging/disk/partition-types.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

let directory: string;
let files = 0;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lifeboat-types-"));
});
afterAll(() => rm(directory, { recursive: true }));

async function emptyDisk(): Promise<string> {
  const path = join(directory, `disk-${files++}`);
  await writeFile(path, "");
  await truncate(path, 16 * 1024 * 1024);
  return path;
}
const typesOf = async (path: string): Promise<string[]> => {
  const { stdout } = await runTool("sfdisk", ["--json", path]);
  return JSON.parse(stdout).partitiontable.partitions.map((p: { type: string }) => p.type.toLowerCase());
};

/** What sgdisk makes of these types, on disks of four partitions. They sync what they write, so all run at once. */
async function converted(types: readonly string[], label: "gpt" | "dos"): Promise<Map<string, string>> {
  const groups = Array.from({ length: Math.ceil(types.length / 4) }, (_, i) => types.slice(i * 4, i * 4 + 4));
  const results = groups.map(async (some) => {
    const path = await emptyDisk();
    const lines = some.map((type, i) => `start=${(i + 1) * 4096},size=2048,type=${type.replace(/^0x/, "")}`);
    await runTool("sfdisk", ["-q", path], { input: [`label: ${label}`, ...lines].join("\n") });
    await runTool("sgdisk", label === "gpt" ? ["-m", some.map((_, i) => i + 1).join(":"), path] : ["-g", path]);
    const became = await typesOf(path);
    expect(became).toHaveLength(some.length);
    return some.map((type, i) => [type, became[i] ?? ""] as const);
  });
  return new Map((await Promise.all(results)).flat());
}

/**
 * sgdisk converts tables too, without a look at file systems: by the first byte of its own codes, which is that of an
 * MBR's type where there is one, and chance where there is none. What ours does otherwise, and why.
 */
const MBR_DIFFERENCES = {
  // FAT, made by those who sold the machine.
  "0x12": "Windows data",
  "0xde": "Windows data",
  // NTFS, of Windows NT 4.
  "0x86": "Windows data",
  "0x87": "Windows data",
  // sgdisk has an Android boot loader at a0 and FreeBSD's swap at a9, by chance.
  "0xa0": "Linux data",
  "0xa9": "NetBSD data",
};
const GPT_DIFFERENCES = {
  // sgdisk makes an EFI system partition and a FAT of what holds no file system.
  "BIOS boot": "0xda",
  "Microsoft reserved": "0xda",
  "ChromeOS reserved": "0xda",
  // There is no type of theirs: where the file system is not known it is Linux's, and no number that is nobody's.
  "MBR partition scheme": "0x83",
  "Windows Storage Spaces": "0x83",
  "Lenovo boot": "0x83",
  "Linux root (RISC-V 64)": "0x83",
  "ChromeOS kernel": "0x83",
  "ChromeOS root": "0x83",
  "Ceph OSD": "0x83",
};

test("types of an MBR become what sgdisk makes of them", async () => {
  const none = ["0x00", "0x05", "0x0f", "0x85", "0xee"];
  const types = knownPartitionTypes.filter((type) => type.length === 4 && !none.includes(type));
  const sgdisk = await converted(types, "dos");
  const differ = types.filter((type) => sgdisk.get(type) !== gptTypeOf(type));
  const ours = Object.fromEntries(differ.map((type) => [type, partitionTypeName(gptTypeOf(type))]));
  expect(ours).toEqual(MBR_DIFFERENCES);
});

test("types of a GPT become what sgdisk makes of them", async () => {
  const types = knownPartitionTypes.filter((type) => type.length > 4);
  const sgdisk = await converted(types, "gpt");
  const differ = types.filter((type) => `0x${sgdisk.get(type)?.padStart(2, "0")}` !== mbrTypeOf(type));
  const ours = Object.fromEntries(differ.map((type) => [partitionTypeName(type), mbrTypeOf(type)]));
  expect(ours).toEqual(GPT_DIFFERENCES);
});
