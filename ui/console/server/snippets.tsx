import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useConsole } from "#ui/console/context.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { Select } from "#ui/parts/select.tsx";

/** What to paste into a router or a DHCP server of somebody else. */
export function Snippets(): JSX.Element {
  const store = useConsole();
  const { value: all, problem } = useLoaded(() => store.call("snippets"), []).value;
  const name = useSignal("");
  const card = useSignal("");
  const said = useSignal("");
  const cards = [...new Set(all?.map((one) => one.interface))];
  const isThere = cards.includes(card.value);
  const here = all?.filter((one) => one.interface === (isThere ? card.value : cards[0]));
  const chosen = here?.find((one) => one.name === name.value) ?? here?.[0];
  const copy = async (text: string) => {
    // Plain HTTP has no clipboard: the text can be chosen by hand there.
    const isCopied = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    said.value = c(isCopied ? "snippets.copied" : "snippets.not-copied");
  };
  return (
    <Section title={c("snippets.title")}>
      <p class="muted">{c("snippets.text")}</p>
      <Trouble problem={problem} live={false} />
      {!all && !problem && <p class="muted">{t("app.loading")}</p>}
      {here && chosen && (
        <>
          {cards.length > 1 && (
            <Select
              label={c("server.card")}
              value={chosen.interface}
              options={cards.map((one) => ({ value: one, label: one }))}
              onChoose={(value) => {
                card.value = value;
                said.value = "";
              }}
            />
          )}
          <Select
            label={c("snippets.for")}
            value={chosen.name}
            options={here.map((one) => ({ value: one.name, label: one.title }))}
            onChoose={(value) => {
              name.value = value;
              said.value = "";
            }}
          />
          <section aria-label={chosen.title}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
            <pre class="snippet" tabIndex={0} lang="en">
              {chosen.text}
            </pre>
          </section>
          <div class="actions">
            <Button onPress={() => copy(chosen.text)}>{c("snippets.copy")}</Button>
            <span role="status">{said.value}</span>
          </div>
        </>
      )}
    </Section>
  );
}
