import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Operation } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { SaveLog } from "#ui/parts/save-log.tsx";
import { useShell } from "#ui/shell/context.ts";

const ASK_MS = 1000;
const isOver = ({ state }: Operation): boolean => state !== "running" && state !== "cancelling";

/** A job that is no restore, by its id: while it runs, and what came of it. A reload and a second browser find it again. */
export function OperationPage({ id }: { id: string }): JSX.Element {
  const shell = useShell();
  const operation = useSignal<Loaded<Operation>>(NOTHING);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isLeft = false;
    const ask = async () => {
      const now = await load(operation, () => shell.api.call("operation", { params: { operationId: id } }));
      const lost = operation.value.problem?.code === "NOT_FOUND";
      if (!isLeft && !lost && !(now && isOver(now))) timer = setTimeout(() => void ask(), ASK_MS);
    };
    void ask();
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [id, shell, operation]);
  const { value, problem } = operation.value;
  const stop = () => load(operation, () => shell.api.call("cancelOperation", { params: { operationId: id } }));
  const isRunning = value !== undefined && !isOver(value);
  return (
    <Page
      title={value?.title ?? t("app.loading")}
      lead={value && t(`operation.${value.state === "cancelling" ? "running" : value.state}`)}
      footer={
        <>
          <Button onPress={() => history.back()}>{t("operation.back")}</Button>
          <span class="footer__gap" />
          {isRunning ? (
            <Button blocked={value.state === "cancelling"} onPress={stop}>
              {t("operation.stop")}
            </Button>
          ) : (
            <SaveLog />
          )}
        </>
      }
    >
      {problem && <ProblemAlert problem={problem} />}
      {isRunning && <Running operation={value} />}
      {value?.problem && <ProblemAlert problem={value.problem} live={false} />}
      {value?.lines && (
        <Section title={t("operation.report")}>
          <div class="said" lang="en">
            {value.lines.join("\n")}
          </div>
        </Section>
      )}
    </Page>
  );
}

/** A proof does not know how far it is: it has a time, and no percents. */
function Running({ operation: { progress } }: { operation: Operation }): JSX.Element {
  const { doneBytes = 0, totalBytes = 0, elapsedSeconds = 0 } = progress ?? {};
  const ratio = totalBytes > 0 ? Math.min(1, doneBytes / totalBytes) : undefined;
  return (
    <div class="progress">
      {ratio !== undefined && <p class="progress__percent">{format.percent(ratio)}</p>}
      <progress
        class="progress__bar"
        max={1}
        {...(ratio !== undefined && { value: ratio })}
        aria-label={t("operation.running")}
      />
      <Facts rows={[[t("progress.elapsed"), format.duration(elapsedSeconds)]]} />
    </div>
  );
}
