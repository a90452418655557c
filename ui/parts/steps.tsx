import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Icon } from "#ui/parts/icon.tsx";

/** Where the user is. Not links: going back is the Back button's, which keeps what was entered. */
export function StepList({ labels, here }: { labels: readonly string[]; here: number }): JSX.Element {
  return (
    <ol class="steps" aria-label={t("app.steps")}>
      {labels.map((label, index) => (
        <li
          key={label}
          class={`steps__item${index < here ? " steps__item--done" : ""}`}
          aria-current={index === here ? "step" : undefined}
        >
          <span class="steps__number" aria-hidden="true">
            {index < here ? <Icon name="check" /> : index + 1}
          </span>
          <span>{label}</span>
          {index < here && <span class="visually-hidden">{t("app.step-done")}</span>}
        </li>
      ))}
    </ol>
  );
}
