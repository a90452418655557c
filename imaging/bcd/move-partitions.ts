import { partitionIn, putPartition } from "#imaging/bcd/device.ts";
import { DEVICE_PARTITION, DEVICE_SIZE, OPTIONS_SIZE } from "#imaging/bcd/device-format.ts";
import { type PartitionId, samePartition } from "#imaging/bcd/partition-id.ts";

/** What a partition was called and is called now. */
export interface PartitionMove {
  readonly from: PartitionId;
  readonly to: PartitionId;
}

export interface MovedDevice {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many partitions in it have another id now. */
  readonly moved: number;
  /** Those that no move is known for. */
  readonly left: readonly PartitionId[];
}

/**
 * Gives every partition that a device's bytes name its new id. They are looked for as such and not by what stands around
 * them, so those below RAM disks, files, virtual disks and things not known are found too; all else stays to the bit.
 * @param bytes of a device element
 */
export function movePartitions(bytes: Uint8Array, moves: readonly PartitionMove[]): MovedDevice {
  const changed = new Uint8Array(bytes);
  const left: PartitionId[] = [];
  let moved = 0;
  for (let at = OPTIONS_SIZE; at + DEVICE_SIZE <= changed.length; at += 2) {
    const body = changed.subarray(at, at + DEVICE_SIZE);
    const id = isPartition(body) ? partitionIn(body) : undefined;
    if (!id) continue;
    const move = moves.find(({ from }) => samePartition(from, id));
    if (!move) left.push(id);
    else if (!samePartition(move.to, id)) {
      putPartition(body, move.to);
      moved++;
    }
    at += DEVICE_SIZE - 2;
  }
  return { bytes: changed, moved, left };
}

function isPartition(body: Uint8Array): boolean {
  const view = new DataView(body.buffer, body.byteOffset, DEVICE_SIZE);
  return (
    view.getUint32(0, true) === DEVICE_PARTITION &&
    view.getUint32(8, true) === DEVICE_SIZE &&
    view.getUint32(12, true) === 0
  );
}
