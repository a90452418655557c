import { spawn } from "node:child_process";
import { readFile, unlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measured, Side } from "#test/bench/contest.ts";

/** Runs one side once under time(1), which counts all processes of the pipeline. */
export async function measure({ command, prepare }: Side): Promise<Measured> {
  await prepare?.();
  const report = join(tmpdir(), `lifeboat-bench-${process.pid}.time`);
  const args = ["-f", "%e %U %S %M", "-o", report, "bash", "-c", command];
  const child = spawn("/usr/bin/time", args, { stdio: ["ignore", "ignore", "pipe"] });
  let errors = "";
  child.stderr.on("data", (data: Buffer) => {
    errors += data.toString();
  });
  const status = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
  if (status !== 0) throw new Error(`${command}\nended with status ${status}: ${errors}`);
  const [wall = 0, user = 0, system = 0, rss = 0] = (await readFile(report, "utf8")).trim().split(" ").map(Number);
  await unlink(report);
  return { wallSeconds: wall, cpuSeconds: user + system, rssMiB: rss / 1024 };
}
