import type { BlockDevice } from "#imaging/device/block-device.ts";
import { compare, type Piece, pour } from "./pour.ts";

/** Makes the error of a place that reads back differently. */
export type ReadsBack = (offset: number) => Error;

/**
 * Writes, flushes and reads back, whatever is asked meanwhile: steps that take a moment, between which a stick is never left by choice.
 * @throws WRITE_FAILED, READ_FAILED, what `readsBack` makes
 */
export async function put(device: BlockDevice, pieces: readonly Piece[], readsBack: ReadsBack): Promise<void> {
  const endless = new AbortController().signal;
  for await (const _ of pour(device, pieces, endless));
  await device.flush();
  for await (const _ of compare(device, pieces, readsBack, endless));
}
