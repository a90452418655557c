import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { SettingsView } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c, cData } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Trouble, Why } from "#ui/console/problem.tsx";
import { useDoing, useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Section } from "#ui/parts/page.tsx";

/** Whom the server tells, and its settings as they are: the file is what counts. */
export function Channels(): JSX.Element {
  const store = useConsole();
  const { value, problem } = useLoaded(() => store.call("settings"), []).value;
  return (
    <Section title={c("channels.title")}>
      <Trouble problem={problem} live={false} />
      {!value && !problem && <p class="muted">{t("app.loading")}</p>}
      {value?.channels.length === 0 && <p>{c("channels.none")}</p>}
      {value?.channels.map((channel) => (
        <Channel key={channel.name} channel={channel} />
      ))}
      {value && (
        <details class="details">
          <summary>{c("channels.settings")}</summary>
          <p class="muted">{c("channels.settings-text")}</p>
          <section aria-label={c("channels.settings")}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by the keyboard (WCAG 2.1.1) */}
            <pre class="snippet" tabIndex={0} lang="en">
              {JSON.stringify(value.config, undefined, 2)}
            </pre>
          </section>
        </details>
      )}
    </Section>
  );
}

function Channel({ channel }: { channel: SettingsView["channels"][number] }): JSX.Element {
  const store = useConsole();
  const { busy, problem, run } = useDoing();
  const isSent = useSignal(false);
  const { name, kind, to, kinds, waiting, lastSent, lastProblem } = channel;
  return (
    <div class="stack">
      <h3>{name}</h3>
      <Facts
        rows={[
          [c(`channels.${kind}`), to],
          [c("channels.topics"), format.list(kinds.map((one) => cData("topic", one)))],
          [c("channels.waiting"), format.number(waiting)],
          [c("channels.last"), lastSent === undefined ? undefined : when(lastSent)],
          [c("channels.problem"), lastProblem && <Why of={channel.lastReason ?? { code: "", text: lastProblem }} />],
        ]}
      />
      <div class="actions">
        <Button
          blocked={busy.value}
          onPress={async () => {
            isSent.value = await run(() => store.call("testChannel", { params: { name } }));
          }}
        >
          {c(busy.value ? "channels.testing" : "channels.test")}
        </Button>
        <span role="status">{isSent.value && c("channels.arrived")}</span>
      </div>
      <Trouble problem={problem.value} />
    </div>
  );
}
