import { access } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { LifeboatError } from "#base/errors.ts";
import { printable } from "#base/printable.ts";
import type { Sentence } from "#base/sentence.ts";
import { formatBytes } from "#base/units.ts";
import { roomOf } from "#imaging/bucket/room.ts";
import { captureDisk } from "#imaging/capture/capture-disk.ts";
import type { CaptureReport, CaptureRequest } from "#imaging/capture/capture-request.ts";
import { badLines } from "#imaging/capture/describe-bad.ts";
import { planCapture } from "#imaging/capture/plan-capture.ts";
import type { Region } from "#imaging/image/manifest.ts";
import { type Disk, diskName } from "#imaging/inventory/disk.ts";
import { newPointPath } from "#imaging/repository/layout.ts";
import { requestOfWish } from "#imaging/wish/capture-request.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";
import type { OperationRequest, PlannedCapture } from "#rescue/api/operation-contract.ts";
import { repositoryState } from "#rescue/operations/destinations.ts";
import { freeDisk } from "#rescue/operations/find-listed.ts";
import { type PrepareDeps, type Prepared, WAIT_SECONDS } from "#rescue/operations/prepared.ts";

type Wish = Extract<OperationRequest, { kind: "capture" }>;

/**
 * A disk into an image file, or into a repository where the place is one.
 * @throws NOT_FOUND, FILE_EXISTS, SOURCE_IN_USE, REQUEST_INVALID; what opening the place throws
 */
export async function prepareCapture(wish: Wish, deps: PrepareDeps): Promise<Prepared> {
  const { diskId, destinationId, name } = wish;
  const disk = await freeDisk(deps, diskId);
  await using place = await deps.destinations.open(destinationId);
  const { folder } = place;
  const room = await roomOf(folder);
  const destination = { ...place.destination, ...(room && { free: room.free }) };
  if (destination.diskId === diskId)
    throw new LifeboatError("SOURCE_IN_USE", { source: diskName(disk), by: "the image would lie on this very disk" });
  const request = await captureRequest(wish, disk, folder, deps.version);
  const plan = await planCapture(request);
  const capture: PlannedCapture = {
    source: { name: diskName(disk), path: disk.path, size: disk.size },
    ...{ regions: plan.regions.map(named), readBytes: plan.bytes, image: request.to, place: destination },
    ...(room && { free: room.free }),
    ...{ isEncrypted: request.credentials !== undefined, warnings: [...plan.warnings] },
  };
  const title = `capture of ${diskName(disk)}`;
  return {
    ...{ kind: "capture", title, subject: diskName(disk), writes: [], busy: `${destination.name} (${title})` },
    reads: destination.diskId === undefined ? [diskId] : [diskId, destination.diskId],
    lines: planLines(request, capture),
    capture,
    confirmation: { level: "none", text: `${diskName(disk)} is only read.`, words: name, id: diskId },
    run: async function* (signal) {
      await using _place = await deps.destinations.open(destinationId);
      return reportLines(yield* captureDisk(request, signal), plan.warnings);
    },
  };
}

async function captureRequest(
  { kind: _, diskId: _disk, destinationId: _place, name, password, ...wish }: Wish,
  disk: Disk,
  folder: string,
  writerVersion: string,
): Promise<CaptureRequest> {
  const state = await repositoryState(folder);
  const refuse = (path: string, problem: string) => new LifeboatError("REQUEST_INVALID", { path, problem });
  if (state === "locked" && password === undefined) throw refuse("password", "the repository is encrypted");
  if (state === "open" && password !== undefined) throw refuse("password", "the repository is not encrypted");
  if (state === "none" && wish.type !== undefined) throw refuse("type", "the place is no repository");
  if (state !== "none" && wish.volumeBytes !== undefined) throw refuse("volumeBytes", "a repository is not split");
  if (wish.raw && (wish.exclude ?? []).length > 0) throw refuse("exclude", "every sector is wanted");
  const to = state === "none" ? join(folder, `${name}.lbi`) : newPointPath(folder, name, new Date());
  if (state === "none") await refuseExisting(to);
  const host = state === "none" ? undefined : hostname();
  return {
    ...requestOfWish(wish, { disk, to, name, host, writerVersion, waitSeconds: WAIT_SECONDS }),
    ...(password !== undefined && { credentials: [{ kind: "password", text: password }] }),
  };
}

async function refuseExisting(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new LifeboatError("FILE_EXISTS", { file });
}

function planLines({ to, point, credentials, verify }: CaptureRequest, planned: PlannedCapture): Sentence[] {
  const { source, place, free, readBytes, warnings } = planned;
  const kind = point ? "a new point of the repository" : "a new image";
  return [
    `Capture ${source.name} into ${kind}`,
    `  source  ${source.path}, ${formatBytes(source.size)}`,
    `  image   ${to}`,
    `  place   ${place.name}, ${free === undefined ? "which does not say how much is free" : `${formatBytes(free)} free`}`,
    "Nothing is written to the source, and no image is overwritten.",
    ...(free !== undefined && free < readBytes
      ? [`! ${formatBytes(readBytes)} are read: there is room only if they compress well.`]
      : []),
    ...warnings.map(({ text }) => `! ${text}`),
    "What will be done:",
    `  1. Read what is in use of the disk, ${formatBytes(readBytes)}, and write it compressed.`,
    ...(credentials ? ["     It is encrypted: without its password nobody can read it."] : []),
    verify ? "  2. Read the image back and check it." : "  It is not read back.",
  ].map((text) => ({ text: printable(text) }));
}

/** Its name with its key: a page can say it in its own language. */
const named = (region: Region): PlannedCapture["regions"][number] => ({ ...region, said: hear(region.label).said });

/** @param planned the same warnings, most of them, before it was begun */
function reportLines(report: CaptureReport, planned: readonly Sentence[]): Sentence[] {
  const { image, imageBytes, capturedBytes, diskBytes, seconds, verified, warnings, bad } = report;
  const sizes = { used: capturedBytes, size: diskBytes, bytes: imageBytes };
  return [
    say("capture.done", { ...sizes, seconds, path: image }),
    say(verified ? "capture.verified" : "capture.unverified"),
    ...warnings.map((text) => say("line.warning", { text: planned.find((one) => one.text === text) ?? hear(text) })),
    ...(bad ? badLines(bad) : []),
  ];
}
