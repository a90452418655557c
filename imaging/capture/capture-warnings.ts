import type { Sentence } from "#base/sentence.ts";
import type { SourceSurvey } from "#imaging/capture/survey-source.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { PartitionInfo, Region } from "#imaging/image/manifest.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

/** What is said of a partition, or of the disk as a whole. */
export const placed = (partition: number, what: Sentence): Sentence =>
  partition === 0 ? say("at.disk", { what }) : say("at.partition", { number: partition, what });

/** Partitions are aligned to this, so less is left over on nearly every disk. */
const USUAL_REST = 1024 * 1024;

/** What the user should know about an image: the table, the file systems, and what is not in it. */
export function captureWarnings(
  { survey, table }: SourceSurvey,
  regions: readonly Region[],
  diskSize: number,
): Sentence[] {
  const volumes = survey?.volumes.map(({ info }) => info) ?? [];
  const filesystems = volumes.flatMap(({ number, filesystem }) =>
    (filesystem?.warnings ?? []).map((text) => placed(number, hear(text))),
  );
  const inside = regions.flatMap(({ label, contents }) =>
    (contents ?? []).flatMap(({ name, filesystem }) =>
      (filesystem?.warnings ?? []).map((text) =>
        say("survey.inside", { region: hear(label), volume: name, what: hear(text) }),
      ),
    ),
  );
  const known = [...regions, ...volumes.filter(({ role }) => role !== "extended")]
    .map(({ start, size }) => ({ start, end: start + size }))
    .toSorted((a, b) => a.start - b.start);
  const rest = diskSize - ExtentList.of(known).bytes;
  const leftOut = rest > USUAL_REST ? [say("survey.outside", { size: rest })] : [];
  return [
    ...table.problems.map(({ text }) => hear(text)),
    ...filesystems,
    ...inside,
    ...excluded(volumes, regions),
    ...leftOut,
  ];
}

/** A partition without a region was left out because it was asked for. */
const excluded = (volumes: readonly PartitionInfo[], regions: readonly Region[]): Sentence[] =>
  regions.some(({ kind }) => kind === "disk")
    ? []
    : volumes
        .filter(
          ({ number, role, size }) =>
            number > 0 && role !== "extended" && size > 0 && !regions.some((r) => r.partition === number),
        )
        .map(({ number, size, filesystem }) =>
          say("survey.excluded", { number, filesystem: filesystem?.type ?? "", size }),
        );
