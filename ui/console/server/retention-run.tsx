import type { JSX } from "preact";
import type { RepositoryView, RetentionWork } from "#pxe/console/contract.ts";
import { c, told } from "#ui/console/i18n/index.ts";
import { when } from "#ui/console/machines/state-cell.tsx";
import { Why } from "#ui/console/problem.tsx";
import { format } from "#ui/i18n/index.ts";

type LastRun = NonNullable<NonNullable<RepositoryView["retention"]>["last"]>;

/** How far rules are applied, whoever began it, and what came of the last time: all who look at it see the same. */
export function RetentionRun({ repository: { name, work, retention } }: { repository: RepositoryView }): JSX.Element {
  const last = work ? undefined : retention?.last;
  const kind = work || !last?.problem ? undefined : "warning-text";
  return (
    <div class="stack stack--tight">
      {/* Said when it begins and when it has ended, and not at each step. */}
      <p role="status" class={kind}>
        {work ? workWords(work) : last && lastWords(last)}
      </p>
      {work && <RetentionProgress name={name} work={work} />}
      {last?.problem && (
        <p class="warning-text">
          <Why of={last.problem} /> <span class="code">{last.problem.code}</span>
        </p>
      )}
      {last?.warnings && (
        <ul class="warning-text">
          {last.warnings.map((warning) => {
            const { text, lang } = told(warning);
            return (
              <li key={warning.text} lang={lang}>
                {text}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

export function RetentionProgress({
  name,
  work: { phase, ratio },
}: {
  name: string;
  work: RetentionWork;
}): JSX.Element {
  return (
    <>
      <progress
        class="progress__bar"
        aria-label={c("retention.progress", { name })}
        max={1}
        {...(ratio !== undefined && { value: ratio })}
      />
      <p class="muted">
        {c(`retention.phase-${phase}`)}
        {ratio !== undefined && ` · ${format.percent(ratio)}`}
      </p>
    </>
  );
}

const byWords = (by: string | undefined): string => (by === undefined ? "" : ` ${c("retention.by", { name: by })}`);

const workWords = ({ by, points, since }: RetentionWork): string =>
  `${c("retention.working", { count: points, time: when(since) })}${byWords(by)}`;

function lastWords({ at, by, deleted, freed, problem }: LastRun): string {
  const time = when(at);
  const words = problem
    ? c("retention.failed", { time })
    : c("retention.last", { time, count: deleted, freed: format.bytes(freed) });
  return `${words}${byWords(by)}`;
}
