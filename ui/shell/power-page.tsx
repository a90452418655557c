import type { JSX } from "preact";
import { t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { isEnded } from "#ui/restore/restore.ts";
import { useShell } from "#ui/shell/context.ts";
import { addressOf } from "#ui/shell/section.ts";

/** A page of its own is the question: nothing is switched off by one press. While a disk is written it is refused. */
export function PowerPage(): JSX.Element {
  const shell = useShell();
  const job = shell.restore.job.value;
  const isRunning = job !== undefined && !isEnded(job);
  return (
    <Page title={t("power.title")} lead={isRunning ? undefined : t("power.text")} footer={null}>
      {shell.problem.value && <ProblemAlert problem={shell.problem.value} />}
      {isRunning ? (
        <Alert kind="warning">
          <p>{t("power.running")}</p>
          <div class="actions">
            <a class="button button--plain" href={addressOf("restore")}>
              {t("power.show-job")}
            </a>
          </div>
        </Alert>
      ) : (
        <div class="actions">
          <Button icon="refresh" onPress={() => shell.power("restart")}>
            {t("power.restart")}
          </Button>
          <Button icon="power" onPress={() => shell.power("shut-down")}>
            {t("power.shut-down")}
          </Button>
        </div>
      )}
    </Page>
  );
}
