import type { JSX } from "preact";
import { ImagePage } from "#ui/restore/image-page.tsx";
import { LayoutPage } from "#ui/restore/layout-page.tsx";
import { ProgressPage } from "#ui/restore/progress-page.tsx";
import { ResultPage } from "#ui/restore/result-page.tsx";
import { ReviewPage } from "#ui/restore/review-page.tsx";
import { CloneSourcePage } from "#ui/restore/source-page.tsx";
import { TargetPage } from "#ui/restore/target-page.tsx";
import { useRestore } from "#ui/shell/context.ts";

/** Of a restore or of a clone: the page of the step that the user is at. Keyed, so that each mounts anew: the focus then starts at its heading. */
export function RestorePages(): JSX.Element {
  const restore = useRestore();
  const step = restore.step.value;
  const job = restore.job.value;
  if (step === "progress" && job) return <ProgressPage key={step} job={job} />;
  if (step === "result" && job) return <ResultPage key={step} job={job} />;
  if (step === "target") return <TargetPage key={step} />;
  if (step === "layout") return <LayoutPage key={step} />;
  if (step === "review") return <ReviewPage key={step} />;
  return restore.kind === "clone" ? <CloneSourcePage key="source" /> : <ImagePage key="image" />;
}
