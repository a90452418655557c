import { randomUUID } from "node:crypto";
import type { CaptureJournal } from "#imaging/capture/capture-journal.ts";
import type { CaptureRequest } from "#imaging/capture/capture-request.ts";
import { CHECKPOINT_BYTES } from "#imaging/capture/checkpoint-size.ts";
import type { MappedSource } from "#imaging/capture/map-source.ts";
import type { PlaceInHistory } from "#imaging/capture/place-in-history.ts";
import { volumeSizeFor } from "#imaging/capture/volume-size.ts";
import { fileOptions } from "#imaging/inventory/disk.ts";

/** The journal of a capture that begins now. */
export async function newJournal(
  request: CaptureRequest,
  mapped: Pick<MappedSource, "hash">,
  point?: PlaceInHistory,
): Promise<CaptureJournal> {
  return {
    format: "lifeboat-capture/1",
    image: request.to,
    imageId: randomUUID(),
    createdAt: new Date().toISOString(),
    encrypted: point ? point.encrypted : (request.credentials ?? []).length > 0,
    ...(point?.parent !== undefined && { parent: point.parent }),
    volumeSize: await volumeSizeFor(request.to, request.volumeSize ?? 0),
    diskId: diskIdOf(request),
    mapHash: mapped.hash,
    request: { ...journalRequest(request), ...(point && { type: point.type }) },
    checkpoint: { end: 0, chunks: 0, rawBytes: 0, pages: [] },
    bad: [],
  };
}

export const diskIdOf = ({ disk }: CaptureRequest): string => (disk.kind === "file" ? disk.path : disk.id);

const journalRequest = (request: CaptureRequest): CaptureJournal["request"] => ({
  level: request.level,
  raw: request.raw,
  ...fileOptions(request.disk),
  name: request.name,
  note: request.note,
  verify: request.verify !== false,
  exclude: [...(request.exclude ?? [])],
  unlock: (request.unlock ?? []).map(({ partition, keyFile }) => ({ partition, keyFile })),
  leaveOutPageFiles: request.leaveOutPageFiles === true,
  bytesPerSecond: request.bytesPerSecond ?? 0,
  waitSeconds: request.waitSeconds ?? 0,
  checkpointBytes: request.checkpointBytes ?? CHECKPOINT_BYTES,
});
