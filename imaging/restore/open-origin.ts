import { LifeboatError } from "#base/errors.ts";
import { describeBadSectors } from "#imaging/capture/bad-sectors.ts";
import { type OpenDisk, openDisk } from "#imaging/clone/open-disk.ts";
import { isServed, openRemoteDisk } from "#imaging/clone/remote/remote-disk.ts";
import { type Peer, peerName } from "#imaging/clone/remote/secure-channel.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { type Image, openImage } from "#imaging/image/image-reader.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import { type Disk, fileOptions } from "#imaging/inventory/disk.ts";
import { findDisk } from "#imaging/inventory/find-disk.ts";
import type { CloneSource, RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { leaseImage } from "#imaging/repository/lease-point.ts";
import type { RunRestoreOptions } from "#imaging/restore/run-restore.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";

/** Where the data of a restore comes from, opened and held. */
export interface Origin extends AsyncDisposable {
  readonly image: Restorable;
  /** What could not be read of it while it was copied, for the report. */
  badSectors(bad: readonly BadExtent[]): Promise<Pick<RestoreReport, "bad">>;
  /** It was restored, and will not be needed again. */
  done?(): Promise<void>;
}

/** @throws what openImage and openDisk throw; IMAGE_VERIFY_FAILED when its repository has lost data of the image */
export function openOrigin(plan: RestorePlan, options: RunRestoreOptions, signal?: AbortSignal): Promise<Origin> {
  if (plan.source?.remote) return openRemoteOrigin(plan.source.remote, options, signal);
  return plan.source ? openSourceDisk(plan.source, plan, options) : openOriginImage(plan, options);
}

async function openRemoteOrigin(peer: Peer, options: RunRestoreOptions, signal?: AbortSignal): Promise<Origin> {
  const image = await openRemoteDisk(peer, pairingKeyOf(options, peer), signal);
  return {
    image,
    badSectors: () => describeBad(image, image.badSoFar()), // the threads have read what came over, which is whole
    // The copy is whole: that the other side does not hear of it makes it no failure.
    done: () => image.done().catch(() => {}),
    [Symbol.asyncDispose]: () => image[Symbol.asyncDispose](),
  };
}

/** @throws PAIRING_CODE_MISSING */
function pairingKeyOf({ pairingKey }: RunRestoreOptions, peer: Peer): Uint8Array {
  if (pairingKey) return pairingKey;
  throw new LifeboatError("PAIRING_CODE_MISSING", { peer: peerName(peer) });
}

/** Whether a disk of another machine is served now as it was. @throws as openRemoteDisk */
export const isServedAgain = (peer: Peer, options: RunRestoreOptions, rootHash: string): Promise<boolean> =>
  isServed(peer, pairingKeyOf(options, peer), rootHash);

async function openOriginImage(plan: RestorePlan, options: RunRestoreOptions): Promise<Origin> {
  await using stack = new AsyncDisposableStack();
  stack.use(await leaseImage(plan.image.path));
  const image = await openImage(plan.image.path, options);
  await refuseLost(image, plan);
  const all = stack.move();
  return { image, badSectors: async () => ({}), [Symbol.asyncDispose]: () => all.disposeAsync() };
}

/** A repository that has lost data of the image says so before anything is written. */
async function refuseLost({ path, index, chunks }: Image, { options }: RestorePlan): Promise<void> {
  const damaged = options.salvage ? 0 : await index.countLost();
  if (damaged === 0) return;
  const first = "the repository has lost the pack with its data";
  throw new LifeboatError("IMAGE_VERIFY_FAILED", { file: path, damaged, chunks, first });
}

async function openSourceDisk(
  source: CloneSource,
  { image: { createdAt } }: RestorePlan,
  { volumeKeys = [] }: RunRestoreOptions,
): Promise<Origin> {
  const { raw, leaveOutPageFiles } = source;
  const image = await openDisk(await findSource(source), { raw, leaveOutPageFiles, unlock: volumeKeys, createdAt });
  return {
    image,
    badSectors: (bad) => describeBad(image, bad),
    [Symbol.asyncDispose]: () => image[Symbol.asyncDispose](),
  };
}

async function describeBad(
  { device, manifest }: Pick<OpenDisk, "manifest"> & { readonly device: ReadableDevice },
  bad: readonly BadExtent[],
): Promise<Pick<RestoreReport, "bad">> {
  if (bad.length === 0) return {};
  const { mapFile: _none, ...found } = await describeBadSectors(device, manifest.partitions, bad, "");
  return { bad: { ...found, files: [...found.files], notes: [...found.notes] } };
}

/** By its id: it may have another name than when the plan was made. @throws NOT_FOUND */
export const findSource = (source: CloneSource): Promise<Disk> =>
  findDisk(source.kind === "file" ? source.path : source.id, fileOptions(source));
