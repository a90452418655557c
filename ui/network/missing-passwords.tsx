import { type Signal, useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { SettingsState } from "#rescue/api/contract.ts";
import { type Loaded, load } from "#ui/api/loaded.ts";
import { t } from "#ui/i18n/index.ts";
import { Button } from "#ui/parts/button.tsx";
import { Section } from "#ui/parts/page.tsx";
import { PasswordField } from "#ui/parts/password-field.tsx";
import { ProblemAlert } from "#ui/parts/problem-alert.tsx";
import { Told } from "#ui/parts/told.tsx";
import { useShell } from "#ui/shell/context.ts";

type Missing = SettingsState["missing"][number];

/** Passwords that the settings need and nobody has given yet: of Wi-Fi, shares, a proxy. They stay in memory. */
export function MissingPasswords({ settings }: { settings: Signal<Loaded<SettingsState>> }): JSX.Element | null {
  const { value, problem } = settings.value;
  if (problem) return <ProblemAlert problem={problem} />;
  if (!value || value.missing.length === 0) return null;
  return (
    <Section title={t("network.missing")}>
      {value.missing.map((one) => (
        <Ask key={one.name} missing={one} settings={settings} />
      ))}
    </Section>
  );
}

function Ask({ missing, settings }: { missing: Missing; settings: Signal<Loaded<SettingsState>> }): JSX.Element {
  const { api } = useShell();
  const password = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const give = () => {
    if (password.value === "") return field.current?.focus();
    const body = { name: missing.name, secret: password.value };
    return load(settings, () => api.call("giveSecret", { body }));
  };
  return (
    <div>
      <p id={`what-${missing.name}`}>
        <Told of={{ text: missing.what, said: missing.said }} />
      </p>
      <PasswordField
        id={`secret-${missing.name}`}
        label={t("unlock.password")}
        value={password.value}
        onInput={(text) => {
          password.value = text;
        }}
        describedBy={`what-${missing.name}`}
        invalid={false}
        innerRef={field}
      />
      <div class="actions">
        <Button blocked={password.value === "" || settings.value.busy} onPress={give}>
          {t("network.give")}
        </Button>
      </div>
    </div>
  );
}
