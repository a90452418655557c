import { setPriority } from "node:os";
import { runTool } from "#imaging/system/run-tool.ts";

/** Lets every other program have processor and disks first: for a machine that works meanwhile. */
export async function runIdle(): Promise<void> {
  setPriority(19);
  // Class 3: only when nobody else asks for the disk (ionice(1)). Threads that start later inherit it.
  await runTool("ionice", ["--class", "3", "--pid", String(process.pid)], "give other programs the disk first");
}
