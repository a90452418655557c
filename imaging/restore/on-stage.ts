import { type StagedVolume, type StagedVolumeOptions, stageVolume } from "#imaging/stage/staged-volume.ts";

/** A tool is told EIO and no more: what really failed is thrown in its place. Flushed when it returns. */
export async function onStage<T>(options: StagedVolumeOptions, use: (staged: StagedVolume) => Promise<T>): Promise<T> {
  await using staged = await stageVolume(options);
  let result: T;
  try {
    result = await use(staged);
  } catch (error) {
    throw staged.failures.write ?? staged.failures.read ?? error;
  }
  if (staged.failures.write) throw staged.failures.write;
  await staged.flush();
  return result;
}
