import type { JSX } from "preact";
import type { Diagnosis, Problem, Sentence } from "#pxe/console/contract.ts";
import { c, told } from "#ui/console/i18n/index.ts";
import { Trouble } from "#ui/console/problem.tsx";
import { t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { TypedWords } from "#ui/parts/typed-words.tsx";

/** What the console itself can do about it; of all else the doctor names commands. */
function nextHere(code: string): string | undefined {
  if (code === "NOT_APPROVED" || code === "REFUSED") return c("doctor.approve-next");
  if (code !== "STARTS_FROM_DISK") return undefined;
  return c("doctor.disk-next", { field: c("machines.policy"), value: c("policy.once") });
}

/** Why something does not start. */
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
      {value?.map(({ code, certainty, seen, means, next }) => {
        const here = nextHere(code);
        return (
          <Alert key={`${code}${seen.text}`} kind="warning" title={c(`doctor.${certainty}`)}>
            <p>
              <Told sentence={seen} />
            </p>
            <p>
              <Told sentence={means} />
            </p>
            <p>
              <strong>{here ?? <Told sentence={next} />}</strong>
            </p>
            <p class="code">{t("problem.code", { code })}</p>
          </Alert>
        );
      })}
      <div class="actions">
        <Button icon="refresh" blocked={busy} onPress={props.onAgain}>
          {c("doctor.again")}
        </Button>
      </div>
    </Section>
  );
}

function Told({ sentence }: { sentence: Sentence }): JSX.Element {
  const { text, lang } = told(sentence);
  return (
    <span lang={lang}>
      <TypedWords text={text} />
    </span>
  );
}
