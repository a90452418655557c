import { open } from "node:fs/promises";
import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { FoundImage, Job, System } from "#rescue/api/contract.ts";
import { withoutSecrets } from "#rescue/log.ts";

/** What goes into the text that a user saves or sends. A part that cannot be had says why, and hides no other. */
export interface LogSources {
  readonly system: () => Promise<System>;
  readonly disks: () => Promise<readonly Disk[]>;
  readonly images: () => Promise<readonly FoundImage[]>;
  readonly plans: () => readonly RestorePlan[];
  /** With their reports. */
  readonly jobs: () => readonly Job[];
  readonly serverLog: () => Promise<string>;
  readonly kernelLog: () => Promise<string>;
}

/** Enough for days of a rescue server's lines, and small enough to be mailed. */
const MOST_LOG_BYTES = 4 << 20;

export async function logText(sources: LogSources): Promise<string> {
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  const parts: [title: string, content: () => Promise<string>][] = [
    ["System", async () => json(await sources.system())],
    ["Disks", async () => json(await sources.disks())],
    ["Images", async () => json(await sources.images())],
    ["Plans", async () => json(sources.plans())],
    ["Jobs and reports", async () => json(sources.jobs())],
    ["Log of the rescue server", sources.serverLog],
    ["Log of the kernel", sources.kernelLog],
  ];
  const texts = [];
  for (const [title, content] of parts) {
    const text = await content().catch((error: Error) => `(not available: ${error.message})`);
    texts.push(`==== ${title}\n${text.trimEnd()}\n`);
  }
  return withoutSecrets(texts.join("\n"));
}

/** The end of a log file. */
export async function readLogFile(path: string | undefined): Promise<string> {
  if (!path) return "(this server writes no log file)";
  await using file = await open(path, "r");
  const { size } = await file.stat();
  const start = Math.max(0, size - MOST_LOG_BYTES);
  const bytes = Buffer.alloc(size - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.toString("utf8", 0, bytesRead);
}

export const readKernelLog = (): Promise<string> => runTool("dmesg", [], "read the kernel's log");
