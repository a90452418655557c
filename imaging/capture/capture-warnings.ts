import { formatBytes } from "#base/units.ts";
import type { SourceSurvey } from "#imaging/capture/survey-source.ts";
import { ExtentList } from "#imaging/extent.ts";
import type { PartitionInfo, Region } from "#imaging/image/manifest.ts";

/** Partitions are aligned to this, so less is left over on nearly every disk. */
const USUAL_REST = 1024 * 1024;

/** What the user should know about an image, in plain words: the table, the file systems, and what is not in it. */
export function captureWarnings(
  { survey, table }: SourceSurvey,
  regions: readonly Region[],
  diskSize: number,
): string[] {
  const volumes = survey?.volumes.map(({ info }) => info) ?? [];
  const filesystems = volumes.flatMap(({ number, filesystem }) =>
    (filesystem?.warnings ?? []).map((text) => `${number === 0 ? "the whole disk" : `partition ${number}`}: ${text}`),
  );
  const inside = regions.flatMap(({ label, contents }) =>
    (contents ?? []).flatMap(({ name, filesystem }) =>
      (filesystem?.warnings ?? []).map((text) => `${label}, ${name}: ${text}`),
    ),
  );
  const known = [...regions, ...volumes.filter(({ role }) => role !== "extended")]
    .map(({ start, size }) => ({ start, end: start + size }))
    .toSorted((a, b) => a.start - b.start);
  const rest = diskSize - ExtentList.of(known).bytes;
  const leftOut =
    rest > USUAL_REST
      ? [`${formatBytes(rest)} outside of partitions are not captured: a capture of every sector takes them`]
      : [];
  return [
    ...table.problems.map(({ text }) => text),
    ...filesystems,
    ...inside,
    ...excluded(volumes, regions),
    ...leftOut,
  ];
}

/** A partition without a region was left out because it was asked for. */
const excluded = (volumes: readonly PartitionInfo[], regions: readonly Region[]): string[] =>
  regions.some(({ kind }) => kind === "disk")
    ? []
    : volumes
        .filter(
          ({ number, role, size }) =>
            number > 0 && role !== "extended" && size > 0 && !regions.some((r) => r.partition === number),
        )
        .map(
          ({ number, size, filesystem }) =>
            `partition ${number} (${[filesystem?.type, formatBytes(size)].filter(Boolean).join(", ")}) is not captured, as asked for: after a restore it is empty`,
        );
