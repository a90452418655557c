import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { StepList } from "#ui/parts/steps.tsx";
import { type Step, steps } from "#ui/restore/route.ts";

export const Steps = ({ current }: { current: Step }): JSX.Element => (
  <StepList labels={steps.map((step) => t(`step.${step}`))} here={steps.indexOf(current)} />
);
