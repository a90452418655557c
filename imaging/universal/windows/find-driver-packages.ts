import { lstat, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isLifeboatError } from "#base/errors.ts";
import { type Sentence, sentenceOf } from "#base/sentence.ts";
import { type DriverDescription, describeDriver } from "#imaging/universal/windows/inf/driver-package.ts";
import { type Inf, MOST_BYTES, parseInf } from "#imaging/universal/windows/inf/parse-inf.ts";
import type { TargetSystem } from "#imaging/universal/windows/inf/target-system.ts";
import { say } from "#imaging/words/say.ts";
import { sayProblem } from "#imaging/words/say-problem.ts";

/** Of folders inside folders, of entries in all, and of .inf files. A whole DVD of drivers has some thousand. */
const MOST_LEVELS = 12;
const MOST_ENTRIES = 200_000;
const MOST_PACKAGES = 5000;

/** A driver that lies in a folder of this machine. */
export interface DriverPackage {
  /** Folder of this machine that its .inf is in. */
  readonly folder: string;
  readonly inf: Inf;
  readonly description: DriverDescription;
}

export interface FoundDrivers {
  /** For the system that was asked for, in the order of their paths. */
  readonly packages: readonly DriverPackage[];
  /** .inf files of other systems or architectures. */
  readonly others: number;
  /** Files that are no drivers' descriptions, and why; folders that are too large. */
  readonly problems: readonly Sentence[];
}

/** All drivers in folders that the user named, and in all folders below. Links are not followed. */
export async function findDriverPackages(
  folders: readonly string[],
  target: TargetSystem,
  signal?: AbortSignal,
): Promise<FoundDrivers> {
  const problems: Sentence[] = [];
  const packages: DriverPackage[] = [];
  let others = 0;
  for (const path of await findInfs(folders, problems, signal)) {
    signal?.throwIfAborted();
    const name = path.slice(path.lastIndexOf("/") + 1);
    try {
      const inf = parseInf(await readFile(path), name);
      if (!inf.section("Version") || !inf.section("Manufacturer")) continue; // autorun.inf and its like
      const description = describeDriver(inf, target);
      if (description.models.length === 0) others++;
      else packages.push({ folder: path.slice(0, path.lastIndexOf("/")), inf, description });
    } catch (error) {
      if (!isLifeboatError(error, "INF_INVALID")) throw error;
      problems.push(sentenceOf(sayProblem(error)));
    }
  }
  return { packages, others, problems };
}

async function findInfs(folders: readonly string[], problems: Sentence[], signal?: AbortSignal): Promise<string[]> {
  const found: string[] = [];
  const ahead = folders.map((path) => ({ path, level: 0 }));
  let seen = 0;
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    signal?.throwIfAborted();
    const entries = await readdir(next.path, { withFileTypes: true });
    seen += entries.length;
    if (seen > MOST_ENTRIES || found.length > MOST_PACKAGES) {
      problems.push(say("windows.folder-large", { path: next.path }));
      break;
    }
    for (const entry of entries) {
      const path = join(next.path, entry.name);
      if (entry.isDirectory() && next.level < MOST_LEVELS) ahead.push({ path, level: next.level + 1 });
      if (!entry.isFile() || !/\.inf$/i.test(entry.name)) continue;
      if ((await lstat(path)).size <= MOST_BYTES) found.push(path);
      else problems.push(say("windows.inf-large", { path }));
    }
  }
  return found.sort();
}
