import type { RestorePlan } from "#rescue/api/contract.ts";
import { format, t } from "#ui/i18n/index.ts";

/** An image has a time; a disk is copied as it is. */
export const sourceRow = ({ source, image }: RestorePlan): readonly [string, string] =>
  source
    ? [t("step.source"), `${image.name}, ${format.diskSize(source.size)}, ${source.path}`]
    : [t("review.image"), t("review.image-of", { name: image.name, date: format.dateTime(image.createdAt) })];
