import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { addressOf, type OfferedSection } from "#ui/shell/section.ts";

/** What people come for, and where it is done. */
const TASKS = {
  ...{ restore: "restore", smaller: "clone", file: "images", start: "boot", power: "partitions", look: undefined },
} as const satisfies Readonly<Record<string, OfferedSection | undefined>>;
const taskNames = Object.keys(TASKS) as (keyof typeof TASKS)[];

/** Words of docs/glossary.md that the pages use. */
const WORDS = [
  ...(["image", "capture", "repository", "clone", "partition", "table", "esp", "firmware", "secure-boot"] as const),
  ...(["universal", "identity", "verify", "encryption", "pairing", "undo"] as const),
];

/** How things are done, the keys, and what the words mean. */
export function HelpPage(): JSX.Element {
  return (
    <Page
      title={t("help.title")}
      lead={t("help.lead")}
      footer={<Button onPress={() => history.back()}>{t("help.back")}</Button>}
    >
      <div class="columns columns--even">
        <div class="stack">
          <Section title={t("help.how")}>
            {taskNames.map((task) => {
              const section = TASKS[task];
              return (
                <details class="details" key={task}>
                  <summary>{t(`help.how-${task}`)}</summary>
                  <p>{t(`help.so-${task}`)}</p>
                  {section && (
                    <p>
                      <a href={addressOf(section)}>{t(`section.${section}`)}</a>
                    </p>
                  )}
                </details>
              );
            })}
          </Section>
          <Section title={t("help.keys")}>
            <p>{t("help.keys-text")}</p>
          </Section>
        </div>
        <Section title={t("help.words")}>
          <dl class="words">
            {WORDS.map((word) => (
              <div key={word}>
                <dt>{t(`help.word-${word}`)}</dt>
                <dd>{t(`help.means-${word}`)}</dd>
              </div>
            ))}
          </dl>
        </Section>
      </div>
    </Page>
  );
}

/** F1 shows the help, from everywhere but the terminal, whose programs have their own. */
export function useHelpKey(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "F1" || (event.target instanceof Element && event.target.closest(".xterm"))) return;
      event.preventDefault();
      location.hash = addressOf("help");
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
