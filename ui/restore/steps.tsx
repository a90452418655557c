import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { StepList } from "#ui/parts/steps.tsx";
import { type Step, stepsOf } from "#ui/restore/route.ts";
import { useRestore } from "#ui/shell/context.ts";

export function Steps({ current }: { current: Step }): JSX.Element {
  const steps = stepsOf(useRestore().kind);
  return <StepList labels={steps.map((step) => t(`step.${step}`))} here={steps.indexOf(current)} />;
}
