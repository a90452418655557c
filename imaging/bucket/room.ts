import { statfs } from "node:fs/promises";

/** Nobody says how much room a bucket has: its folder shows 1 PiB, so that nothing is refused that may well fit. */
export const ROOM_OF_BUCKETS = { bsize: 1 << 20, blocks: 1 << 30 } as const;

/** Bytes. */
export interface Room {
  readonly size: number;
  readonly free: number;
}

/** How much room there is at a folder; undefined in a bucket, whose server does not say. @throws what statfs(2) says */
export async function roomOf(folder: string): Promise<Room | undefined> {
  const { blocks, bavail, bsize } = await statfs(folder);
  if (blocks === ROOM_OF_BUCKETS.blocks && bsize === ROOM_OF_BUCKETS.bsize) return undefined;
  return { size: blocks * bsize, free: bavail * bsize };
}
