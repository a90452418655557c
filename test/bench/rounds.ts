import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { runTool } from "#test/fixtures/run-tool.ts";
import { openLimitMeter } from "./limits.ts";
import { measure } from "./measure.ts";
import { type CacheState, cachedBytes, setPageCache } from "./page-cache.ts";
import { openLifeboat } from "./peers/lifeboat.ts";
import type { Action, Peer, Side } from "./peers/side.ts";
import {
  type Limits,
  OPERATIONS,
  type Operation,
  type Run,
  type SideResult,
  type SubjectName,
  type SubjectResult,
} from "./result.ts";
import { median } from "./statistics.ts";
import { openSubject } from "./subject.ts";

export interface Plan {
  readonly disk: string;
  /** Path of our command. */
  readonly program: string;
  readonly peers: readonly Peer[];
  readonly rounds: number;
  readonly cache: CacheState;
  /** Images and targets of all sides come onto this folder's file system. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

interface Recorded {
  readonly side: Side;
  readonly runs: Partial<Record<Operation, Run[]>>;
}

/** All sides on one subject: each operation by one side after the other, in each round, starting with another side. */
export async function runSubject(name: SubjectName, plan: Plan): Promise<SubjectResult> {
  const folder = join(plan.folder, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await using resources = new AsyncDisposableStack();
  resources.defer(() => rm(folder, { recursive: true, force: true }));
  const subject = await openSubject(name, plan.disk, folder, resources);
  const meter = await openLimitMeter(subject, folder);
  plan.say(`${name}: ${(meter.usedBytes / 1e9).toFixed(2)} GB used of ${(subject.size / 1e9).toFixed(2)} GB`);
  const sides: Recorded[] = [];
  for (const peer of [undefined, ...plan.peers.filter(({ subjects }) => subjects.includes(name))]) {
    const own = join(folder, `side-${sides.length}`);
    await mkdir(own);
    const side = peer ? await peer.open(subject, own, resources) : await openLifeboat(plan.program, subject, own);
    sides.push({ side, runs: {} });
  }
  const speeds: Omit<Limits, "usedBytes">[] = [];
  for (let round = 0; round < plan.rounds; round++) {
    speeds.push(await meter.measure());
    await runRound(sides, round, plan);
  }
  const limits = { usedBytes: meter.usedBytes, ...medianSpeeds(speeds) };
  const [ours, ...peers] = await Promise.all(sides.map(sideResult));
  if (!ours) throw new Error("nothing ran");
  const filesystems = subject.partitions.map(({ filesystem }) => filesystem ?? "").filter(Boolean);
  return { name, diskBytes: subject.size, filesystems, limits, ours, peers };
}

function medianSpeeds(speeds: readonly Omit<Limits, "usedBytes">[]): Omit<Limits, "usedBytes"> {
  const of = (key: keyof Omit<Limits, "usedBytes">) => median(speeds.map((one) => one[key]));
  return { zstd3: of("zstd3"), unzstd: of("unzstd"), sha256: of("sha256"), memcpy: of("memcpy"), read: of("read") };
}

async function runRound(sides: readonly Recorded[], round: number, plan: Plan): Promise<void> {
  const first = round % sides.length;
  const order = [...sides.slice(first), ...sides.slice(0, first)];
  for (const operation of OPERATIONS)
    for (const { side, runs } of order) {
      const action = side.actions[operation];
      if (!action) continue;
      const run = await runAction(action, plan);
      if (round === 0) await action.prove?.();
      for (const target of side.targets) await rm(target, { force: true });
      runs[operation] = [...(runs[operation] ?? []), run];
      const { wallSeconds, cpuSeconds, rssMiB } = run;
      plan.say(
        `round ${round + 1}  ${operation.padEnd(18)}  ${side.name.padEnd(16)}  wall ${wallSeconds.toFixed(2)} s, CPU ${cpuSeconds.toFixed(2)} s, ${rssMiB.toFixed(0)} MiB`,
      );
    }
}

async function runAction({ command, reads, writes, prepare }: Action, { cache, signal }: Plan): Promise<Run> {
  await prepare?.();
  await setPageCache(cache, reads);
  const effort = await measure(command, writes, signal);
  return { ...effort, cachedMiB: (await cachedBytes(writes)) / 2 ** 20 };
}

async function sideResult({ side, runs }: Recorded): Promise<SideResult> {
  const { name, version, storedCheck, checks } = side;
  const { stdout } = await runTool("du", ["--summarize", "--apparent-size", "--block-size=1", side.image]);
  return { name, version, storedCheck, checks, imageBytes: Number.parseInt(stdout, 10), runs };
}
