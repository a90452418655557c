import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { fetchLog } from "#ui/api/client.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Dialog } from "#ui/parts/dialog.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { type Loaded, load } from "#ui/wizard/loaded.ts";

/** The log to be read on the screen. The text can have the focus: the arrow and page keys then scroll it. */
export function LogDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const log = useSignal<Loaded<string>>({ value: undefined, busy: true, problem: undefined });
  useEffect(() => void load(log, fetchLog), []);
  const { value, problem } = log.value;
  return (
    <Dialog
      title={t("log.title")}
      wide
      onClose={onClose}
      actions={
        <Button kind="primary" onPress={onClose}>
          {t("log.close")}
        </Button>
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {value === undefined && !problem && <p class="muted">{t("app.loading")}</p>}
      {value !== undefined && (
        <section class="log" aria-label={t("log.text")}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
          <pre class="log__text" tabIndex={0}>
            {value}
          </pre>
        </section>
      )}
    </Dialog>
  );
}
