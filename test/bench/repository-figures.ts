import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { benchDisk } from "#test/bench/disk/bench-disk.ts";
import { measure } from "#test/bench/measure.ts";
import type { Effort } from "#test/bench/result.ts";
import { attachLoop } from "#test/fixtures/loop-device.ts";
import { readPartitions } from "#test/fixtures/partitions.ts";
import { runTool } from "#test/fixtures/run-tool.ts";

/**
 * What repositories and delta restores save, on the disk of the benchmarks: `node test/bench/repository-figures.ts`.
 * docs/bench.md says what is measured; the figures go there by hand.
 */
const { values } = parseArgs({ options: { disk: { type: "string" }, share: { type: "string", default: "0.01" } } });
const work = resolve("out/bench/repository");
const lifeboat = resolve("lifeboat");
const state = `LIFEBOAT_STATE=${join(work, "state")}`;
const never = new AbortController().signal;

/** xorshift32: the same files in every run. */
function random(seed: number): () => number {
  let x = seed;
  return () => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) / 2 ** 32;
  };
}

async function withRoot(disk: string, action: (folder: string) => Promise<void>): Promise<void> {
  const root = (await readPartitions(disk)).find(({ filesystem }) => filesystem === "ext4");
  if (!root) throw new Error(`${disk} has no ext4`);
  const folder = join(work, "root");
  await mkdir(folder, { recursive: true });
  await using loop = await attachLoop(disk, { offset: root.offset, size: root.size });
  await runTool("mount", [loop.path, folder]);
  try {
    await action(folder);
  } finally {
    await runTool("umount", [folder]);
  }
}

/** Changes files of so many bytes: every second one in place, the others as a package manager does it. */
async function changeFiles(folder: string, bytes: number, seed: number, least = "8k"): Promise<number> {
  const { stdout } = await runTool("find", [folder, "-xdev", "-type", "f", "-size", `+${least}`, "-size", "-64M"]);
  const next = random(seed);
  const files = stdout.split("\n").filter(Boolean).toSorted();
  let changed = 0;
  for (let i = 0; changed < bytes; i++) {
    const path = files[Math.floor(next() * files.length)] as string;
    await using file = await open(path, "r+");
    const content = await file.readFile();
    for (let at = 0; at < content.length; at++) content[at] = (content[at] as number) ^ 0x5a; // compresses as before
    if (i % 2 === 0) await file.write(content, 0, content.length, 0);
    else await writeFile(`${path}.new`, content).then(() => rename(`${path}.new`, path));
    changed += content.length;
  }
  return changed;
}

async function capture(
  disk: string,
  repository: string,
  verify: boolean,
): Promise<{ report: CaptureReport; effort: Effort }> {
  const out = join(work, "report.json");
  const options = verify ? "" : "--no-verify";
  const command = `${state} ${lifeboat} capture '${disk}' --to '${repository}' ${options} --json > '${out}' 2>/dev/null`;
  const effort = await measure(command, [repository], never);
  return { report: JSON.parse((await runTool("cat", [out])).stdout) as CaptureReport, effort };
}

async function restore(
  image: string,
  target: string,
  ...options: string[]
): Promise<{ written: number; effort: Effort }> {
  const out = join(work, "report.json");
  const args = `restore '${image}' --to '${target}' --yes-erase 'file:${target}' --no-undo ${options.join(" ")}`;
  const effort = await measure(`${state} ${lifeboat} ${args} --json > '${out}' 2>/dev/null`, [target], never);
  const report = JSON.parse((await runTool("cat", [out])).stdout) as { writtenBytes: number };
  return { written: report.writtenBytes, effort };
}

const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(2)} %`;
const effortOf = ({ wallSeconds, cpuSeconds }: Effort): string =>
  `${wallSeconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s`;
const say = (what: string, text: string): void => console.log(`| ${what} | ${text} |`);

await rm(work, { recursive: true, force: true });
await mkdir(work, { recursive: true });
const source = values.disk ?? (await benchDisk());
const copyTo = async (name: string): Promise<string> => {
  const copy = join(work, name);
  await runTool("cp", ["--sparse=always", source, copy]);
  return copy;
};
const disk = await copyTo("disk.raw");
const repository = join(work, "repository");
await runTool(lifeboat, ["repo", "init", repository]);

const full = await capture(disk, repository, true);
say("full", `${mib(full.report.imageBytes)} stored of ${mib(full.report.capturedBytes)}, ${effortOf(full.effort)}`);

for (const [kind, least, seed] of [
  ["small files all over the disk", "8k", 7],
  ["files of 1 MiB and more", "1M", 13],
] as const) {
  let changed = 0;
  await withRoot(disk, async (folder) => {
    changed = await changeFiles(folder, full.report.capturedBytes * Number(values.share), seed, least);
  });
  const { report, effort } = await capture(disk, repository, true);
  const share = percent(changed, full.report.capturedBytes);
  const time = percent(effort.wallSeconds, full.effort.wallSeconds);
  const stored = `${mib(report.imageBytes)} stored, ${percent(report.imageBytes, full.report.imageBytes)} of the full`;
  say(`increment: ${kind}, ${share} of the bytes`, `${stored}; ${effortOf(effort)}, ${time} of its time`);
}

const twin = await copyTo("twin.raw");
await withRoot(twin, async (folder) => {
  await writeFile(join(folder, "etc/hostname"), "another\n").catch(() => {});
  await writeFile(join(folder, "etc/machine-id"), `${"0123456789abcdef".repeat(2)}\n`).catch(() => {});
  await changeFiles(folder, 8 << 20, 11); // logs, caches, keys
});
const second = await capture(twin, repository, true);
say(
  "second machine, deployed from the same image",
  `${mib(second.report.imageBytes)} stored, ${percent(second.report.imageBytes, full.report.imageBytes)} of the first`,
);
await rm(twin);

const point = full.report.image;
const target = join(work, "target.raw");
await runTool("truncate", [`--reference=${disk}`, target]);
const whole = await restore(point, target);
await withRoot(
  target,
  async (folder) => void (await changeFiles(folder, full.report.capturedBytes * Number(values.share), 19)),
);
const delta = await restore(point, target, "--delta");
say("restore", effortOf(whole.effort));
say(
  "delta restore",
  `${mib(delta.written)} written, ${percent(delta.written, whole.written)}; ${effortOf(delta.effort)}, ${percent(delta.effort.wallSeconds, whole.effort.wallSeconds)} of the time`,
);
console.log(`(${(await readdir(join(repository, "points"))).length} points)`);
await rm(work, { recursive: true, force: true });
