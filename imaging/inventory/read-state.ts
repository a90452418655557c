import type { BlockDevice } from "#imaging/device/block-device.ts";
import type { TableInfo } from "#imaging/image/manifest.ts";
import type { Disk, DiskPartition } from "#imaging/inventory/disk.ts";
import { fingerprint } from "#imaging/inventory/fingerprint.ts";
import type { DeviceUse } from "#imaging/inventory/lsblk.ts";
import { partitionPath } from "#imaging/inventory/partition-path.ts";
import { probeContent } from "#imaging/inventory/probe-content.ts";
import { problemText } from "#imaging/inventory/problem-text.ts";
import { type DiskSurvey, surveyDisk, tableInfo } from "#imaging/inventory/survey-disk.ts";
import { lookForMove } from "#imaging/partition/move/find-move.ts";
import { readMarker } from "#imaging/restore/marker.ts";

/** What is on a disk, of a description of it. */
export type DiskState = Pick<
  Disk,
  "table" | "partitions" | "inUse" | "unfinishedRestore" | "unfinishedMove" | "fingerprint"
>;

/** @param identity what the hardware says of itself; part of the fingerprint */
export async function readState(
  device: BlockDevice,
  identity: (string | undefined)[],
  uses: readonly DeviceUse[],
): Promise<DiskState> {
  let survey: DiskSurvey | undefined;
  let table: TableInfo;
  try {
    survey = await surveyDisk(device);
    table = tableInfo(survey.table);
  } catch (error) {
    table = { type: "none", problems: [{ code: "TABLE_DAMAGED", text: problemText(error) }] };
  }
  const unfinishedRestore = (await readMarker(device))?.planId;
  const isUnknown = survey === undefined || (survey.table.type === "none" && survey.volumes.length === 0);
  const probe = isUnknown ? await probeContent(device) : undefined;
  if (survey !== undefined && unfinishedRestore === undefined && probe?.isBlank === false) {
    const problem = { code: "UNKNOWN_CONTENT", text: "data of an unknown kind, with no partition table" };
    table = { ...table, problems: [problem] };
  }
  const partitions: DiskPartition[] = (survey?.volumes ?? []).map(({ info }) => ({
    ...info,
    usedBy: uses.filter((use) => isPartition(use.path, device.path, info.number)).map((use) => use.text),
  }));
  const move = survey && (await lookForMove(device).catch(() => undefined));
  return {
    ...(move && { unfinishedMove: move.description.number }),
    table,
    partitions,
    inUse: uses.map((use) => use.text),
    unfinishedRestore,
    fingerprint: await fingerprint(device, identity, survey, probe),
  };
}

const isPartition = (path: string, disk: string, number: number): boolean => path === partitionPath(disk, number);
