import { mkdir, mkdtemp, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { runTool } from "#imaging/system/run-tool.ts";
import type { Source } from "#rescue/support/machine-sources.ts";
import type { Redact } from "#rescue/support/redact.ts";

export interface BundleReport {
  readonly path: string;
  readonly bytes: number;
  /** Files of the bundle that could not be had, with the reason. */
  readonly missing: readonly string[];
}

/** "lifeboat-support-HOST-2026-11-29T120000Z", the name of the bundle and of the folder in it. */
export const bundleName = (now = new Date()): string =>
  `lifeboat-support-${hostname().replaceAll(/[^\w.-]/g, "_")}-${now.toISOString().slice(0, 19).replaceAll(":", "")}Z`;

const README = `What a rescue system of Lifeboat knew of a machine and of what was done with it, for whoever helps.

Everything in here is text. Passwords, keys and pairing codes were taken out: the known ones wherever they stood, and
whatever looked like one; they read "(removed)". Look through the files before you send them: names of machines, users,
networks and files, and addresses, are still in them.
`;

/**
 * Collects all sources into a .tar.gz with one folder in it. Each text goes through `redact` on its way; a source that cannot be
 * had says why, and hides no other. The file has its name only when it is whole.
 * @throws WRITE_FAILED, TOOL_MISSING, TOOL_FAILED
 */
export async function writeBundle(sources: readonly Source[], redact: Redact, out: string): Promise<BundleReport> {
  const scratch = await mkdtemp(join(tmpdir(), "lifeboat-support-"));
  const name = basename(out).replace(/\.tar\.gz$/, "");
  const unfinished = `${out}.partial`;
  const missing: string[] = [];
  try {
    for (const source of [{ name: "README.txt", content: async () => README }, ...sources]) {
      const text = await source.content().catch((error: Error) => {
        missing.push(`${source.name}: ${redact(error.message)}`);
        return `(not available: ${error.message})\n`;
      });
      const path = join(scratch, name, source.name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, redact(text));
    }
    await mkdir(dirname(out), { recursive: true });
    await runTool("tar", ["-C", scratch, "--owner=0", "--group=0", "-czf", unfinished, name], "pack a support bundle");
    await flush(unfinished);
    await rename(unfinished, out);
    return { path: out, bytes: (await stat(out)).size, missing };
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => {});
    if (cause instanceof LifeboatError) throw cause;
    throw new LifeboatError("WRITE_FAILED", { device: out, offset: 0, reason: (cause as Error).message }, { cause });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function flush(path: string): Promise<void> {
  await using file = await open(path, "r");
  await file.sync();
}
