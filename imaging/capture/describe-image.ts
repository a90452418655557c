import type { CaptureJournal } from "#imaging/capture/capture-journal.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import type { MappedSource } from "#imaging/capture/map-source.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { Manifest } from "#imaging/image/manifest.ts";

/** Size and sectors are those of the opened source: the disk was looked at earlier, and could be another one now. */
export const describeImage = (
  request: CaptureRequest,
  source: ReadableDevice,
  { found, regions, warnings }: MappedSource,
  { imageId, createdAt, parent, diskId, request: { type } }: CaptureJournal,
): Manifest => ({
  format: 2,
  imageId,
  createdAt,
  name: request.name,
  note: request.note,
  writer: { program: "lifeboat", version: request.writerVersion, platform: `${process.platform} ${process.arch}` },
  level: request.level,
  disk: {
    size: source.size,
    sectorSize: source.sectorSize,
    model: request.disk.model,
    serial: request.disk.serial,
  },
  table: found.table,
  partitions: found.survey?.volumes.map(({ info }) => info) ?? [],
  regions: [...regions],
  warnings: warnings.map(({ text }) => text),
  ...(request.point && {
    point: { type: type ?? "full", ...(parent !== undefined && { parent }), diskId, host: request.point.host },
  }),
});
