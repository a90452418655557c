import type { Disk } from "#imaging/inventory/disk.ts";
import type { RestorePlan } from "#imaging/plan/plan.ts";
import type { FoundImage, Job, System } from "#rescue/api/contract.ts";
import { type BundleReport, bundleName, writeBundle } from "#rescue/support/bundle.ts";
import {
  folderSources,
  machineSerials,
  machineSources,
  readEnd,
  type Source,
} from "#rescue/support/machine-sources.ts";
import { redactor } from "#rescue/support/redact.ts";

/** What the server knows beside what the machine tells. Each is asked for when the bundle is made. */
export interface ServerFacts {
  readonly system: () => Promise<System>;
  readonly disks: () => Promise<readonly Disk[]>;
  readonly images: () => Promise<readonly FoundImage[]>;
  readonly plans: () => readonly RestorePlan[];
  readonly jobs: () => readonly Job[];
  readonly settings: () => unknown;
  readonly network: () => Promise<unknown>;
  readonly places: () => Promise<unknown>;
  readonly clock: () => unknown;
  readonly power: () => Promise<unknown>;
  readonly remote: () => Promise<unknown>;
}

export interface CollectDeps {
  readonly facts: ServerFacts;
  /** All that are known, to be taken out. */
  readonly secrets: () => readonly string[];
  readonly logFile: string | undefined;
  /** Logs of other programs, and the reports of jobs. */
  readonly logFolder: string;
  readonly reportFolder: string;
}

export interface BundleOptions {
  readonly withoutSerials: boolean;
}

/** Writes a bundle into a folder. @throws what `writeBundle` throws */
export async function collectBundle(folder: string, options: BundleOptions, deps: CollectDeps): Promise<BundleReport> {
  const serials = options.withoutSerials ? await allSerials(deps.facts) : [];
  const redact = redactor({ secrets: deps.secrets(), serials });
  return writeBundle(await allSources(deps), redact, `${folder}/${bundleName()}.tar.gz`);
}

async function allSources({ facts, logFile, logFolder, reportFolder }: CollectDeps): Promise<Source[]> {
  const json = (name: string, value: () => unknown): Source => ({
    name: `${name}.json`,
    content: async () => `${JSON.stringify(await value(), null, 2)}\n`,
  });
  return [
    ...Object.entries(facts).map(([name, value]) => json(name, value)),
    ...(logFile === undefined ? [] : [{ name: "server.log", content: () => readEnd(logFile) }]),
    ...(await folderSources(logFolder, /\.log$/, "logs")),
    ...(await folderSources(reportFolder, /\.json$/, "reports")),
    ...machineSources(),
  ];
}

/** Of the machine, and of each disk that is in it. */
async function allSerials({ disks }: ServerFacts): Promise<string[]> {
  const attached = await disks().catch(() => []);
  return [...(await machineSerials()), ...attached.flatMap(({ serial }) => (serial ? [serial] : []))];
}
