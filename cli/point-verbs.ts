import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { formatBytes, formatTime } from "#base/units.ts";
import { type CacheOptions, repositoryPath, withCache } from "#cli/image-path.ts";
import { type UnlockOptions, unlockWith } from "#cli/image-unlock.ts";
import { passwordFileOption } from "#cli/options.ts";
import { table } from "#cli/output.ts";
import type { Environment } from "#cli/password-input.ts";
import { checkedLabel, checkedNote } from "#cli/plain-text.ts";
import { outputOf, verb } from "#cli/verb.ts";
import { deletePoint, restorePoint } from "#imaging/repository/delete-point.ts";
import { pointName, repositoryOf } from "#imaging/repository/layout.ts";
import { type Mark, readMarkOrPin, writeMark } from "#imaging/repository/mark.ts";
import { type FoundPoint, listPoints } from "#imaging/repository/points.ts";
import { keyOfRepository, openRepository } from "#imaging/repository/repository.ts";

interface NoteOptions extends UnlockOptions {
  label?: string[];
}

/** Verbs for the points of a repository. */
export function addPointVerbs(image: Command, environment: Environment): void {
  withCache(verb(image, "list", "list the points of a repository, the newest first"))
    .argument("<repository>", "the repository's folder, or its address")
    .addOption(passwordFileOption())
    .action(async (folder: string, options: UnlockOptions & CacheOptions, command: Command) => {
      const repository = await openRepository(await repositoryPath(folder, options, environment));
      const unlock = unlockWith(options, environment);
      const recordKey = await keyOfRepository(repository, unlock);
      const points = await listPoints(repository, unlock);
      const rows = await Promise.all(
        points.map(async (point) => ({ point, mark: await readMarkOrPin(point.path, recordKey) })),
      );
      const result = rows.map(({ point, mark }) => ({ ...describePoint(point), mark }));
      outputOf(command).result(result, () => pointTable(rows));
    });
  verb(image, "delete", "take a point off its repository's list; a later `repo prune` frees what only it needs")
    .argument("<point>", "file of the point")
    .action(async (file: string, _options: object, command: Command) => {
      const path = resolve(file);
      await deletePoint(path);
      const [root, name] = [repositoryOf(path), pointName(path)];
      outputOf(command).result({ deleted: path }, () =>
        [
          `${name} is deleted. Nothing is lost before the next clean-up:`,
          `  lifeboat image undelete ${root} ${name}`,
        ].join("\n"),
      );
    });
  verb(image, "undelete", "bring a deleted point back, as long as no clean-up has removed it")
    .argument("<repository>", "the repository's folder")
    .argument("<name>", "name of the point")
    .action(async (folder: string, name: string, _options: object, command: Command) => {
      const path = await restorePoint(await openRepository(resolve(folder)), name);
      outputOf(command).result({ restored: path }, () => `${path} is back.`);
    });
  addMarkVerbs(image, environment);
}

function addMarkVerbs(image: Command, environment: Environment): void {
  const change = async (file: string, options: UnlockOptions, command: Command, by: (mark: Mark) => Mark) => {
    const path = resolve(file);
    const repository = await openRepository(repositoryOf(path));
    const recordKey = await keyOfRepository(repository, unlockWith(options, environment));
    const mark = by(await readMarkOrPin(path, recordKey));
    await writeMark(path, mark, recordKey);
    outputOf(command).result(
      { point: path, mark },
      () => `${pointName(path)}: ${describeMark(mark) || "no note, no pin"}`,
    );
  };
  for (const [name, pinned, what] of [
    ["pin", true, "keep a point, whatever a clean-up is told to keep"],
    ["unpin", false, "let clean-ups decide about a point again"],
  ] as const)
    verb(image, name, what)
      .argument("<point>", "file of the point")
      .addOption(passwordFileOption())
      .action((file: string, options: UnlockOptions, command: Command) =>
        change(file, options, command, (mark) => ({ ...mark, pinned })),
      );
  verb(image, "note", "write a note or labels to a point; without a text the note is removed")
    .argument("<point>", "file of the point")
    .argument("[text]", "the note")
    .addOption(new Option("--label <labels...>", "labels in place of those that it has"))
    .addOption(passwordFileOption())
    .action((file: string, text: string | undefined, options: NoteOptions, command: Command) =>
      change(file, options, command, ({ pinned, labels }) => ({
        pinned,
        labels: options.label?.map(checkedLabel) ?? labels,
        ...(text !== undefined && { note: checkedNote(text, "the note") }),
      })),
    );
}

function describePoint(point: FoundPoint) {
  if ("problem" in point) return { path: point.path, problem: point.problem.text };
  const { manifest, rootHash, fileSize } = point.summary;
  return { path: point.path, rootHash, fileSize, manifest };
}

const describeMark = ({ pinned, note, labels }: Mark): string =>
  [...(pinned ? ["pinned"] : []), ...labels.map((label) => `#${label}`), ...(note ? [note] : [])].join(", ");

function pointTable(rows: readonly { point: FoundPoint; mark: Mark }[]): string {
  if (rows.length === 0) return "no points yet";
  const cells = rows.map(({ point, mark }) => {
    if ("problem" in point) return ["?", pointName(point.path), "", "", "", point.problem.text];
    const { createdAt, disk, regions, point: about } = point.summary.manifest;
    const used = regions.reduce((sum, { usedBytes }) => sum + usedBytes, 0);
    const size = `${formatBytes(used)} of ${formatBytes(disk.size)}`;
    return [
      formatTime(createdAt),
      pointName(point.path),
      about?.host ?? "",
      about?.type ?? "",
      size,
      describeMark(mark),
    ];
  });
  return table([["CAPTURED", "POINT", "HOST", "TYPE", "SIZE", "NOTE"], ...cells]);
}
