import { isLifeboatError } from "#base/errors.ts";
import type { ReadableDevice } from "#imaging/device/block-device.ts";
import type { TableInfo } from "#imaging/image/manifest.ts";
import { type DiskSurvey, surveyDisk, tableInfo } from "#imaging/inventory/survey-disk.ts";

export interface SourceSurvey {
  /** undefined when the disk is taken sector by sector because its table cannot be read. */
  readonly survey: DiskSurvey | undefined;
  readonly table: TableInfo;
}

/**
 * What is on the disk to capture. With `raw` nothing depends on the table, so one that cannot be read is told of
 * and no reason to refuse: such a disk is what a raw capture is for.
 * @throws TABLE_DAMAGED, READ_FAILED without `raw`
 */
export async function surveySource(source: ReadableDevice, raw: boolean): Promise<SourceSurvey> {
  try {
    const survey = await surveyDisk(source);
    return { survey, table: tableInfo(survey.table) };
  } catch (error) {
    if (!raw || !isLifeboatError(error)) throw error;
    const text = error.message.slice(`${error.code}: `.length);
    return { survey: undefined, table: { type: "none", problems: [{ code: error.code, text }] } };
  }
}
