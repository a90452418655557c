import { realpath, stat } from "node:fs/promises";
import { LifeboatError } from "#base/errors.ts";
import { type CaptureJournal, journalPath } from "#imaging/capture/capture-journal.ts";
import { takeNamesBack } from "#imaging/image/partial-files.ts";
import { readHeader } from "#imaging/image/read-header.ts";
import { fileOfVolume, lastVolume, partialPath } from "#imaging/image/volumes.ts";

/** The unfinished file replaces an older one of its name, which must not be the disk that is captured. */
export async function refuseOverSource(source: string, to: string): Promise<void> {
  for (const file of [partialPath(to), journalPath(to)]) {
    const found = await realpath(file).catch(() => undefined);
    if (found === source) throw new LifeboatError("FILE_EXISTS", { file: found });
  }
}

/** What an interrupted capture has read may be the only copy by now: it is gone on with, or removed by its owner. */
export async function refuseOverUnfinished(to: string): Promise<void> {
  const exists = (file: string) =>
    stat(file).then(
      () => true,
      () => false,
    );
  if ((await exists(journalPath(to))) && (await exists(partialPath(to))))
    throw new LifeboatError("CAPTURE_UNFINISHED", { image: to });
}

/** The unfinished files must be those that the journal is about. @throws OPEN_FAILED, IMAGE_NOT_RECOGNISED, IMAGE_DAMAGED */
export async function takeUp(to: string, { imageId, volumeSize, checkpoint }: CaptureJournal): Promise<void> {
  const isOurs = async (file: string) => (await readHeader(file).catch(() => undefined))?.imageId === imageId;
  await takeNamesBack(to, isOurs);
  const place = { path: to, unfinished: true, volumeSize };
  for (let volume = 0; volume <= lastVolume(place, checkpoint.end); volume++) {
    const file = fileOfVolume(place, volume);
    if ((await readHeader(file)).imageId === imageId) continue;
    const problem = "it is the unfinished file of another capture than the journal beside it";
    throw new LifeboatError("IMAGE_NOT_RECOGNISED", { file, problem });
  }
}
