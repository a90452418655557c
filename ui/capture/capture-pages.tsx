import type { JSX } from "preact";
import { OptionsPage } from "#ui/capture/options-page.tsx";
import { PlacePage } from "#ui/capture/place-page.tsx";
import { CaptureReviewPage } from "#ui/capture/review-page.tsx";
import { type CaptureStep, captureSteps } from "#ui/capture/route.ts";
import { SourcePage } from "#ui/capture/source-page.tsx";
import { t } from "#ui/i18n/index.ts";
import { StepList } from "#ui/parts/steps.tsx";
import { useShell } from "#ui/shell/context.ts";

/** The page of the step that the user is at. Keyed, so that each mounts anew: the focus then starts at its heading. */
export function CapturePages(): JSX.Element {
  const step = useShell().capture.step.value;
  const above = <CaptureSteps current={step} />;
  if (step === "place") return <PlacePage key={step} above={above} />;
  if (step === "options") return <OptionsPage key={step} above={above} />;
  if (step === "review") return <CaptureReviewPage key={step} above={above} />;
  return <SourcePage key={step} above={above} />;
}

const CaptureSteps = ({ current }: { current: CaptureStep }): JSX.Element => (
  <StepList labels={captureSteps.map((step) => t(`capture.step-${step}`))} here={captureSteps.indexOf(current)} />
);
