import type { JSX } from "preact";
import type { Diagnosis, Problem } from "#pxe/console/contract.ts";
import { c } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";

/** What the console itself can do about it; of all else the doctor's own words name commands. */
function nextHere(code: string): string | undefined {
  if (code === "NOT_APPROVED" || code === "REFUSED") return c("doctor.approve-next");
  if (code !== "STARTS_FROM_DISK") return undefined;
  return c("doctor.disk-next", { field: c("machines.policy"), value: c("policy.once") });
}

/** Why something does not start, in the doctor's own words, which are English, but for what can be done on this page. */
export function Doctor(props: {
  readonly title: string;
  readonly nothing: string;
  readonly found: { readonly value: readonly Diagnosis[] | undefined; busy: boolean; problem: Problem | undefined };
  readonly onAgain: () => unknown;
}): JSX.Element {
  const { value, busy, problem } = props.found;
  return (
    <Section title={props.title}>
      <Trouble problem={problem} live={false} />
      {!value && !problem && <p class="muted">{t("app.loading")}</p>}
      {value?.length === 0 && <p>{props.nothing}</p>}
      {value?.map(({ code, certainty, seen, means, next }) => (
        <Alert key={`${code}${seen}`} kind="warning" title={c(`doctor.${certainty}`)}>
          <div class="stack stack--tight" lang="en">
            <p>{seen}</p>
            <p>{means}</p>
            {nextHere(code) === undefined && (
              <p>
                <strong>{next}</strong>
              </p>
            )}
          </div>
          {nextHere(code) !== undefined && (
            <p>
              <strong>{nextHere(code)}</strong>
            </p>
          )}
          <p class="code">{t("problem.code", { code })}</p>
        </Alert>
      ))}
      <div class="actions">
        <Button icon="refresh" blocked={busy} onPress={props.onAgain}>
          {c("doctor.again")}
        </Button>
      </div>
    </Section>
  );
}
