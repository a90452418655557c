import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Job } from "#rescue/api/contract.ts";

/**
 * Keeps what happened, whatever the end of the job was: its plan, problem and report as one JSON file.
 * @returns the file's path
 */
export async function writeReportFile(folder: string, job: Job): Promise<string> {
  await mkdir(folder, { recursive: true });
  const time = (job.report?.startedAt ?? new Date().toISOString()).replaceAll(":", "-");
  const path = join(folder, `restore-${time}-${job.id.slice(0, 8)}.json`);
  // Under another name first: a report that is cut off by a power failure must not pass for a whole one.
  await writeFile(`${path}.partial`, `${JSON.stringify(job, null, 2)}\n`);
  await rename(`${path}.partial`, path);
  return path;
}
