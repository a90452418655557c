import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WORK_DIR } from "#mediabuilder/build-parts.ts";
import { buildWinpe } from "#mediabuilder/winpe/build-winpe.ts";
import type { WinpeOptions, WinpeReport } from "#mediabuilder/winpe/winpe-options.ts";
import { makeWim, type WimDesign } from "#test/fixtures/windows/make-wim.ts";
import { runTool } from "../../fixtures/run-tool.ts";

/** A folder in which WIMs and media are made. */
export interface WinpeBench extends AsyncDisposable {
  path(name: string): string;
  /** A WIM of that name, by wimlib. */
  wim(name: string, images: readonly WimDesign[], compress?: string): string;
  build(options: Partial<WinpeOptions>): Promise<WinpeReport>;
}

export async function openBench(): Promise<WinpeBench> {
  const folder = await mkdtemp(join(tmpdir(), "lifeboat-winpe-"));
  const path = (name: string) => join(folder, name);
  return {
    path,
    wim(name, images, compress) {
      makeWim(path(name), images, compress);
      return path(name);
    },
    build: (options) =>
      buildWinpe({ drivers: [], scratchMb: 512, dryRun: false, workDir: WORK_DIR, log: () => {}, ...options }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A file of a WIM's first image, by wimlib. */
export async function wimFile(wim: string, path: string): Promise<string> {
  const args = ["extract", wim, "1", path, "--to-stdout"];
  return (await runTool("wimlib-imagex", args)).stdout;
}

/** Paths of a WIM's image, by wimlib. */
export const wimPaths = async (wim: string, index = 1): Promise<string[]> =>
  (await runTool("wimlib-imagex", ["dir", wim, String(index)])).stdout.split("\n");

/** A registry hive as hivexregedit prints it, its texts readable. */
export async function exportHive(hive: string, key = "\\"): Promise<string> {
  const { stdout } = await runTool("hivexregedit", [
    "--export",
    "--prefix",
    "HIVE",
    "--unsafe-printable-strings",
    hive,
    key,
  ]);
  return stdout;
}
