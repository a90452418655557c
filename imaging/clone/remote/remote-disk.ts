import { DiskIndex } from "#imaging/clone/disk-index.ts";
import { readDescription, rootHashOf, type ServedDisk } from "#imaging/clone/remote/description.ts";
import { PeerConnection } from "#imaging/clone/remote/peer-connection.ts";
import { type Peer, peerName } from "#imaging/clone/remote/secure-channel.ts";
import { SegmentFetcher } from "#imaging/clone/remote/segment-fetcher.ts";
import { Spool } from "#imaging/clone/remote/spool.ts";
import { wireSegment } from "#imaging/clone/remote/wire.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import { ExtentList } from "#imaging/extent.ts";
import { CHUNK_SIZE } from "#imaging/image/format.ts";
import type { Restorable } from "#imaging/image/restorable.ts";
import type { CloneSource } from "#imaging/plan/plan.ts";
import type { BadExtent } from "#imaging/salvage/bad-extent.ts";
import { createBudget } from "#imaging/salvage/budget.ts";
import { bootIdentity } from "#imaging/system/boot-identity.ts";

/** A disk of another machine, as if it were an image of itself. */
export interface RemoteDisk extends Restorable, AsyncDisposable {
  readonly device: ReadableDevice;
  /** As a plan names it. */
  readonly source: CloneSource;
  /** What could not be read of what came over so far. */
  badSoFar(): readonly BadExtent[];
  /** Tells the other machine that its disk need not be served any longer. @throws PEER_LOST */
  done(): Promise<void>;
}

/**
 * Connects to a machine that serves a disk.
 * @param key of pairingKey
 * @throws PEER_UNREACHABLE, PEER_LOST, PEER_BUSY, PEER_INVALID, PAIRING_REFUSED; the signal's reason
 */
export async function openRemoteDisk(peer: Peer, key: Uint8Array, signal?: AbortSignal): Promise<RemoteDisk> {
  await using stack = new AsyncDisposableStack();
  const { connection, head } = await PeerConnection.open(peer, key, signal);
  stack.use(connection);
  const { served, manifest, regions } = readDescription(head, await connection.describe(head), connection.invalid);
  const index = stack.use(await DiskIndex.open(regions, CHUNK_SIZE, wireSegment()));
  if (index.chunks !== head.chunks) throw connection.invalid("it counts the chunks of its disk otherwise");
  const spool = stack.use(await Spool.open());
  const fetcher = new SegmentFetcher(connection, index, spool);
  const { size, sectorSize } = manifest.disk;
  const path = peerName(peer);
  const device = { path, size, sectorSize, read: (into: Uint8Array, at: number) => connection.read(into, at) };
  const all = stack.move();
  return {
    ...{ path, fileSize: size, rootHash: rootHashOf(head), manifest, regions, index, chunks: index.chunks, device },
    ...{ rawBytes: regions.reduce((sum, { extents }) => sum + extents.bytes, 0), chunkSize: CHUNK_SIZE },
    bad: new ExtentList(),
    chunkPlace: { disk: spool.path, sectorSize, budget: createBudget(), moved: regions.map(() => 0), isSpool: true },
    fetch: (table, order, placed) => fetcher.fetch(table, order, placed),
    askHashes: hashesOf(connection),
    source: await sourceOf(peer, served, { size, sectorSize }),
    badSoFar: () => fetcher.bad,
    done: () => connection.done(),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** Whether the disk of a plan is served there now, with the same content. @throws as openRemoteDisk */
export async function isServed(peer: Peer, key: Uint8Array, rootHash: string): Promise<boolean> {
  const { connection, head } = await PeerConnection.open(peer, key);
  await connection[Symbol.asyncDispose]();
  return rootHashOf(head) === rootHash;
}

function hashesOf(connection: PeerConnection): NonNullable<Restorable["askHashes"]> {
  return async (table, order) => {
    const hashes = await connection.hashes(table.first, table.count);
    for (const chunk of order) table.sha256.set(hashes.subarray(chunk * 32, chunk * 32 + 32), chunk * 32);
  };
}

/**
 * Machines name their disks alike, such as /dev/sda: the other one's is another disk, unless it is no other machine.
 */
async function sourceOf(
  peer: Peer,
  { id, kind, machine, raw, leaveOutPageFiles }: ServedDisk,
  { size, sectorSize }: Pick<ReadableDevice, "size" | "sectorSize">,
): Promise<CloneSource> {
  const path = peerName(peer);
  const isOurs = machine !== "" && machine === (await bootIdentity());
  return {
    ...{ id: isOurs ? id : `${path}/${id}`, path, kind, size, sectorSize, raw, leaveOutPageFiles },
    remote: { host: peer.host, port: peer.port },
  };
}
