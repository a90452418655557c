import type { JSX } from "preact";
import type { Loaded } from "#ui/api/loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";

/** A log to be read on the screen. The text can have the focus: the arrow and page keys then scroll it. */
export function LogText({ log: { value, problem } }: { log: Loaded<string> }): JSX.Element {
  if (problem) return <ProblemAlert problem={problem} />;
  if (value === undefined) return <p class="muted">{t("app.loading")}</p>;
  return (
    <section class="log" aria-label={t("log.text")}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
      <pre class="log__text" tabIndex={0} lang="en">
        {value}
      </pre>
    </section>
  );
}
