import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";
import { type Step, steps } from "#ui/restore/route.ts";

/** Where the user is. Not links: going back is the Back button's, which keeps what was entered. */
export function Steps({ current }: { current: Step }): JSX.Element {
  const here = steps.indexOf(current);
  return (
    <ol class="steps" aria-label={t("app.steps")}>
      {steps.map((step, index) => (
        <li
          key={step}
          class={`steps__item${index < here ? " steps__item--done" : ""}`}
          aria-current={index === here ? "step" : undefined}
        >
          <span class="steps__number" aria-hidden="true">
            {index < here ? <Icon name="check" /> : index + 1}
          </span>
          <span>{t(`step.${step}`)}</span>
          {index < here && <span class="visually-hidden">{t("app.step-done")}</span>}
        </li>
      ))}
    </ol>
  );
}
