import { createHash } from "node:crypto";
import { LifeboatError } from "#base/errors.ts";
import type { Sentence } from "#base/sentence.ts";
import { captureWarnings } from "#imaging/capture/capture-warnings.ts";
import {
  type MapOptions,
  type MappedRegion,
  mapRegions,
  regionExtents,
  wholeDisk,
} from "#imaging/capture/map-regions.ts";
import { type SourceSurvey, surveySource } from "#imaging/capture/survey-source.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { RegionExtents } from "#imaging/image/chunk-table.ts";
import type { Region } from "#imaging/image/manifest.ts";
import { lookForMove, refuseUnfinished } from "#imaging/partition/move/find-move.ts";
import { notLeftOut } from "#imaging/volume/leave-out-page-files.ts";
import { hear } from "#imaging/words/hear.ts";
import { regionWords } from "#imaging/words/region-words.ts";
import { say } from "#imaging/words/say.ts";

export interface MappedSource {
  readonly found: SourceSurvey;
  readonly regions: readonly Region[];
  readonly extents: readonly RegionExtents[];
  readonly bytes: number;
  /** What the user should know, in plain words. */
  readonly warnings: readonly Sentence[];
  /** Hex SHA-256 over regions and extents: the same as long as nothing writes to the disk's metadata. */
  readonly hash: string;
}

/**
 * disk -> partition table and file systems -> used-block maps.
 * @throws TABLE_DAMAGED, READ_FAILED, UNLOCK_FAILED, USAGE, MOVE_UNFINISHED
 */
export async function mapSource(
  source: ReadableDevice,
  options: MapOptions & { readonly raw: boolean },
): Promise<MappedSource> {
  if (options.raw && (options.exclude ?? []).length > 0)
    throw new LifeboatError("USAGE", { problem: "a capture of every sector (--raw) leaves no partition out" });
  const found = await surveySource(source, options.raw);
  // A partition that is on its way is in no table: it would be missing.
  if (!options.raw && found.survey) refuseUnfinished(await lookForMove(source), source.path);
  const mapped =
    options.raw || !found.survey
      ? [wholeDisk(source, regionWords["whole.asked"])]
      : await mapRegions(source, found.survey, options);
  const regions = mapped.map(({ region }) => region);
  const extents = regionExtents(mapped);
  const bytes = extents.reduce((sum, region) => sum + region.extents.bytes, 0);
  const warnings = [...captureWarnings(found, regions, source.size), ...pageFileWarnings(mapped, options)];
  return { found, regions, extents, bytes, warnings, hash: hashOf(regions, extents) };
}

/** What was left out on request, and why it was not where that was asked for in vain. */
function pageFileWarnings(mapped: readonly MappedRegion[], { leaveOutPageFiles }: MapOptions): Sentence[] {
  const [disk] = mapped;
  const whole = leaveOutPageFiles && disk?.region.kind === "disk" && disk.region.mode === "raw";
  const reason = say("survey.whole-disk", { reason: hear(disk?.region.reason ?? "") });
  return [...(whole ? [notLeftOut(reason)] : []), ...mapped.flatMap(({ warnings = [] }) => warnings)];
}

function hashOf(regions: readonly Region[], extents: readonly RegionExtents[]): string {
  const hash = createHash("sha256").update(JSON.stringify(regions));
  for (const { start, extents: list } of extents) hash.update(Float64Array.of(start, list.length)).update(list.values);
  return hash.digest("hex");
}
