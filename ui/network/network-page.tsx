import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { SettingsState } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Cards } from "#ui/network/cards.tsx";
import { Clock } from "#ui/network/clock.tsx";
import { MissingPasswords } from "#ui/network/missing-passwords.tsx";
import { RemoteAccess } from "#ui/network/remote-access.tsx";
import { Shares } from "#ui/network/shares.tsx";
import { Alert } from "#ui/parts/alert.tsx";
import { Button } from "#ui/parts/button.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { useShell } from "#ui/shell/context.ts";

/** What connects this computer with others: addresses, shares, time, and ways in. */
export function NetworkPage(): JSX.Element {
  const { api } = useShell();
  const settings = useSignal<Loaded<SettingsState>>(NOTHING);
  const read = () => void load(settings, () => api.call("settings"));
  useEffect(read, []);
  return (
    <Page title={t("network.title")} lead={t("network.lead")} footer={null}>
      <MissingPasswords settings={settings} />
      <div class="columns columns--even">
        <div class="stack">
          <Cards onChange={read} />
          <Clock />
        </div>
        <div class="stack">
          <Shares onChange={read} />
          <RemoteAccess />
        </div>
      </div>
      <Keep />
    </Page>
  );
}

function Keep(): JSX.Element {
  const { api } = useShell();
  const kept = useSignal<Loaded<SettingsState>>(NOTHING);
  return (
    <Section title={t("network.keep")}>
      <p>{t("network.keep-text")}</p>
      {kept.value.problem && <ProblemAlert problem={kept.value.problem} />}
      {kept.value.value && (
        <Alert kind="success" live>
          <p>{t("network.kept")}</p>
        </Alert>
      )}
      <div class="actions">
        <Button
          icon="save"
          blocked={kept.value.busy}
          onPress={() => load(kept, () => api.call("keepSettings", { body: {} }))}
        >
          {t("network.keep-button")}
        </Button>
      </div>
    </Section>
  );
}
