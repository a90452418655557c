import type { Sentence } from "#base/sentence.ts";
import { shellQuote } from "#base/shell-quote.ts";
import { badLines } from "#imaging/capture/describe-bad.ts";
import { mendReportLines } from "#imaging/mend/describe-mend.ts";
import type { RestorePlan, RestoreReport } from "#imaging/plan/plan.ts";
import { say } from "#imaging/words/say.ts";

type Of = Pick<RestorePlan, "kind"> & {
  readonly image: { readonly name: string };
  readonly target: { readonly name: string };
};

/** What has come of a restore or a clone, line by line. */
export function restoredLines({ kind, image, target }: Of, report: RestoreReport): Sentence[] {
  const { writtenBytes: size, seconds: lasts, unchanged, undo, bad, targetVerified, mend, chunks: count } = report;
  const isClone = kind === "clone";
  return [
    say(isClone ? "came.cloned" : "came.restored", { image: image.name, disk: target.name, size, lasts }),
    ...(unchanged ? [say("came.unchanged", { size: unchanged.bytes, number: unchanged.chunks, count })] : []),
    ...(undo?.file === undefined ? [] : [say("came.undo", { file: shellQuote(undo.file) })]),
    ...(bad ? badLines(bad) : []),
    say(targetVerified ? (isClone ? "came.equals-source" : "came.equals-image") : "came.unread"),
    ...(mend ? mendReportLines(mend) : []),
  ];
}
