import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { BundleReport } from "#rescue/api/contract.ts";
import { fetchLog } from "#ui/api/client.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { bundlePath } from "#ui/api/routes.ts";
import { format, t } from "#ui/i18n/index.ts";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Check } from "#ui/parts/check.tsx";
import { LogText } from "#ui/parts/log-text.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Download, SaveLog, useOnRescueScreen } from "#ui/parts/save-log.tsx";
import { useShell } from "#ui/shell/context.ts";

/** The log to be read, and everything that a helper needs as one file. */
export function LogsPage(): JSX.Element {
  const log = useSignal<Loaded<string>>(NOTHING);
  const read = () => load(log, fetchLog);
  useEffect(() => void read(), []);
  const onScreen = useOnRescueScreen();
  return (
    <Page
      title={t("logs.title")}
      lead={t("logs.lead")}
      tools={
        <div class="actions">
          {!onScreen && <SaveLog />}
          <Button icon="refresh" blocked={log.value.busy} onPress={read}>
            {t("logs.again")}
          </Button>
        </div>
      }
      footer={null}
    >
      <Bundle />
      <LogText log={log.value} />
    </Page>
  );
}

function Bundle(): JSX.Element {
  const shell = useShell();
  const onScreen = useOnRescueScreen();
  const withoutSerials = useSignal(false);
  const saved = useSignal<Loaded<BundleReport>>(NOTHING);
  const { value: report, busy, problem } = saved.value;
  const save = () =>
    load(saved, () => shell.api.call("saveBundle", { body: { to: "medium", withoutSerials: withoutSerials.value } }));
  return (
    <Section title={t("logs.bundle")}>
      <p>{t("logs.bundle-text")}</p>
      <Check
        id="without-serials"
        label={t("logs.without-serials")}
        checked={withoutSerials.value}
        onChange={(on) => {
          withoutSerials.value = on;
        }}
      />
      <div class="actions">
        {onScreen ? (
          <Button icon="save" blocked={busy} onPress={save}>
            {t(busy ? "logs.bundle-saving" : "logs.bundle-save")}
          </Button>
        ) : (
          <Download href={`${bundlePath}${withoutSerials.value ? "?serials=no" : ""}`} name="lifeboat-support.tar.gz">
            {t("logs.bundle-download")}
          </Download>
        )}
      </div>
      {problem && <ProblemAlert problem={problem} />}
      {report && (
        <Alert kind="success" live>
          <p>{t("logs.bundle-saved", { path: report.path, size: format.bytes(report.bytes) })}</p>
        </Alert>
      )}
    </Section>
  );
}
