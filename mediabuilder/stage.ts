import { createHash } from "node:crypto";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { stopSignal } from "./stop.ts";
import type { Log } from "./tool.ts";
import { withUsualModes } from "./usual-modes.ts";

/** One step of the build and where its result lies. */
export interface Stage {
  readonly name: string;
  readonly path: string;
  /** Of the recipe: another stage that is made from this one takes it into its own recipe. */
  readonly hash: string;
  readonly reused: boolean;
  readonly seconds: number;
}

export interface Recipe {
  readonly name: string;
  /** Everything that the result depends on: file contents, options, hashes of earlier stages. */
  readonly inputs: readonly (string | Uint8Array)[];
  /** Fills an empty folder. */
  readonly build: (folder: string) => Promise<void>;
}

/** So many results of one stage are kept: the ISO with a kiosk and the one without it may differ in recipe. */
const KEPT_RESULTS = 2;
const UNFINISHED = ".unfinished-";

/**
 * Returns the stage with this recipe, building it when there is none. A result gets its name only when it is complete
 * (rename). A build that fails or is stopped removes what it made; what a killed one left, the next build removes.
 */
export async function buildStage(workDir: string, recipe: Recipe, log: Log): Promise<Stage> {
  stopSignal()?.throwIfAborted();
  const started = performance.now();
  const hash = hashInputs(recipe.inputs);
  const path = join(workDir, `${recipe.name}-${hash}`);
  const seconds = () => Math.round((performance.now() - started) / 100) / 10;
  if (await exists(path)) {
    await utimes(path, new Date(), new Date());
    log(`${recipe.name}: unchanged, reused`);
    return { name: recipe.name, path, hash, reused: true, seconds: seconds() };
  }
  log(`${recipe.name}: building`);
  await removeDeadBuilds(workDir);
  const unfinished = `${path}${UNFINISHED}${process.pid}`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    await withUsualModes(async () => {
      await mkdir(unfinished, { recursive: true });
      await recipe.build(unfinished);
    });
    await publish(unfinished, path);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOldResults(workDir, recipe.name);
  log(`${recipe.name}: built in ${seconds()} s`);
  return { name: recipe.name, path, hash, reused: false, seconds: seconds() };
}

/** Short enough for a file name; each input is preceded by its length, so ["ab", "c"] and ["a", "bc"] differ. */
export function hashInputs(inputs: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const input of inputs) hash.update(`${Buffer.byteLength(input)}:`).update(input);
  return hash.digest("hex").slice(0, 16);
}

async function publish(unfinished: string, path: string): Promise<void> {
  try {
    await rename(unfinished, path);
  } catch (error) {
    // Another build of the same recipe was faster: its result is as good as ours.
    if (!(await exists(path))) throw error;
  }
}

/** What builds and writers of sticks have left that were killed. */
export async function removeDeadBuilds(workDir: string): Promise<void> {
  for (const name of await readdir(workDir).catch(() => [])) {
    const [, pid] = name.split(UNFINISHED);
    if (pid !== undefined && !(await exists(`/proc/${pid}`))) {
      await rm(join(workDir, name), { recursive: true, force: true });
    }
  }
}

async function removeOldResults(workDir: string, stageName: string): Promise<void> {
  const pattern = new RegExp(`^${stageName}-[0-9a-f]{16}$`);
  const results = await Promise.all(
    (await readdir(workDir))
      .filter((name) => pattern.test(name))
      .map(async (name) => ({ path: join(workDir, name), used: (await stat(join(workDir, name))).mtimeMs })),
  );
  results.sort((a, b) => b.used - a.used);
  for (const { path } of results.slice(KEPT_RESULTS)) await rm(path, { recursive: true, force: true });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
