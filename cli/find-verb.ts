import { resolve } from "node:path";
import type { Command } from "commander";
import { isLifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import { fileTable } from "#cli/file-table.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption } from "#cli/options.ts";
import type { Output } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { exploreUnlockOption, readKeyFiles, type VolumeKeyOptions } from "#cli/volume-keys.ts";
import { withSignal } from "#cli/with-signal.ts";
import { findFiles } from "#imaging/explore/find-files.ts";
import { explorePrivately } from "#imaging/explore/private-exploration.ts";
import { openImage } from "#imaging/image/image-reader.ts";
import { pointName } from "#imaging/repository/layout.ts";
import { pointFiles } from "#imaging/repository/points.ts";
import { isRepositoryFolder, openRepository } from "#imaging/repository/repository.ts";
import type { VolumeKey } from "#imaging/volume/container.ts";

interface Search {
  readonly pattern: string;
  readonly keys: readonly VolumeKey[];
  readonly unlock: ReturnType<typeof unlockWith>;
  readonly output: Output;
}

export function addFindVerb(image: Command, environment: Environment): void {
  verb(image, "find", "find files by their names: in an image, or in all points of a repository")
    .argument("<image>", "image file, point, or folder of a repository")
    .argument("<pattern>", "such as '*.docx': *, ? and [] as a shell has them; upper and lower case are one")
    .addOption(passwordFileOption())
    .addOption(exploreUnlockOption())
    .action(async (file: string, pattern: string, options: UnlockOptions & VolumeKeyOptions, command: Command) => {
      const keys = await readKeyFiles(options.unlock);
      const search = { pattern, keys, unlock: unlockWith(options, environment), output: outputOf(command) };
      const path = resolve(file);
      await withSignal(`search in ${file}`, async (signal) => {
        if (await isRepositoryFolder(path)) return findInRepository(path, search, signal);
        const found = await findIn(path, search, signal);
        search.output.result(found, () => fileTable(found.found));
      });
    });
}

async function findIn(path: string, { pattern, keys, unlock, output }: Search, signal: AbortSignal) {
  const opened = await openImage(path, { unlock });
  await using exploration = await explorePrivately(opened, { signal, keys });
  const found = await findFiles(exploration, pattern, signal);
  const { more, unreadable, notSearched } = found;
  if (more) output.message(`! there are more than these ${found.found.length}: give a narrower pattern`);
  for (const { name, reason } of notSearched) output.message(printable(`! ${name} was not searched: ${reason}`));
  for (const line of unreadable) output.message(printable(`! ${line}`));
  return found;
}

/** One point after the other, the newest of each name last; one that cannot be read keeps nobody from the others. */
async function findInRepository(root: string, search: Search, signal: AbortSignal): Promise<void> {
  const points: { point: string; found: Awaited<ReturnType<typeof findIn>>["found"] }[] = [];
  for (const path of await pointFiles(await openRepository(root))) {
    signal.throwIfAborted();
    try {
      points.push({ point: path, found: [...(await findIn(path, search, signal)).found] });
    } catch (error) {
      if (!isLifeboatError(error) || error.code === "IMAGE_LOCKED" || error.code === "IMAGE_UNLOCK_FAILED") throw error;
      search.output.message(printable(`! ${pointName(path)} was not searched: ${error.text}`));
    }
  }
  search.output.result(points, () =>
    points
      .filter(({ found }) => found.length > 0)
      .map(({ point, found }) => `${pointName(point)}\n${fileTable(found)}`)
      .join("\n"),
  );
}
