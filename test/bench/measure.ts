import { spawn } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleMemory } from "./process-tree.ts";
import type { Effort } from "./result.ts";

/** How often the memory of the processes is looked at. time(1) adds the true peak of the largest one. */
const SAMPLE_MILLISECONDS = 100;

/**
 * Runs a command of bash once under time(1), which counts all processes of its pipelines. What it wrote is flushed
 * within the measured time: data that is only in the page cache is not stored.
 * @throws Error with the command's own words when any part of it fails; the signal's reason, all processes ended
 */
export async function measure(command: string, writes: readonly string[], signal: AbortSignal): Promise<Effort> {
  signal.throwIfAborted();
  const report = join(tmpdir(), `lifeboat-bench-${process.pid}.time`);
  await using _ = { [Symbol.asyncDispose]: () => rm(report, { force: true }) };
  const script = `set -e -o pipefail; ${[command, ...writes.map(flush)].join("; ")}`;
  const args = ["-f", "%e %U %S %M", "-o", report, "bash", "-c", script];
  const child = spawn("/usr/bin/time", args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  // A group of its own: none of a pipeline's programs outlives a benchmark that is stopped.
  const stop = () => process.kill(-(child.pid as number));
  signal.addEventListener("abort", stop);
  let errors = "";
  child.stderr.on("data", (data: Buffer) => {
    errors = (errors + data.toString()).slice(-4000);
  });
  let sum = 0;
  const sampling = setInterval(() => {
    sum = Math.max(sum, sampleMemory(child.pid ?? 0));
  }, SAMPLE_MILLISECONDS);
  const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve)).finally(() => {
    clearInterval(sampling);
    signal.removeEventListener("abort", stop);
  });
  signal.throwIfAborted();
  if (status !== 0) throw new Error(`${command}\nended with status ${status}: ${errors}`);
  const [wall = 0, user = 0, system = 0, largest = 0] = (await readFile(report, "utf8")).trim().split(" ").map(Number);
  return { wallSeconds: wall, cpuSeconds: user + system, rssMiB: Math.max(sum / 2 ** 20, largest / 1024) };
}

/** fsync of a file, or of every file of a folder. */
const flush = (path: string): string => `find '${path}' -type f -exec sync {} +`;
