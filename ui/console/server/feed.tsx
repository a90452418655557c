import type { JSX } from "preact";
import type { Step } from "#ui/console/console.ts";
import { useConsole } from "#ui/console/context.ts";
import { c, cData, told } from "#ui/console/i18n/index.ts";
import { format } from "#ui/i18n/index.ts";
import { Section } from "#ui/parts/page.tsx";

const titleOf = (step: Step): string =>
  step.kind === "notice"
    ? cData("topic", step.topic)
    : step.service === "menu"
      ? c("entry.menu")
      : step.service === "interface"
        ? c("server.card")
        : step.service.toUpperCase();

/** What goes on, since this page was opened. It is seen, and not read out: there is too much of it. */
export function Feed(): JSX.Element {
  const { steps } = useConsole();
  return (
    <Section title={c("feed.title")}>
      {steps.value.length === 0 && <p class="muted">{c("feed.none")}</p>}
      {steps.value.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: text that scrolls must be reachable by the keyboard (WCAG 2.1.1)
        <div class="feed" role="log" aria-live="off" tabIndex={0} aria-label={c("feed.title")}>
          <ol class="feed__list">
            {steps.value.map((step, at) => (
              <li
                key={steps.value.length - at}
                class={step.kind === "step" && step.isTrouble ? "warning-text" : undefined}
              >
                <span class="muted">{format.time(new Date(step.at).toISOString())}</span> {titleOf(step)}{" "}
                {step.machine && <span class="code">{step.machine}</span>} <Said of={step} />
              </li>
            ))}
          </ol>
        </div>
      )}
    </Section>
  );
}

function Said({ of }: { of: Step }): JSX.Element {
  const { text, lang } = told(of);
  return <span lang={lang}>{text}</span>;
}
