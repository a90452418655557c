import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { format, t } from "#ui/i18n/index.ts";
import { Section } from "#ui/parts/page.tsx";
import { Radios } from "#ui/parts/radios.tsx";
import { applyAppearance, chosenTextSize, chosenTheme, remembered, textSizes, themes } from "#ui/shell/preferences.ts";

/** Colours, and the size of text. */
export function Appearance(): JSX.Element {
  const theme = useSignal(chosenTheme());
  const size = useSignal(chosenTextSize());
  const remember = (name: string, value: string) => {
    remembered.set(name, value);
    applyAppearance();
  };
  return (
    <>
      <Section title={t("settings.colours")}>
        <Radios
          legend={t("settings.colours")}
          name="theme"
          isLegendHidden
          value={theme.value}
          options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
          onChoose={(value) => {
            theme.value = value;
            remember("theme", value);
          }}
        />
      </Section>
      <Section title={t("settings.text-size")}>
        <Radios
          legend={t("settings.text-size")}
          name="text-size"
          isLegendHidden
          value={size.value}
          options={textSizes.map((value) => ({
            value,
            label: t("settings.text-size-of", { percent: format.percent(value / 100) }),
          }))}
          onChoose={(value) => {
            size.value = value;
            remember("text-size", String(value));
          }}
        />
      </Section>
    </>
  );
}
