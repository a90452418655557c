import type { Sentence } from "#base/sentence.ts";
import type { CaptureReport } from "#imaging/capture/capture-request.ts";
import { badLines } from "#imaging/capture/describe-bad.ts";
import { hear } from "#imaging/words/hear.ts";
import { say } from "#imaging/words/say.ts";

type Captured = Pick<CaptureReport, "capturedBytes" | "diskBytes" | "seconds">;

export const capturedSaid = ({ capturedBytes, diskBytes, seconds }: Captured): Sentence =>
  say("came.captured", { doneSize: capturedBytes, wholeSize: diskBytes, lasts: seconds });

export const checkedSaid = ({ verified }: Pick<CaptureReport, "verified">): Sentence =>
  say(verified ? "came.intact" : "came.image-unread");

/** What has come of a capture, line by line. */
export const capturedLines = (report: CaptureReport): Sentence[] => [
  capturedSaid(report),
  say("came.image", { path: report.image, size: report.imageBytes }),
  checkedSaid(report),
  ...report.warnings.map((text) => say("line.warning", { text: hear(text) })),
  ...(report.bad ? badLines(report.bad) : []),
];
