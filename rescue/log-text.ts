import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { FoundImage, Job, System } from "#rescue/api/contract.ts";
import { readEnd } from "#rescue/support/machine-sources.ts";
import type { Redact } from "#rescue/support/redact.ts";

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
  readonly redact: Redact;
}

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
  return sources.redact(texts.join("\n"));
}

/** The end of a log file. */
export const readLogFile = async (path: string | undefined): Promise<string> =>
  path ? await readEnd(path) : "(this server writes no log file)";

export const readKernelLog = (): Promise<string> => runTool("dmesg", [], "read the kernel's log");
