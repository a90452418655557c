import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { SettingsState } from "#rescue/api/contract.ts";
import { type Loaded, load, NOTHING } from "#ui/api/loaded.ts";
import { format, language, speak, t } from "#ui/i18n/index.ts";
import { languages } from "#ui/i18n/languages.ts";
import { Button } from "#ui/parts/button.tsx";
import { Facts } from "#ui/parts/facts.tsx";
import { Page, Section } from "#ui/parts/page.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { useOnRescueScreen } from "#ui/parts/save-log.tsx";
import { Select } from "#ui/parts/select.tsx";
import { Appearance } from "#ui/shell/appearance.tsx";
import { useShell } from "#ui/shell/context.ts";
import { keyboardId, keyboardsWith } from "#ui/shell/keyboards.ts";
import { chooseLanguage } from "#ui/shell/preferences.ts";

/** How this screen speaks and looks, and what its keys give. */
export function SettingsPage(): JSX.Element {
  const shell = useShell();
  const onScreen = useOnRescueScreen();
  return (
    <Page title={t("settings.title")} lead={onScreen ? t("settings.kept") : undefined} footer={null}>
      <div class="columns columns--even">
        <Section title={t("settings.language")}>
          <p class="muted">{t("settings.language-lead")}</p>
          <Radios
            legend={t("settings.language")}
            name="language"
            isLegendHidden
            value={language.value}
            options={Object.entries(languages).map(([value, { name }]) => ({ value, label: name, lang: value }))}
            onChoose={(code) => void chooseLanguage(shell, code, speak)}
          />
        </Section>
        <div class="stack">
          <KeyboardSection />
          <Appearance />
        </div>
      </div>
      <About />
    </Page>
  );
}

function KeyboardSection(): JSX.Element {
  const shell = useShell();
  const onScreen = useOnRescueScreen();
  const settings = useSignal<Loaded<SettingsState>>(NOTHING);
  const wished = useSignal<string | undefined>(undefined);
  useEffect(() => void load(settings, () => shell.api.call("settings")), []);
  const { value: state, busy, problem } = settings.value;
  const choices = state ? keyboardsWith(state.keyboard) : [];
  const id = wished.value ?? (state && keyboardId(state.keyboard));
  const chosen = choices.find((one) => one.id === id);
  const use = async () => {
    if (!chosen) return;
    const { layout, variant } = chosen;
    await load(settings, () => shell.api.call("setScreen", { body: { keyboard: { layout, variant } } }));
  };
  return (
    <Section title={t("settings.keyboard")}>
      {!onScreen && <p>{t("settings.keyboard-remote")}</p>}
      {problem && <ProblemAlert problem={problem} />}
      {onScreen && chosen && (
        <>
          <Select
            label={t("settings.keyboard-layout")}
            options={choices.map((one) => ({ value: one.id, label: one.name }))}
            value={chosen.id}
            onChoose={(value) => {
              wished.value = value;
            }}
          />
          <div class="actions">
            <Button blocked={busy} onPress={use}>
              {t(busy ? "settings.keyboard-busy" : "settings.keyboard-use")}
            </Button>
          </div>
          <p class="muted">{t("settings.keyboard-restarts")}</p>
        </>
      )}
      <div class="field">
        <label for="keyboard-test">{t("settings.keyboard-test")}</label>
        <input
          type="text"
          id="keyboard-test"
          class="field__input"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-describedby="keyboard-test-hint"
        />
      </div>
      <p class="muted" id="keyboard-test-hint">
        {t("settings.keyboard-hint")}
      </p>
    </Section>
  );
}

function About(): JSX.Element {
  const system = useShell().system.value.value;
  return (
    <Section title={t("settings.about")}>
      <Facts
        rows={[
          [t("settings.version"), system?.version],
          [t("settings.medium-age"), system?.medium?.packagesAt && format.dateTime(system.medium.packagesAt)],
        ]}
      />
    </Section>
  );
}
