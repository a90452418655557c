import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { RepositoryView } from "#pxe/console/contract.ts";
import { useConsole } from "#ui/console/context.ts";
import { c, problemWords } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { GrowthPlot } from "#ui/console/server/growth-plot.tsx";
import { Retention } from "#ui/console/server/retention.tsx";
import { RetentionRun } from "#ui/console/server/retention-run.tsx";
import { useLoaded } from "#ui/console/use-loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Section } from "#ui/parts/page.tsx";

/** Points that are listed. */
const MOST_POINTS = 100;

/** What there is to restore, and how it grows. */
export function Repositories(): JSX.Element {
  const store = useConsole();
  const turn = useSignal(0);
  const { value: all, problem } = useLoaded(
    () => store.call("repositories"),
    [turn.value, store.repositoriesTurn.value],
  ).value;
  return (
    <Section title={c("repositories.title")}>
      <Trouble problem={problem} live={false} />
      {!all && !problem && <p class="muted">{t("app.loading")}</p>}
      {all?.length === 0 && <p>{c("repositories.none")}</p>}
      {all?.map((one) => (
        <Repository
          key={one.name}
          repository={one}
          onChanged={() => {
            turn.value++;
          }}
        />
      ))}
    </Section>
  );
}

function Repository(props: { readonly repository: RepositoryView; readonly onChanged: () => void }): JSX.Element {
  const { repository } = props;
  const { name, folder, bytes, isEncrypted, points, problem, growth } = repository;
  const newest = points
    .map(({ createdAt }) => createdAt ?? "")
    .toSorted()
    .at(-1);
  return (
    <div class="stack">
      <h3>{name}</h3>
      {problem && (
        <Alert kind="danger" title={problemWords({ ...problem, safe: "", next: "", details: {} }).text}>
          <p class="code">{t("problem.code", { code: problem.code })}</p>
        </Alert>
      )}
      <Facts
        rows={[
          [c("repositories.folder"), folder],
          [c("repositories.size"), format.bytes(bytes)],
          [c("repositories.points"), format.number(points.length)],
          [c("repositories.newest"), newest && format.dateTime(newest)],
          [c("repositories.encrypted"), isEncrypted ? c("repositories.yes") : undefined],
        ]}
      />
      <RetentionRun repository={repository} />
      <GrowthPlot name={name} figures={growth} />
      {points.length > 0 && (
        <details class="details">
          <summary>{c("repositories.list", { count: points.length })}</summary>
          <ul class="rows">
            {points.slice(0, MOST_POINTS).map((point) => (
              <li key={point.name} class="row row--tall">
                <span class="row__title">{point.name}</span>
                <span class="muted">
                  {[point.disk?.model, point.createdAt && format.dateTime(point.createdAt), point.note]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
                {point.problem && <span class="warning-text">{point.problem.text}</span>}
              </li>
            ))}
          </ul>
        </details>
      )}
      {!problem && <Retention repository={repository} onChanged={props.onChanged} />}
    </div>
  );
}
