import { type CaptureJournal, removeJournal } from "#imaging/capture/capture-journal.ts";
import { removePartials } from "#imaging/image/partial-files.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { holdName } from "#imaging/system/hold-file.ts";

/**
 * Whether a capture was interrupted between giving its image the name and removing its journal. The name of the first
 * volume is given last, after all was verified and flushed: nothing is left to do but to tidy up, which this does.
 * @throws JOB_BUSY
 */
export async function finishedBefore({ image, imageId }: CaptureJournal): Promise<boolean> {
  await using _hold = await holdName(image);
  const header = await readHeader(image).catch(() => undefined);
  if (header?.imageId !== imageId) return false;
  await removePartials(image);
  await removeJournal(image);
  return true;
}
