import type { JSX } from "preact";
import { useConsole } from "#ui/console/context.ts";
import { isOver, taskWords, timesWords } from "#ui/console/deployments/words.ts";
import { c } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Trouble } from "#ui/console/problem.tsx";
import { addressOf } from "#ui/console/route.ts";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { Section } from "#ui/parts/page.tsx";

/** What begins by itself on days of the week. */
export function Schedules(): JSX.Element {
  const store = useConsole();
  const { value: all, problem } = useLoaded(() => store.call("deployments"), [store.deploymentsTurn.value]).value;
  const repeated = all?.filter((one) => one.spec.work.kind === "capture" && one.spec.work.days && !isOver(one));
  return (
    <Section title={c("schedules.title")}>
      <Trouble problem={problem} live={false} />
      {repeated?.length === 0 && <p>{c("schedules.none")}</p>}
      <ul class="rows">
        {repeated?.map((one) => (
          <li key={one.id} class="row row--tall">
            <a class="row__title" href={addressOf({ page: "deployment", name: one.name })}>
              {one.name}
            </a>
            <span>{taskWords(one)}</span>
            <span class="muted">{timesWords(one)}</span>
            <span class="muted">
              {one.run === undefined ? c("schedules.not-yet") : c("schedules.last", { time: when(one.run) })}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
