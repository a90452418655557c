import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { runTool } from "#test/fixtures/run-tool.ts";
import { partclonePartitions } from "./peers/partclone.ts";
import type { Limits } from "./result.ts";
import { Sampler } from "./sampler.ts";
import type { Subject } from "./subject.ts";

const MIB = 2 ** 20;
/** More than any processor's caches hold: the limits are those of memory. */
const MOST_PIECES = 256;
const WORKER = resolve(import.meta.dirname, "limit-worker.ts");

/** Pieces of a disk's used blocks, and how fast the machine is at them at this moment. */
export interface LimitMeter {
  readonly usedBytes: number;
  measure(): Promise<Omit<Limits, "usedBytes">>;
}

/** The least that must be done with this disk's used blocks, mostly by programs that are not ours. */
export async function openLimitMeter(subject: Subject, folder: string): Promise<LimitMeter> {
  const sampler = new Sampler<Buffer>(MOST_PIECES);
  let usedBytes = 0;
  for (const { program, device } of partclonePartitions(subject))
    for await (const piece of usedBlocks(program, device)) {
      usedBytes += piece.length;
      sampler.add(piece);
    }
  const sample = sampler.deal(availableParallelism());
  const files = sample.map((_, core) => join(folder, `sample-${core}.bin`));
  for (const [core, file] of files.entries()) await writeFile(file, Buffer.concat(sample[core] ?? []));
  const onAllCores = async (speeds: (file: string) => Promise<number[]>) =>
    (await Promise.all(files.map(speeds))).reduce((sum, own) => sum.map((value, at) => value + (own[at] ?? 0)));
  return {
    usedBytes,
    async measure() {
      const [zstd3 = 0, unzstd = 0] = await onAllCores(zstdSpeeds);
      const speed = async (kind: string) => (await onAllCores((file) => workerSpeed(kind, file)))[0] ?? 0;
      return { zstd3, unzstd, sha256: await speed("sha256"), memcpy: await speed("memcpy"), read: await speed("read") };
    },
  };
}

/** The used blocks of a file system in pieces of 1 MiB: what partclone writes, without checksums, behind its small header. */
async function* usedBlocks(program: string, device: string): AsyncGenerator<Buffer> {
  const args = ["-N", "-F", "-q", "-a0", "-L", "/dev/null", "-c", "-s", device, "-o", "-"];
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((settle, reject) => child.on("error", reject).on("close", settle));
  let parts: Buffer[] = [];
  let length = 0;
  for await (const part of child.stdout as AsyncIterable<Buffer>) {
    parts.push(part);
    length += part.length;
    if (length < MIB) continue;
    yield Buffer.concat(parts);
    [parts, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(parts);
  const status = await ended;
  if (status !== 0) throw new Error(`${program} ${device} ended with status ${status}`);
}

/** zstd's own benchmark of one core, each MiB by itself. @returns bytes per second of compression and expansion */
async function zstdSpeeds(file: string): Promise<number[]> {
  const { stdout, stderr } = await runTool("zstd", ["-q", "-b3", "-i2", "-B1048576", file]);
  return parseZstdSpeeds(stdout + stderr);
}

export function parseZstdSpeeds(output: string): number[] {
  const speeds = [...output.matchAll(/([\d.]+) MB\/s/g)].slice(-2).map(([, megabytes]) => Number(megabytes) * 1e6);
  if (speeds.length !== 2) throw new Error(`zstd -b3 said: ${output}`);
  return speeds;
}

async function workerSpeed(kind: string, file: string): Promise<number[]> {
  const { stdout } = await runTool(process.execPath, [WORKER, kind, file]);
  return [Number(stdout)];
}
