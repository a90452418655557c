import { open, stat } from "node:fs/promises";
import { join } from "node:path";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { type Partition, readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";
import type { SubjectName } from "./result.ts";

const MIB = 2 ** 20;

/** A disk that both sides capture, and its partitions as block devices of their own. */
export interface Subject {
  readonly name: SubjectName;
  readonly disk: string;
  readonly size: number;
  readonly device: string;
  readonly partitions: readonly (Partition & { readonly device: string })[];
}

/** The whole disk, or, for programs that take one file system only, a disk with nothing but that partition. */
export async function openSubject(
  name: SubjectName,
  disk: string,
  folder: string,
  resources: AsyncDisposableStack,
): Promise<Subject> {
  const file = name === "whole" ? disk : await extractPartition(disk, name, join(folder, "disk.raw"));
  const { path: device } = resources.use(await attachLoop(file, { readOnly: true }));
  const partitions: (Partition & { device: string })[] = [];
  for (const partition of await readPartitions(file)) {
    const { offset, size } = partition;
    const loop = resources.use(await attachLoop(file, { offset, size, readOnly: true }));
    partitions.push({ ...partition, device: loop.path });
  }
  return { name, disk: file, size: (await stat(file)).size, device, partitions };
}

async function extractPartition(disk: string, filesystem: string, target: string): Promise<string> {
  const [largest] = (await readPartitions(disk))
    .filter((partition) => partition.filesystem === filesystem)
    .toSorted((a, b) => b.size - a.size);
  if (!largest) throw new Error(`${disk} has no ${filesystem}`);
  const { offset, size, type } = largest;
  {
    await using file = await open(target, "w");
    await file.truncate(size + 2 * MIB);
  }
  const line = `start=${MIB / 512}, size=${size / 512}, type=${type}`;
  await runTool("sfdisk", ["--quiet", "--no-reread", target], { input: `label: gpt\n${line}\n` });
  const place = [`skip=${offset}`, `count=${size}`, `seek=${MIB}`];
  const flags = ["iflag=skip_bytes,count_bytes", "oflag=seek_bytes", "conv=sparse,notrunc", "bs=1M", "status=none"];
  await runTool("dd", [`if=${disk}`, `of=${target}`, ...place, ...flags]);
  return target;
}
